"""Connected components."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit
from graphsvc.snapshot.csr import Csr, Int32s, Int64s

SAMPLED = 2
"""Neighbours of each node joined before the largest component is guessed."""


def connected_components(graph: Csr) -> Int32s:
    """Component of each node, int32 [n]: 0 is the largest; equal ones in the order of their first node.

    The graph is undirected. Sutton, Ben-Nun, Barak, "Optimizing parallel graph connectivity computation via
    subgraph sampling" (Afforest), 2018: once the largest component is guessed, its ties are skipped.
    """
    indptr, indices, _ = arrays(graph)
    return largest_first(_afforest(indptr, indices))


def number_connected_components(graph: Csr) -> int:
    """How many components."""
    indptr, indices, _ = arrays(graph)
    return int(np.count_nonzero(_afforest(indptr, indices) == np.arange(graph.rows)))


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
def _root(parent, v):  # type: ignore[no-untyped-def]
    while parent[v] != v:
        parent[v] = parent[parent[v]]
        v = parent[v]
    return v


@njit
def _join(parent, u, v):  # type: ignore[no-untyped-def]
    a, b = _root(parent, u), _root(parent, v)
    if a < b:
        parent[b] = a
    else:
        parent[a] = b


@njit
def _afforest(indptr, indices):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    parent = np.arange(n).astype(np.int32)
    for v in range(n):
        for e in range(indptr[v], min(indptr[v] + SAMPLED, indptr[v + 1])):
            _join(parent, v, indices[e])
    votes = np.zeros(n, np.int32)
    for v in range(n):
        votes[_root(parent, v)] += 1
    giant = _root(parent, np.argmax(votes)) if n else 0
    for v in range(n):
        if _root(parent, v) != giant:
            for e in range(indptr[v] + SAMPLED, indptr[v + 1]):
                _join(parent, v, indices[e])
            giant = _root(parent, giant)
    for v in range(n):
        parent[v] = _root(parent, v)
    return parent
