"""Connected components."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit
from graphsvc.snapshot.csr import Csr, Int32s, Int64s


def connected_components(graph: Csr) -> Int32s:
    """Component of each node, int32 [n]: 0 is the largest; equal ones in the order of their first node.

    The graph is undirected. Sutton, Ben-Nun, Barak, "Optimizing parallel graph connectivity computation via
    subgraph sampling" (Afforest), 2018: once the largest component is guessed, its ties are skipped.
    """
    indptr, indices, _ = arrays(graph)
    return largest_first(_search(indptr, indices)[0])


def number_connected_components(graph: Csr) -> int:
    """How many components."""
    indptr, indices, _ = arrays(graph)
    return int(_search(indptr, indices)[1])


def largest_first(labels: Int32s | Int64s) -> Int32s:
    """The same groups named 0, 1, … from the largest; equal ones by their first node. Labels are 0..n-1."""
    sizes = np.bincount(labels)
    first = _first_seen(np.asarray(labels, np.int64), len(sizes))
    present = np.flatnonzero(sizes)
    order = present[np.lexsort((first[present], -sizes[present]))]
    names = np.empty(len(sizes), np.int32)
    names[order] = np.arange(len(order), dtype=np.int32)
    return names[labels]


@njit
def _first_seen(labels, count):  # type: ignore[no-untyped-def]
    first = np.full(count, len(labels), np.int64)
    for v in range(len(labels) - 1, -1, -1):
        first[labels[v]] = v
    return first


@njit
def _join(parent, u, v):  # type: ignore[no-untyped-def]
    """Give the trees of two nodes one root; a parent never has a higher number than its child."""
    while parent[u] != parent[v]:
        if parent[u] < parent[v]:
            u, v = v, u
        above = parent[u]
        parent[u] = parent[v]
        u = above


@njit
def _flatten(parent):  # type: ignore[no-untyped-def]
    """Every node right under its root; those of lower number already are."""
    for v in range(len(parent)):
        parent[v] = parent[parent[v]]


@njit
def _search(indptr, indices):  # type: ignore[no-untyped-def]
    """The first node of each node's component, and how many components there are."""
    n = len(indptr) - 1
    parent = np.empty(n, np.uint32)
    for v in range(n):
        # its first neighbour, where that has a lower number: no search for roots is needed
        e = indptr[v]
        parent[v] = min(v, indices[e]) if e < indptr[v + 1] else v
    _flatten(parent)
    for v in range(n):
        e = indptr[v + 1] - 1
        if e >= indptr[v]:
            _join(parent, v, indices[e])
    _flatten(parent)
    votes = np.zeros(n, np.int32)
    for v in range(n):
        votes[parent[v]] += 1
    giant = np.argmax(votes) if n else 0
    for v in range(n):
        if parent[v] != giant:
            for e in range(indptr[v], indptr[v + 1]):
                _join(parent, v, indices[e])
    _flatten(parent)
    count = 0
    for v in range(n):
        count += parent[v] == v
    return parent.view(np.int32), count
