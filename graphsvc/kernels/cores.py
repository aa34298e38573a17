"""k-cores."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit
from graphsvc.snapshot.csr import Csr, Int64s


def core_number(graph: Csr) -> Int64s:
    """Largest k for which the node is in a subgraph with every degree at least k, int64 [n]; loops are ignored.

    Batagelj, Zaversnik, "An O(m) algorithm for cores decomposition of networks", 2003.
    """
    indptr, indices, _ = arrays(graph)
    cores: Int64s = _cores(indptr, indices).astype(np.int64)
    return cores


@njit
def _degrees_without_loops(indptr, indices):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    degrees = np.empty(n, np.int32)
    for v in range(n):
        degrees[v] = indptr[v + 1] - indptr[v]
        for e in range(indptr[v], indptr[v + 1]):
            if indices[e] == v:
                degrees[v] -= 1
    return degrees


@njit
def _sorted_by_degree(degrees):  # type: ignore[no-untyped-def]
    """Starts of the bins, the nodes in order, and the place of each node."""
    bins = np.zeros(degrees.max() + 2, np.int32)
    for d in degrees:
        bins[d + 1] += 1
    for d in range(1, len(bins)):
        bins[d] += bins[d - 1]
    fill = bins.copy()
    order, place = np.empty_like(degrees), np.empty_like(degrees)
    for v in range(len(degrees)):
        place[v] = fill[degrees[v]]
        order[place[v]] = v
        fill[degrees[v]] += 1
    return bins, order, place


@njit
def _cores(indptr, indices):  # type: ignore[no-untyped-def]
    core = _degrees_without_loops(indptr, indices)
    if len(core) == 0:
        return core
    bins, order, place = _sorted_by_degree(core)
    for i in range(len(core)):
        v = order[i]
        for e in range(indptr[v], indptr[v + 1]):
            u = indices[e]
            if core[u] > core[v]:
                start = bins[core[u]]
                w = order[start]
                order[start], order[place[u]] = u, w
                place[w] = place[u]
                place[u] = start
                bins[core[u]] += 1
                core[u] -= 1
    return core
