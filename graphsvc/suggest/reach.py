"""Who comes near by one more tie: exactly, two steps around each end."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import njit, spread
from graphsvc.snapshot.csr import Csr, Floats, Int64s, frozen


def newly_near(graph: Csr, a: Int64s, b: Int64s) -> Floats:
    """How many pairs of organisations are more than two steps apart, and no longer once a[p] and b[p] are tied.

    These are the two themselves, each of them with partners of the other, and nobody else. float64 [pairs], at least
    0; ``graph`` is undirected. Work: the links two steps around each different end, and the partners of each pair.
    """
    return _beyond(graph, a, b, True) + _beyond(graph, b, a, False)


def _beyond(graph: Csr, x: Int64s, y: Int64s, itself: bool) -> Floats:
    """Partners of y (and y ``itself``) that are more than two steps from x, float64 [pairs]."""
    order = np.argsort(x, kind="stable")
    first, other = frozen(x[order].astype(np.int64)), frozen(y[order].astype(np.int64))
    indptr, indices = frozen(graph.indptr), frozen(graph.indices)
    parts = spread(lambda i, j: _count(indptr, indices, first[i:j], other[i:j], itself), len(x), 100 * len(x))
    found = np.zeros(len(x))
    found[order] = np.concatenate(parts)
    return found


@njit
def _count(indptr, indices, x, y, itself):  # type: ignore[no-untyped-def]
    near = np.full(len(indptr) - 1, -1, np.int64)  # the pair of whose x it was found near
    out = np.zeros(len(x))
    mark = -1
    for p in range(len(x)):
        u = x[p]
        if p == 0 or x[p - 1] != u:
            mark = p
            near[u] = mark
            for e in range(indptr[u], indptr[u + 1]):
                near[indices[e]] = mark
                for f in range(indptr[indices[e]], indptr[indices[e] + 1]):
                    near[indices[f]] = mark
        if itself and near[y[p]] != mark:
            out[p] += 1
        for e in range(indptr[y[p]], indptr[y[p] + 1]):
            if near[indices[e]] != mark:
                out[p] += 1
    return out
