"""Degree and strength."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit
from graphsvc.snapshot.csr import Csr, Floats, Int64s


def degree(graph: Csr) -> Int64s:
    """Ties of each node, int64 [n]; a loop counts twice, as in networkx."""
    indptr, indices, _ = arrays(graph)
    counts: Int64s = _degree(indptr, indices)
    return counts


def strength(graph: Csr) -> Floats:
    """Sum of the weights of each node's ties, float64 [n]; a loop counts twice."""
    sums: Floats = _strength(*arrays(graph))
    return sums


def degree_centrality(graph: Csr) -> Floats:
    """Degree over n - 1, float64 [n] in 0..1 without loops; 1 where there is one node."""
    if graph.rows <= 1:
        return np.ones(graph.rows)
    return degree(graph).astype(np.float64) * (1.0 / (graph.rows - 1.0))


@njit
def _degree(indptr, indices):  # type: ignore[no-untyped-def]
    """Rows ascend: a loop is looked for by halving."""
    n = len(indptr) - 1
    counts = np.empty(n, np.int64)
    for i in range(n):
        low, high = indptr[i], indptr[i + 1]
        counts[i] = high - low
        while low < high:
            middle = (low + high) >> 1
            if indices[middle] < i:
                low = middle + 1
            else:
                high = middle
        counts[i] += low < indptr[i + 1] and indices[low] == i
    return counts


@njit
def _strength(indptr, indices, weights):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    sums = np.zeros(n, np.float64)
    for i in range(n):
        for e in range(indptr[i], indptr[i + 1]):
            sums[i] += weights[e] * (2.0 if indices[e] == i else 1.0)
    return sums
