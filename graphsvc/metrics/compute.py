"""Computing the measures of a snapshot with the compiled kernels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from graphsvc.kernels.betweenness import betweenness_centrality, sampled_betweenness
from graphsvc.kernels.communities import leiden_communities, modularity
from graphsvc.kernels.components import connected_components
from graphsvc.kernels.cores import core_number
from graphsvc.kernels.degree import degree, strength
from graphsvc.kernels.distances import closeness_centrality
from graphsvc.kernels.holes import constraint
from graphsvc.kernels.mixing import attribute_assortativity, ei_index, participation_coefficient
from graphsvc.kernels.ranking import pagerank
from graphsvc.kernels.triangles import clustering
from graphsvc.metrics.definitions import NETWORK_MEASURES, ORGANISATION_MEASURES
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Csr, Floats, Int32s

EXACT_UP_TO = 5_000
"""Organisations up to which betweenness is exact; above, it is estimated from sampled sources."""
SAMPLES = 500


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
    community = leiden_communities(graph, seed=seed)
    sampled = graph.rows > EXACT_UP_TO
    columns: dict[str, Callable[[], Floats]] = {
        "partnerships": lambda: np.diff(snapshot.memberships.indptr).astype(np.float64),
        "partners": lambda: degree(graph).astype(np.float64),
        "weighted_degree": lambda: strength(graph),
        "betweenness": lambda: (
            sampled_betweenness(graph, samples=SAMPLES, seed=seed).values if sampled else betweenness_centrality(graph)
        ),
        "closeness": lambda: closeness_centrality(graph),
        "pagerank": lambda: pagerank(graph),
        "clustering": lambda: clustering(graph),
        "core_number": lambda: core_number(graph).astype(np.float64),
        "community": lambda: community.astype(np.float64) + 1,
        "constraint": lambda: constraint(graph),
        "participation": lambda: participation_coefficient(graph, sector),
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
    component = connected_components(graph)
    sizes = np.bincount(component, minlength=1)
    values = {
        "organisations": float(n),
        "all_partnerships": float(snapshot.network.partnerships.num_rows),
        "ties": float(ties),
        "density": ties / (n * (n - 1) / 2) if n > 1 else np.nan,
        "components": float(len(sizes)) if n else 0.0,
        "largest_component": float(sizes.max()) / n if n else np.nan,
        "isolated": float((np.diff(graph.indptr) == 0).sum()),
        "modularity": modularity(graph, community) if ties else np.nan,
        "assortativity_sector": attribute_assortativity(graph, sector) if ties else np.nan,
        "assortativity_territory": attribute_assortativity(graph, territory) if ties else np.nan,
        "ei_sector": ei_index(graph, sector) if ties else np.nan,
        "ei_territory": ei_index(graph, territory) if ties else np.nan,
    }
    return {m.name: float(values[m.name]) for m in NETWORK_MEASURES}


def codes(values: list[str]) -> Int32s:
    """Each text as the number of its place in the sorted set of texts, int32 [n]."""
    return np.unique(np.array(values, dtype=str), return_inverse=True)[1].astype(np.int32)
