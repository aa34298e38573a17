"""Layout of small graphs by stress: distances on the plane as near as can be to distances in the graph.

Gansner, Koren, North, "Graph drawing by stress majorization", 2004, with the weights 1 / distance squared.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import shortest_path

from graphsvc.errors import InputError
from graphsvc.i18n import msg
from graphsvc.kernels._run import njit
from graphsvc.kernels.layout import force_layout
from graphsvc.snapshot.csr import Csr, Floats, frozen

LARGEST = 2_000
"""Nodes above which the square matrix of distances is not worth its memory."""


def stress_layout(graph: Csr, start: Floats | None = None, *, iterations: int = 50, seed: int = 0) -> Floats:
    """Places of the nodes, float64 [n, 2], one unit a tie; components are a little farther apart than their widest.

    start : places to begin from, NaN for new nodes; without it, those of ``force_layout``.
    Raises InputError above LARGEST nodes.
    """
    if graph.rows > LARGEST:
        raise InputError(
            msg("A stress layout takes at most %(limit)s organisations, not %(n)s.", limit=LARGEST, n=graph.rows),
            hint=msg("Use the force layout, or show fewer organisations."),
        )
    ideal = ideal_distances(graph)
    places = force_layout(graph, start, seed=seed)
    for _ in range(iterations):
        places = _majorise(ideal, frozen(places))
    return places


def stress(places: Floats, ideal: Floats) -> float:
    """Sum over pairs of (distance on the plane / distance in the graph - 1) squared; 0 is a perfect picture."""
    gaps = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    pairs = np.triu_indices(len(places), 1)
    return float(((gaps[pairs] / ideal[pairs] - 1) ** 2).sum())


def ideal_distances(graph: Csr) -> npt.NDArray[np.float64]:
    """Distances in the graph, float64 [n, n]; between components the largest finite one plus 1."""
    hops = shortest_path(graph.to_scipy(), directed=False, unweighted=True)
    finite = np.isfinite(hops)
    hops[~finite] = hops[finite].max(initial=0.0) + 1.0
    return frozen(hops)


@njit
def _majorise(ideal, places):  # type: ignore[no-untyped-def]
    """One step: every node to the mean of where the others would have it. Never raises the stress."""
    n = len(places)
    out = places.copy()
    for i in range(n):
        x, y, total = 0.0, 0.0, 0.0
        for j in range(n):
            if i == j:
                continue
            dx, dy = out[i, 0] - out[j, 0], out[i, 1] - out[j, 1]
            gap = max(np.sqrt(dx * dx + dy * dy), 1e-9)
            weight = 1.0 / (ideal[i, j] * ideal[i, j])
            x += weight * (out[j, 0] + ideal[i, j] * dx / gap)
            y += weight * (out[j, 1] + ideal[i, j] * dy / gap)
            total += weight
        if total > 0.0:
            out[i, 0], out[i, 1] = x / total, y / total
    return out
