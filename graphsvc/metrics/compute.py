"""Computing the measures of a snapshot with the compiled kernels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from threading import Lock
from typing import TypeVar

import numpy as np

from graphsvc.kernels.betweenness import Sampled, betweenness_centrality, sampled_betweenness
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

DIGITS = 12
"""Decimals kept of sums of weights: further ones hang on the order of what is summed, and tell equals apart."""

T = TypeVar("T")
Grouped = Callable[[Csr, Int32s], float]
EXACT_UP_TO = 5_000
"""Organisations up to which betweenness is exact; above, it is estimated from sampled sources."""
SAMPLES = 500


class Lazily(Mapping[str, T]):
    """Values by name, each computed when it is first asked for, and once; safe to share between threads."""

    def __init__(self, columns: Mapping[str, Callable[[], T]]) -> None:
        self._columns = columns
        self._known: dict[str, T] = {}
        self._locks = {name: Lock() for name in columns}

    def __getitem__(self, name: str) -> T:
        if name not in self._known:
            with self._locks[name]:
                if name not in self._known:
                    self._known[name] = self._columns[name]()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of one snapshot, each computed when it is first asked for.

    organisations : by measure, float64 [organisations]; NaN where it has no meaning (constraint without partners)
    network : by measure, one number; NaN where it has no meaning (density of one organisation)
    parameters : how they were computed, for the export
    """

    organisations: Mapping[str, Floats]
    network: Mapping[str, float]
    parameters: Mapping[str, str | int | float] = field(default_factory=dict)


def measure(snapshot: Snapshot, seed: int = 0) -> Measures:
    """Every measure of ``definitions``; the same for the same snapshot and seed."""
    sampled = None if snapshot.graph.rows <= EXACT_UP_TO else cache(partial(_sampled, snapshot, seed))
    columns = _of_organisations(snapshot, seed, sampled)
    organisations = Lazily({m.name: columns[m.name] for m in ORGANISATION_MEASURES})
    values = _of_network(snapshot, organisations)
    return Measures(
        organisations,
        Lazily({m.name: values[m.name] for m in NETWORK_MEASURES}),
        _parameters(seed, sampled),
    )


def _sampled(snapshot: Snapshot, seed: int) -> Sampled:
    return sampled_betweenness(snapshot.graph, samples=SAMPLES, seed=seed)


def _parameters(seed: int, sampled: Callable[[], Sampled] | None) -> Mapping[str, str | int | float]:
    """How far an estimate may be off is known once it is made."""
    if sampled is None:
        return {"seed": seed, "betweenness": "exact"}
    return Lazily(
        {
            "seed": lambda: seed,
            "betweenness": lambda: "sampled",
            "betweenness_samples": lambda: len(sampled().sources),
            "betweenness_bound": lambda: float(sampled().bound.max()),
            "confidence": lambda: sampled().confidence,
        }
    )


def _of_organisations(
    snapshot: Snapshot, seed: int, sampled: Callable[[], Sampled] | None
) -> dict[str, Callable[[], Floats]]:
    graph = snapshot.graph
    return {
        "partnerships": lambda: np.diff(snapshot.memberships.indptr).astype(np.float64),
        "partners": lambda: degree(graph).astype(np.float64),
        "weighted_degree": lambda: np.round(strength(graph), DIGITS),
        "betweenness": lambda: betweenness_centrality(graph) if sampled is None else sampled().values,
        "closeness": lambda: closeness_centrality(graph),
        "pagerank": lambda: pagerank(graph),
        "clustering": lambda: clustering(graph),
        "core_number": lambda: core_number(graph).astype(np.float64),
        "community": lambda: leiden_communities(graph, seed=seed).astype(np.float64) + 1,
        "constraint": lambda: constraint(graph),
        "participation": lambda: participation_coefficient(graph, codes(snapshot.column("sector"))),
    }


def _of_network(snapshot: Snapshot, organisations: Mapping[str, Floats]) -> dict[str, Callable[[], float]]:
    graph = snapshot.graph
    n, ties = graph.rows, len(graph.indices) // 2

    def between(number: Grouped, column: str) -> Callable[[], float]:
        return lambda: among(number, graph, snapshot.column(column))

    def parts() -> Int32s:
        return np.bincount(connected_components(graph), minlength=1).astype(np.int32)

    def split() -> float:
        return modularity(graph, organisations["community"].astype(np.int32) - 1) if ties else np.nan

    return {
        "organisations": lambda: float(n),
        "all_partnerships": lambda: float(snapshot.network.partnerships.num_rows),
        "ties": lambda: float(ties),
        "density": lambda: ties / (n * (n - 1) / 2) if n > 1 else np.nan,
        "components": lambda: float(len(parts())) if n else 0.0,
        "largest_component": lambda: float(parts().max()) / n if n else np.nan,
        "isolated": lambda: float((np.diff(graph.indptr) == 0).sum()),
        "modularity": split,
        "assortativity_sector": between(attribute_assortativity, "sector"),
        "assortativity_territory": between(attribute_assortativity, "territory"),
        "ei_sector": between(ei_index, "sector"),
        "ei_territory": between(ei_index, "territory"),
    }


def among(number: Grouped, graph: Csr, values: Sequence[str]) -> float:
    """How ties run between groups: ``number`` of the ties among organisations whose value is known (not ""); NaN where
    there is none."""
    known = np.array([bool(value) for value in values], dtype=bool)
    if not known.all():
        graph = Csr.from_scipy(graph.to_scipy()[known][:, known])
    return number(graph, codes([value for value in values if value]))


def codes(values: list[str]) -> Int32s:
    """Each text as the number of its place in the sorted set of texts, int32 [n]."""
    return np.unique(np.array(values, dtype=str), return_inverse=True)[1].astype(np.int32)
