"""k-cores."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit, unsigned, without_loops
from graphsvc.snapshot.csr import Csr, Int64s


def core_number(graph: Csr) -> Int64s:
    """Largest k for which the node is in a subgraph with every degree at least k, int64 [n]; loops are ignored.

    Batagelj, Zaversnik, "An O(m) algorithm for cores decomposition of networks", 2003.
    """
    indptr, indices, _ = arrays(without_loops(graph))
    cores: Int64s = _cores(*unsigned(indptr, indices)).astype(np.int64)
    return cores


@njit
def _cores(indptr, indices):  # type: ignore[no-untyped-def]
    """Level by level: what has k ties left goes, and takes a tie from each neighbour that has more.

    The levels look at no more nodes, together, than there are ties: a node is looked at once a level up to its own.
    """
    n = len(indptr) - 1
    left, rest, going = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n + 1, np.int32)
    for v in range(n):
        left[v], rest[v] = indptr[v + 1] - indptr[v], v
    remain = n
    while remain:
        level = left[rest[0]]
        for i in range(remain):
            level = min(level, left[rest[i]])
        top, keep = 0, 0
        for i in range(remain):
            v = rest[i]
            gone = left[v] <= level
            going[top], rest[keep] = v, v
            top += gone
            keep += not gone
        while top:
            top -= 1
            v = going[top]
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                had = left[w]
                left[w] = had - (had > level)
                going[top] = w
                top += had == level + 1
        remain = 0
        for i in range(keep):
            rest[remain] = rest[i]
            remain += left[rest[i]] > level
    return left
