"""Triangles and clustering of undirected graphs; loops are ignored.

Each triangle is met once, from its node of lowest rank (by degree), so that hubs are never intersected with each
other's whole neighbourhoods: Schank, Wagner, "Finding, counting and listing all triangles", 2005.
"""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import Uint64s, arrays, ask_ahead, falling, njit, spread, without_loops
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s, Uint32s, frozen

CHUNKS = 8
NONE = np.empty(0)


def triangles(graph: Csr) -> Int64s:
    """Triangles through each node, int64 [n]."""
    (*ties, _), names = upward(without_loops(graph))
    parts = spread(lambda a, b: _count(*ties, a, b), graph.rows, 4 * len(graph.indices), CHUNKS)
    counts: Int64s = np.sum(parts, axis=0)[names]
    return counts


def clustering(graph: Csr, *, weighted: bool = False) -> Floats:
    """Share of each node's pairs of neighbours that are tied, float64 [n] in 0..1; 0 below two neighbours.

    weighted : the geometric mean of the triangle's weights over the largest weight, in place of 1
        (Saramäki and others, Physical Review E 75, 2007).
    """
    closed = _intensities(graph) if weighted else 2.0 * triangles(graph)
    degrees = np.diff(without_loops(graph).indptr)
    pairs = degrees * (degrees - 1)
    shares: Floats = np.divide(closed, pairs, out=np.zeros(graph.rows), where=closed != 0)
    return shares


def transitivity(graph: Csr) -> float:
    """Three times the triangles over the paths of two ties, 0..1; 0 where there is no triangle."""
    graph = without_loops(graph)
    (*ties, _), _ = upward(graph)
    parts = spread(lambda a, b: _total(*ties, a, b), graph.rows, 4 * len(graph.indices), CHUNKS)
    degrees = np.diff(graph.indptr)
    closed = 6 * sum(parts)
    return closed / int(degrees @ (degrees - 1)) if closed else 0


def upward(graph: Csr, values: Floats = NONE) -> tuple[tuple[Uint64s, Uint32s, Floats], Int32s]:
    """See ``_kept``; and the new name of each node."""
    indptr, indices, _ = arrays(graph)
    order, names = falling(indptr)
    return _kept(indptr, indices, order, names, frozen(values)), names


def _intensities(graph: Csr) -> Floats:
    plain = without_loops(graph)
    (ptr, idx, roots), names = upward(plain, plain.weights)
    roots /= graph.weights.max(initial=0.0) or 1.0
    ties = ptr, idx, np.cbrt(roots, out=roots)
    parts = spread(lambda a, b: _intensity(*ties, a, b), graph.rows, 4 * len(plain.indices), CHUNKS)
    sums: Floats = 2.0 * np.sum(parts, axis=0)[names]
    return sums


@njit
def _kept(indptr, indices, order, names, values):  # type: ignore[no-untyped-def]
    """Ties toward the node of higher degree, nodes renamed by falling degree (hubs are then close together in
    memory, and nodes of like degree follow each other); values are kept where there are any."""
    n = len(order)
    ptr = np.zeros(n + 1, np.int64)
    idx, kept = np.empty(len(indices) + 1, np.uint32), np.empty(len(values), np.float64)
    at = 0
    for i in range(n):
        ask_ahead(indptr, indices, values, order, i)
        for e in range(indptr[order[i]], indptr[order[i] + 1]):
            w = names[indices[e]]
            idx[at] = w
            if len(values):
                kept[at] = values[e]
            at += w < i
        ptr[i + 1] = at
    return ptr.view(np.uint64), idx, kept[:at]


@njit
def _total(ptr, idx, start, stop):  # type: ignore[no-untyped-def]
    """Triangles whose node of lowest degree is in the range."""
    mark, total = np.zeros(len(ptr) - 1, np.uint8), 0
    for u in range(start, stop):
        first, last = ptr[u], ptr[u + 1]
        for e in range(first, last):
            mark[idx[e]] = 1
        for e in range(first, last):
            for f in range(ptr[idx[e]], ptr[idx[e] + 1]):
                total += mark[idx[f]]
        for e in range(first, last):
            mark[idx[e]] = 0
    return total


@njit
def _count(ptr, idx, start, stop):  # type: ignore[no-untyped-def]
    """Triangles of each node, of those whose node of lowest degree is in the range."""
    n = len(ptr) - 1
    mark, counts = np.zeros(n, np.uint8), np.zeros(n, np.int64)
    for u in range(start, stop):
        first, last = ptr[u], ptr[u + 1]
        for e in range(first, last):
            mark[idx[e]] = 1
        for e in range(first, last):
            v, found = idx[e], 0
            for f in range(ptr[v], ptr[v + 1]):
                hit = mark[idx[f]]
                counts[idx[f]] += hit
                found += hit
            counts[v] += found
            counts[u] += found
        for e in range(first, last):
            mark[idx[e]] = 0
    return counts


@njit
def _intensity(ptr, idx, roots, start, stop):  # type: ignore[no-untyped-def]
    n, one = len(ptr) - 1, np.uint64(1)
    mark, sums = np.zeros(n, np.uint64), np.zeros(n, np.float64)  # one more than the place of the tie with u
    for u in range(start, stop):
        for e in range(ptr[u], ptr[u + 1]):
            mark[idx[e]] = e + one
        for e in range(ptr[u], ptr[u + 1]):
            v = idx[e]
            for f in range(ptr[v], ptr[v + 1]):
                w = idx[f]
                if mark[w] > ptr[u]:
                    found = roots[e] * roots[f] * roots[mark[w] - one]
                    sums[u] += found
                    sums[v] += found
                    sums[w] += found
    return sums
