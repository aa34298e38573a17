"""What the download buttons give: the organisations with their measures as a table, or the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.exports.graphs import EXTENSION, GraphFormat, write_graph
from graphsvc.exports.provenance import Provenance
from graphsvc.exports.tables import TABLE_FORMATS, Table, TableFormat, write_tables
from graphsvc.i18n import Message, msg
from graphsvc.metrics import BY_NAME, MEASURES, Measures
from graphsvc.model.vocabulary import label
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Csr, Floats
from graphsvc.snapshot.filter import select

WHOLE = frozenset(m.name for m in MEASURES if m.whole)
DownloadFormat = Literal[
    "csv", "xlsx", "json", "parquet", "graphml", "gexf", "gephi-csv", "kumu", "kumu-json", "polinode", "vosviewer"
]
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download."""

    filename: str
    media_type: str
    content: bytes


def download(
    snapshot: Snapshot,
    measures: Measures,
    format: DownloadFormat,
    language: str,
    data: str,
    *,
    filters: str = "",
    rows: npt.NDArray[np.int64] | None = None,
) -> Download:
    """``csv``, ``xlsx``, ``json`` and ``parquet`` hold measures; the others the graph.

    data : digest of what the store held, see ``Provenance``
    rows : organisations to keep (None: all); their measures remain those within the snapshot
    """
    if rows is not None and len(rows) < snapshot.graph.rows:
        snapshot, measures = _kept(snapshot, measures, rows)
    provenance = Provenance.of(snapshot, data, filters=filters, parameters=measures.parameters)
    ending: str = format
    if format in TABLE_FORMATS:
        content = measures_file(identities(snapshot, language), measures, format, language, provenance)
    else:
        graph = cast("GraphFormat", format)
        ending, content = EXTENSION[graph], write_graph(snapshot, graph, provenance)
    day = (snapshot.as_of or provenance.made_on).isoformat()
    return Download(f"graphsvc-{format}-{day}.{ending}", MEDIA_TYPES[ending], content)


def _kept(snapshot: Snapshot, measures: Measures, rows: npt.NDArray[np.int64]) -> tuple[Snapshot, Measures]:
    """Only some organisations and the ties among them, which are as strong as they were."""
    inside = np.isin(np.arange(snapshot.graph.rows), rows)
    columns = {name: values[inside] for name, values in measures.organisations.items()}
    ties = snapshot.graph.to_scipy()
    shared = sparse.csr_array((snapshot.shared, ties.indices, ties.indptr), shape=ties.shape)
    kept = replace(
        snapshot,
        network=select(snapshot.network, inside),
        graph=Csr.from_scipy(ties[inside][:, inside]),
        shared=shared[inside][:, inside].data,
        memberships=Csr.from_scipy(snapshot.memberships.to_scipy()[inside]),
    )
    return kept, replace(measures, organisations=columns)


def table_download(tables: Sequence[Table], provenance: Provenance, format: TableFormat, name: str = "") -> Download:
    """Tables as one file, named ``name`` or after the first."""
    day = (provenance.as_of or provenance.made_on).isoformat()
    name = f"graphsvc-{name or tables[0].name}-{day}.{format}"
    return Download(name, MEDIA_TYPES[format], write_tables(tables, provenance, format))


def identities(snapshot: Snapshot, language: str) -> dict[str, list[str]]:
    """Who the rows of a snapshot are: columns that stand before the measures."""
    columns = {name: snapshot.column(name) for name in ("name", "sector", "territory")}
    return named({"id": snapshot.ids, **columns}, language)


def named(who: Mapping[str, Sequence[str]], language: str) -> dict[str, list[str]]:
    """id, name, sector and territory, and the sector in words."""
    words = [label("organisation_sector", sector, language) for sector in who["sector"]]
    columns = {name: list(who[name]) for name in ("id", "name", "sector")}
    return {**columns, "sector_label": words, "territory": list(who["territory"])}


def meanings(measures: Iterable[str], language: str) -> dict[str, str]:
    """What each measure is called, what it tells, and its formula."""
    known = ((name, BY_NAME[name]) for name in measures)
    said = "%(title)s: %(explanation)s (%(source)s)"
    parts = ((n, {"title": m.title, "explanation": m.explanation, "source": m.source}) for n, m in known)
    return {name: Message(said, part).render(language) for name, part in parts}


def measures_file(
    identity: Mapping[str, Sequence[str]],
    measures: Measures,
    format: TableFormat,
    language: str,
    provenance: Provenance,
) -> bytes:
    """Measures of every organisation (``identity``: who they are, in the same order) and of the network, with what
    each means in ``language``.

    Column names are the measures' English keys, the same in both languages, so that a file can be read again.
    """
    meaning = meanings(BY_NAME, language)
    if bound := measures.parameters.get("betweenness_bound"):
        within = f"{bound:.3g}"
        off = msg(
            "estimated: with confidence %(confidence)s within %(bound)s of the exact value",
            confidence=measures.parameters["confidence"],
            bound=within,
        )
        meaning["betweenness"] = f"{meaning['betweenness']}; {off.render(language)}"
    organisations = Table(
        "organisations",
        {**identity, **{name: _typed(name, values) for name, values in measures.organisations.items()}},
        {name: meaning[name] for name in measures.organisations},
    )
    network = Table(
        "network",
        {"measure": list(measures.network), "value": list(measures.network.values())},
        {name: meaning[name] for name in measures.network},
    )
    return write_tables([organisations, network], provenance, format)


def _typed(name: str, values: Floats) -> list[float] | list[int]:
    """Counts as whole numbers: every organisation has them."""
    found: list[float] | list[int] = (values.astype(np.int64) if name in WHOLE else values).tolist()
    return found
