"""Computing the measures of a snapshot with the compiled kernels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from graphsvc import kernels
from graphsvc.metrics.definitions import NETWORK_MEASURES, ORGANISATION_MEASURES
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Csr, Floats, Int32s

EXACT_UP_TO = 5_000
"""Organisations up to which betweenness is exact; above, it is estimated from sampled sources."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of one snapshot.

    organisations : by measure, float64 [organisations]; NaN where it has no meaning (constraint without partners)
    network : by measure, one number; NaN where it has no meaning (density of one organisation)
    parameters : how they were computed, for the export
    """

    organisations: dict[str, Floats]
    network: dict[str, float]
    parameters: dict[str, str | int | float] = field(default_factory=dict)


def measure(snapshot: Snapshot, seed: int = 0) -> Measures:
    """Every measure of ``definitions``; the same for the same snapshot and seed."""
    graph = snapshot.graph
    sector, territory = codes(snapshot.column("sector")), codes(snapshot.column("territory"))
    community = kernels.leiden_communities(graph, seed=seed)
    sampled = graph.rows > EXACT_UP_TO
    columns: dict[str, Callable[[], Floats]] = {
        "partnerships": lambda: np.diff(snapshot.memberships.indptr).astype(np.float64),
        "partners": lambda: kernels.degree(graph).astype(np.float64),
        "weighted_degree": lambda: kernels.strength(graph),
        "betweenness": lambda: (
            kernels.sampled_betweenness_centrality(graph, seed=seed)
            if sampled
            else kernels.betweenness_centrality(graph)
        ),
        "closeness": lambda: kernels.closeness_centrality(graph),
        "pagerank": lambda: kernels.pagerank(graph),
        "clustering": lambda: kernels.clustering(graph),
        "core_number": lambda: kernels.core_number(graph).astype(np.float64),
        "community": lambda: community.astype(np.float64) + 1,
        "constraint": lambda: kernels.constraint(graph),
        "participation": lambda: kernels.participation_coefficient(graph, sector),
    }
    return Measures(
        {m.name: columns[m.name]() for m in ORGANISATION_MEASURES},
        _of_network(snapshot, graph, community, sector, territory),
        {"seed": seed, "betweenness": "sampled" if sampled else "exact"},
    )


def _of_network(
    snapshot: Snapshot, graph: Csr, community: Int32s, sector: Int32s, territory: Int32s
) -> dict[str, float]:
    n, ties = graph.rows, len(graph.indices) // 2
    component = kernels.connected_components(graph)
    sizes = np.bincount(component, minlength=1)
    values = {
        "organisations": float(n),
        "all_partnerships": float(snapshot.network.partnerships.num_rows),
        "ties": float(ties),
        "density": ties / (n * (n - 1) / 2) if n > 1 else np.nan,
        "components": float(len(sizes)) if n else 0.0,
        "largest_component": float(sizes.max()) / n if n else np.nan,
        "isolated": float((np.diff(graph.indptr) == 0).sum()),
        "modularity": kernels.modularity(graph, community) if ties else np.nan,
        "assortativity_sector": kernels.attribute_assortativity(graph, sector) if ties else np.nan,
        "assortativity_territory": kernels.attribute_assortativity(graph, territory) if ties else np.nan,
        "ei_sector": kernels.ei_index(graph, sector) if ties else np.nan,
        "ei_territory": kernels.ei_index(graph, territory) if ties else np.nan,
    }
    return {m.name: float(values[m.name]) for m in NETWORK_MEASURES}


def codes(values: list[str]) -> Int32s:
    """Each text as the number of its place in the sorted set of texts, int32 [n]."""
    return np.unique(np.array(values, dtype=str), return_inverse=True)[1].astype(np.int32)
