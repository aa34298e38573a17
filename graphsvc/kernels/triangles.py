"""Triangles and clustering of undirected graphs; loops are ignored.

Each triangle is met once, from its node of lowest rank (by degree), so that hubs are never intersected with each
other's whole neighbourhoods: Schank, Wagner, "Finding, counting and listing all triangles", 2005.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from graphsvc.kernels._run import arrays, frozen, njit, spread
from graphsvc.kernels.cores import _degrees_without_loops
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s

CHUNKS = 8


def triangles(graph: Csr) -> Int64s:
    """Triangles through each node, int64 [n]."""
    indptr, indices, weights = arrays(graph)
    oriented = _orient(indptr, indices, weights)
    parts = spread(lambda a, b: _count(*oriented, a, b), graph.rows, 4 * len(indices), CHUNKS)
    counts: Int64s = np.sum(parts, axis=0)[oriented[3]]
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
    oriented = _orient(indptr, indices, roots)
    parts = spread(lambda a, b: _intensity(*oriented, a, b), graph.rows, 4 * len(indices), CHUNKS)
    sums: Floats = 2.0 * np.sum(parts, axis=0)[oriented[3]]
    return sums


def _orient(indptr: Int64s, indices: Int32s, weights: Floats) -> list[npt.NDArray[Any]]:
    """Nodes renamed by rising degree, ties kept toward the higher name; last: the name of each node."""
    name = np.empty(len(indptr) - 1, np.int32)
    name[np.argsort(np.diff(indptr), kind="stable")] = np.arange(len(name), dtype=np.int32)
    return [*map(frozen, _upward(indptr, indices, frozen(weights), name)), name]


@njit
def _upward(indptr, indices, weights, name):  # type: ignore[no-untyped-def]
    n = len(name)
    ptr = np.zeros(n + 1, np.int64)
    for v in range(n):
        for e in range(indptr[v], indptr[v + 1]):
            ptr[name[v] + 1] += name[indices[e]] > name[v]
    for v in range(n):
        ptr[v + 1] += ptr[v]
    idx = np.empty(ptr[n], np.int32)
    wts = np.empty(ptr[n], np.float64)
    for v in range(n):
        at = ptr[name[v]]
        for e in range(indptr[v], indptr[v + 1]):
            if name[indices[e]] > name[v]:
                idx[at] = name[indices[e]]
                wts[at] = weights[e]
                at += 1
    return ptr, idx, wts


@njit
def _count(ptr, idx, _weights, _name, start, stop):  # type: ignore[no-untyped-def]
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
def _intensity(ptr, idx, roots, _name, start, stop):  # type: ignore[no-untyped-def]
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
