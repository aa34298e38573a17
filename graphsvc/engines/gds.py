"""Measures by Neo4j's Graph Data Science library, where the server has it.

The network is projected in the server's memory and measured there. What GDS does not offer (Burt's constraint,
participation, mixing by sector and territory; betweenness from sources that are all as likely, while GDS draws hubs
more often) the kernels compute from the projected ties, which for that come over the wire. The queries are
``cypher/gds/*.cypher``.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import numpy as np

from graphsvc.errors import EngineError
from graphsvc.i18n import msg
from graphsvc.kernels.betweenness import sampled_betweenness
from graphsvc.kernels.communities import modularity
from graphsvc.kernels.components import largest_first
from graphsvc.kernels.holes import constraint
from graphsvc.kernels.mixing import attribute_assortativity, ei_index, participation_coefficient
from graphsvc.metrics import NETWORK_MEASURES, ORGANISATION_MEASURES, Measures
from graphsvc.metrics.compute import among, codes
from graphsvc.snapshot import Projection, Scope
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s
from graphsvc.snapshot.filter import asked_day

STREAMED = ("partners", "weighted_degree", "closeness", "pagerank", "clustering", "core_number", "component")


class Run(Protocol):
    """Runs a query named by its file under ``cypher/``, always on the same server: that is where the projection is,
    so that in a cluster it has to be the writing side of the store (``Store.write``)."""

    def __call__(self, query: str, /, **params: Any) -> Sequence[Mapping[str, Any]]: ...


def is_there(run: Run) -> bool:
    """Whether the server has GDS."""
    return bool(run("gds/version"))


def measure(
    run: Run,
    *,
    projection: Projection = "weighted",
    on: date | None = None,
    scope: Scope = "ever",
    seed: int = 0,
    pivots: int = 256,
) -> Measures:
    """Every measure of ``metrics.definitions`` of the network in the database; rows are organisations by id.

    Betweenness is GDS's and exact for up to ``pivots`` organisations, else the kernel's from as many sources, with its
    bound in ``parameters``; PageRank runs until it no longer changes (1e-12), so that it differs from networkx's, which
    stops earlier, by up to networkx's own tolerance; all else is as the kernels have it.
    Raises EngineError when the server has no GDS, and what ``run`` raises.
    """
    if not is_there(run):
        raise EngineError(
            msg("The Neo4j server has no Graph Data Science library (GDS)."),
            hint=msg("Have it installed on the server, or leave out --engine gds."),
        )
    on, today = asked_day(on, scope), date.today()
    name, day = f"graphsvc-{uuid.uuid4().hex}", {"on": on, "active": scope == "active", "today": today}
    try:
        run("gds/project", name=name, projection=projection, **day)
        return _measured(run, name, day, seed, pivots)
    finally:
        run("gds/drop", name=name)


def _measured(run: Run, name: str, day: Mapping[str, Any], seed: int, pivots: int) -> Measures:
    rows = run("gds/organisations", name=name, **day)
    nodes = np.array([row["node"] for row in rows], np.int64)
    n = len(nodes)
    values = {measure: _streamed(run(f"gds/{measure}", name=name), nodes) for measure in STREAMED}
    values["pagerank"] /= values["pagerank"].sum() or 1.0
    community = _groups(_streamed(run("gds/community", name=name, seed=seed), nodes))
    values["community"] = community.astype(np.float64) + 1
    values["partnerships"] = np.array([row["partnerships"] for row in rows], np.float64)
    graph = _ties(run("gds/ties", name=name), nodes)
    parameters: dict[str, str | int | float] = {"engine": "gds", "seed": seed}
    if n > pivots:
        sampled = sampled_betweenness(graph, samples=pivots, seed=seed)
        values["betweenness"] = sampled.values
        parameters |= {"betweenness": "sampled", "betweenness_samples": pivots, "confidence": sampled.confidence}
        parameters["betweenness_bound"] = float(sampled.bound.max())
    else:
        paths = _streamed(run("gds/betweenness", name=name), nodes)
        values["betweenness"] = paths * (2 / max((n - 1) * (n - 2), 1))
        parameters["betweenness"] = "exact"
    groups = {column: [row[column] for row in rows] for column in ("sector", "territory")}
    values["constraint"] = constraint(graph)
    values["participation"] = participation_coefficient(graph, codes(groups["sector"]))
    network = _of_network(values, graph, community, groups)
    network["all_partnerships"] = run("gds/partnerships", **day)[0]["count"]
    return Measures(
        {m.name: values[m.name] for m in ORGANISATION_MEASURES},
        {m.name: float(network[m.name]) for m in NETWORK_MEASURES},
        parameters,
    )


def _streamed(rows: Sequence[Mapping[str, Any]], nodes: Int64s) -> Floats:
    """Values in the order of ``nodes``; 0 for a node that GDS left out."""
    found = {row["node"]: row["value"] for row in rows}
    return np.array([found.get(node, 0) for node in nodes.tolist()], np.float64)


def _groups(labels: Any) -> Int32s:
    """Any labels as 0, 1, … from the largest group."""
    return largest_first(np.unique(labels, return_inverse=True)[1]) if len(labels) else np.empty(0, np.int32)


def _ties(rows: Sequence[Mapping[str, Any]], nodes: Int64s) -> Csr:
    place = {node: i for i, node in enumerate(nodes.tolist())}
    source = [place[row["source"]] for row in rows for _ in row["targets"]]
    target = [place[node] for row in rows for node in row["targets"]]
    weight = np.array([w for row in rows for w in row["weights"]], np.float64)
    shape = (len(nodes), len(nodes))
    return Csr.from_entries(np.array(source, np.int64), np.array(target, np.int64), weight, shape)


def _of_network(
    values: Mapping[str, Floats], graph: Csr, community: Int32s, groups: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    n, ties = graph.rows, len(graph.indices) // 2
    sizes = np.unique(values["component"], return_counts=True)[1]
    found: dict[str, float] = {
        "organisations": n,
        "ties": ties,
        "density": ties / (n * (n - 1) / 2) if n > 1 else np.nan,
        "components": len(sizes),
        "largest_component": sizes.max() / n if n else np.nan,
        "isolated": int((values["partners"] == 0).sum()),
        "modularity": modularity(graph, community) if ties else np.nan,
    }
    for name, of in groups.items():
        found[f"assortativity_{name}"] = among(attribute_assortativity, graph, of)
        found[f"ei_{name}"] = among(ei_index, graph, of)
    return found
