"""Degree and strength."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit
from graphsvc.snapshot.csr import Csr, Floats, Int64s


def degree(graph: Csr) -> Int64s:
    """Ties of each node, int64 [n]; a loop counts twice, as in networkx."""
    counts: Int64s = np.diff(graph.indptr)
    if graph.looped:
        rows = np.repeat(np.arange(graph.rows), counts)
        counts = counts + np.bincount(rows[graph.indices == rows], minlength=graph.rows)
    return counts


def strength(graph: Csr) -> Floats:
    """Sum of the weights of each node's ties, float64 [n]; a loop counts twice."""
    sums: Floats = _strength(*arrays(graph))
    return sums


@njit
def _strength(indptr, indices, weights):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    sums = np.zeros(n, np.float64)
    for i in range(n):
        for e in range(indptr[i], indptr[i + 1]):
            sums[i] += weights[e] * (2.0 if indices[e] == i else 1.0)
    return sums
