"""What the measures say, as files: the one way of a page and of the command line to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Protocol, get_args

import numpy as np

from graphsvc.errors import InputError, Place
from graphsvc.exports import findings as told
from graphsvc.exports.download import Download, table_download
from graphsvc.exports.provenance import Provenance
from graphsvc.exports.tables import Table, TableFormat
from graphsvc.i18n import msg
from graphsvc.metrics import ORGANISATION_MEASURES, Measures
from graphsvc.metrics.compare import two_days
from graphsvc.metrics.whole import rows_in, without_partner
from graphsvc.service.analysis import DRAWS, TREND, Analysis
from graphsvc.service.content import Content
from graphsvc.snapshot import Scope, Snapshot
from graphsvc.snapshot.csr import Int64s
from graphsvc.suggest.lookup import row_meant

About = Literal["roles", "gaps", "robustness", "trends", "change", "standing"]
ABOUT: tuple[About, ...] = get_args(About)
RANKED = tuple(m.name for m in ORGANISATION_MEASURES if m.name != "community")
"""Measures in which an organisation stands somewhere."""
POWIAT = 4
"""Digits of a territory's code that name its powiat."""


class Core(Protocol):
    """Where snapshots, their measures and what these say are."""

    @property
    def analysis(self) -> Analysis: ...
    def content(self) -> Content: ...
    def snapshot(self, *, as_of: date | None = ..., scope: Scope = ..., **filters: Sequence[str]) -> Snapshot: ...
    def measure(self, snapshot: Snapshot) -> Measures: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The day (None: everything), the other one of a comparison, scope and filters; ``words``: the filters in words
    that give them again. ``standing`` is of an organisation (its id), and tells the course of one measure."""

    as_of: date | None = None
    against: date | None = None
    scope: Scope = "ever"
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: str = ""
    organisation: str = ""
    measure: str = "partners"


def export(
    core: Core,
    about: About,
    asked: Asked,
    format: TableFormat,
    language: str,
    rows: Int64s | None = None,
    of: str = "",
) -> Download:
    """What is found about one question, as a file.

    rows : organisations that ``roles`` tells of (None: all)
    of : the table that CSV and Parquet hold, where there are several (empty: the first)
    Raises InputError where there is no such table or measure, NotFoundError where the organisation is not there.
    """
    tables, provenance = found(core, about, asked, language, rows)
    return table_download(first(tables, of), provenance, format, about)


def first(tables: Sequence[Table], of: str) -> list[Table]:
    """The tables, that named ``of`` before the others. Raises InputError where there is none of the name."""
    if of and of not in {t.name for t in tables}:
        names = ", ".join(t.name for t in tables)
        raise InputError(msg("There is no such table. Name one of: %(names)s.", names=names), place=Place(field="of"))
    return sorted(tables, key=lambda table: table.name != (of or tables[0].name))


def found(
    core: Core, about: About, asked: Asked, language: str, rows: Int64s | None = None
) -> tuple[list[Table], Provenance]:
    """The tables about one question, and how they were made."""
    if about == "change":
        return _change(core, asked, language)
    if about == "standing":
        return _standing(core, asked, language)
    snapshot = core.snapshot(as_of=asked.as_of, scope=asked.scope, **asked.filters)
    provenance = Provenance.of(snapshot, core.content().digest, filters=asked.words)
    if about == "trends":
        points = core.analysis.trend(asked.scope, asked.as_of, **asked.filters)
        return [told.trends(points, TREND, language)], provenance
    if about == "gaps":
        return [_gaps(core, snapshot, language)], provenance
    measures = core.measure(snapshot)
    if about == "robustness":
        losses = core.analysis.robustness(snapshot).losses
        table = told.robustness(losses, snapshot.graph.rows, language)
        return [table], replace(provenance, parameters={**measures.parameters, "draws": DRAWS})
    every = np.arange(snapshot.graph.rows) if rows is None else rows
    whole = core.snapshot(as_of=asked.as_of, scope=asked.scope)
    parted = core.analysis.parted(whole)[rows_in(whole, snapshot)]
    table = told.roles(snapshot, measures, parted, without_partner(snapshot, whole), every, language)
    return [table], replace(provenance, parameters=measures.parameters)


def _gaps(core: Core, snapshot: Snapshot, language: str) -> Table:
    places = snapshot.network.territories
    names = dict(zip(places["code"].to_pylist(), places["name"].to_pylist(), strict=True))
    sectors, powiats = (core.analysis.between(snapshot, *by) for by in (("sector",), ("territory", POWIAT)))
    return told.gaps(sectors, powiats, names, language)


def _change(core: Core, asked: Asked, language: str) -> tuple[list[Table], Provenance]:
    """What lasts on one day beside what lasts on the other, whatever the scope."""
    days = two_days(core.snapshot().network, asked.as_of, asked.against)
    earlier, later = (core.snapshot(as_of=day, scope="active", **asked.filters) for day in days)
    before, after = core.measure(earlier), core.measure(later)
    tables = told.change((earlier, later), (before, after), core.analysis.compared(earlier, later), language)
    parameters = {**after.parameters, "against": days[0].isoformat()}
    parameters |= {f"against_{name}": before.parameters[name] for name in before.parameters if name != "seed"}
    return tables, Provenance.of(later, core.content().digest, filters=asked.words, parameters=parameters)


def _standing(core: Core, asked: Asked, language: str) -> tuple[list[Table], Provenance]:
    snapshot = core.snapshot(as_of=asked.as_of, scope=asked.scope)
    if not asked.organisation:
        raise InputError(msg("Name the organisation."), place=Place(field="for"))
    organisation = snapshot.ids[row_meant(asked.organisation, snapshot.ids, snapshot.column("name"))]
    if asked.measure not in RANKED:
        names = ", ".join(RANKED)
        raise InputError(msg("There is no such measure. Name one of: %(names)s.", names=names))
    now = core.analysis.standing(snapshot, organisation)
    course = core.analysis.course(organisation, asked.measure, asked.scope, asked.as_of)
    parameters = {**core.measure(snapshot).parameters, "organisation": organisation, "course": asked.measure}
    return told.standing(now, course, language), Provenance.of(snapshot, core.content().digest, parameters=parameters)
