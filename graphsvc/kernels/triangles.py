"""Triangles and clustering of undirected graphs; loops are ignored.

Each triangle is met once, from its node of lowest rank (by degree), so that hubs are never intersected with each
other's whole neighbourhoods: Schank, Wagner, "Finding, counting and listing all triangles", 2005.
"""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit, spread
from graphsvc.kernels.cores import _degrees_without_loops
from graphsvc.snapshot.csr import Csr, Floats, Int64s

CHUNKS = 8


def triangles(graph: Csr) -> Int64s:
    """Triangles through each node, int64 [n]."""
    indptr, indices, _ = arrays(graph)
    ptr, idx, _ = _upward(indptr, indices, np.empty(0))
    parts = spread(lambda a, b: _count(ptr, idx, a, b), graph.rows, 4 * len(indices), CHUNKS)
    counts: Int64s = np.sum(parts, axis=0)
    return counts


def clustering(graph: Csr, *, weighted: bool = False) -> Floats:
    """Share of each node's pairs of neighbours that are tied, float64 [n] in 0..1; 0 below two neighbours.

    weighted : the geometric mean of the triangle's weights over the largest weight, in place of 1
        (Saramäki and others, Physical Review E 75, 2007).
    """
    indptr, indices, _ = arrays(graph)
    closed = _intensities(graph) if weighted else 2.0 * triangles(graph)
    degrees = _degrees_without_loops(indptr, indices).astype(np.float64)
    pairs = degrees * (degrees - 1)
    shares: Floats = np.divide(closed, pairs, out=np.zeros(graph.rows), where=(pairs > 0) & (closed != 0))
    return shares


def average_clustering(graph: Csr, *, weighted: bool = False, count_zeros: bool = True) -> float:
    """Mean of the clustering of the nodes; ZeroDivisionError (as networkx) where there is none to average."""
    values = clustering(graph, weighted=weighted)
    if not count_zeros:
        values = values[values != 0]
    return float(values.sum()) / len(values)


def transitivity(graph: Csr) -> float:
    """Three times the triangles over the paths of two ties, 0..1; 0 where there is no triangle."""
    indptr, indices, _ = arrays(graph)
    degrees = _degrees_without_loops(indptr, indices).astype(np.int64)
    closed = int(2 * triangles(graph).sum())
    return closed / int((degrees * (degrees - 1)).sum()) if closed else 0


def _intensities(graph: Csr) -> Floats:
    indptr, indices, weights = arrays(graph)
    top = weights.max(initial=0.0) or 1.0
    roots = np.cbrt(weights / top)
    upward = _upward(indptr, indices, roots)
    parts = spread(lambda a, b: _intensity(*upward, a, b), graph.rows, 4 * len(indices), CHUNKS)
    sums: Floats = 2.0 * np.sum(parts, axis=0)
    return sums


@njit
def _upward(indptr, indices, values):  # type: ignore[no-untyped-def]
    """Ties kept toward the end of higher degree (equal ones: of higher number); values where there are any."""
    n = len(indptr) - 1
    ptr = np.zeros(n + 1, np.int64)
    idx, kept = np.empty(len(indices), np.int32), np.empty(len(values), np.float64)
    at = 0
    for v in range(n):
        mine = indptr[v + 1] - indptr[v]
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            theirs = indptr[w + 1] - indptr[w]
            idx[at] = w
            if len(values):
                kept[at] = values[e]
            at += theirs > mine or (theirs == mine and w > v)
        ptr[v + 1] = at
    return ptr, idx, kept


@njit
def _count(ptr, idx, start, stop):  # type: ignore[no-untyped-def]
    n = len(ptr) - 1
    mark = np.full(n, -1, np.int32)
    counts = np.zeros(n, np.int64)
    for u in range(start, stop):
        for e in range(ptr[u], ptr[u + 1]):
            mark[idx[e]] = u
        for e in range(ptr[u], ptr[u + 1]):
            v = idx[e]
            found = 0
            for f in range(ptr[v], ptr[v + 1]):
                if mark[idx[f]] == u:
                    counts[idx[f]] += 1
                    found += 1
            counts[v] += found
            counts[u] += found
    return counts


@njit
def _intensity(ptr, idx, roots, start, stop):  # type: ignore[no-untyped-def]
    n = len(ptr) - 1
    mark = np.full(n, -1, np.int64)
    sums = np.zeros(n, np.float64)
    for u in range(start, stop):
        for e in range(ptr[u], ptr[u + 1]):
            mark[idx[e]] = e
        for e in range(ptr[u], ptr[u + 1]):
            v = idx[e]
            for f in range(ptr[v], ptr[v + 1]):
                w = idx[f]
                if mark[w] >= ptr[u]:
                    found = roots[e] * roots[f] * roots[mark[w]]
                    sums[u] += found
                    sums[v] += found
                    sums[w] += found
    return sums
