"""Shortest paths where weights are positive distances (Dijkstra), and what betweenness and closeness need of them."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit, spread, transpose
from graphsvc.snapshot.csr import Csr, Floats


def weighted_closeness(graph: Csr, *, wf_improved: bool = True, directed: bool = False) -> Floats:
    """Closeness over weighted distances, float64 [n]; of incoming paths where directed."""
    into = arrays(transpose(graph) if directed else graph)
    n = graph.rows
    parts = spread(lambda a, b: _sums(*into, a, b), n, n * len(into[1]))
    reached, total, _ = np.concatenate(parts, axis=1) if parts else np.zeros((3, 0))
    values = np.divide(reached, total, out=np.zeros(n), where=total > 0)
    return values * (reached / (n - 1)) if wf_improved and n > 1 else values


def weighted_harmonic(graph: Csr, *, directed: bool = False) -> Floats:
    """Sum of 1 / weighted distance from all other nodes, float64 [n]."""
    into = arrays(transpose(graph) if directed else graph)
    parts = spread(lambda a, b: _sums(*into, a, b), graph.rows, graph.rows * len(into[1]))
    sums: Floats = np.concatenate(parts, axis=1)[2]
    return sums


@njit
def _before(keys, a, b):  # type: ignore[no-untyped-def]
    return keys[a] < keys[b] or (keys[a] == keys[b] and a < b)


@njit
def _rise(heap, place, keys, i):  # type: ignore[no-untyped-def]
    v = heap[i]
    while i and _before(keys, v, heap[(i - 1) >> 1]):
        heap[i] = heap[(i - 1) >> 1]
        place[heap[i]] = i
        i = (i - 1) >> 1
    heap[i] = v
    place[v] = i


@njit
def _sink(heap, place, keys, size):  # type: ignore[no-untyped-def]
    v, i = heap[0], 0
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and _before(keys, heap[child + 1], heap[child]):
            child += 1
        if not _before(keys, heap[child], v):
            break
        heap[i] = heap[child]
        place[heap[i]] = i
        i = child
    heap[i] = v
    place[v] = i


@njit
def _dijkstra(indptr, indices, weights, s, distance, place, heap, order):  # type: ignore[no-untyped-def]
    """Settle nodes in ``order``, nearest first; returns how many. ``distance`` is infinite elsewhere."""
    distance[:] = np.inf
    place[:] = -1
    distance[s], heap[0], place[s] = 0.0, s, 0
    size, settled = 1, 0
    while size:
        v = heap[0]
        size -= 1
        heap[0] = heap[size]
        _sink(heap, place, distance, size)
        order[settled] = v
        settled += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            far = distance[v] + weights[e]
            if far < distance[w]:
                distance[w] = far
                if place[w] < 0:
                    place[w], heap[size] = size, w
                    size += 1
                _rise(heap, place, distance, place[w])
    return settled


@njit
def _sums(indptr, indices, weights, start, stop):  # type: ignore[no-untyped-def]
    """Rows: nodes reached, sum of distances, sum of their inverses, for sources start..stop."""
    n = len(indptr) - 1
    distance = np.empty(n, np.float64)
    place, heap, order = np.empty((3, n), np.int64)
    found = np.zeros((3, stop - start), np.float64)
    for s in range(start, stop):
        settled = _dijkstra(indptr, indices, weights, s, distance, place, heap, order)
        found[0, s - start] = settled - 1
        for at in range(1, settled):
            found[1, s - start] += distance[order[at]]
            found[2, s - start] += 1.0 / distance[order[at]]
    return found


@njit
def weighted_dependencies(  # type: ignore[no-untyped-def]
    outptr, outidx, outwts, inptr, inidx, inwts, sources, endpoints, edges
):
    """As ``betweenness._dependencies``: sums, sums of squares, and sums on each entry."""
    n = len(outptr) - 1
    sums, squares = np.zeros(n, np.float64), np.zeros(n, np.float64)
    ties = np.zeros(len(outidx) if edges else 0, np.float64)
    distance, paths, coef = np.empty((3, n), np.float64)
    place, heap, order = np.empty((3, n), np.int64)
    for i in range(len(sources)):
        s = sources[i]
        settled = _dijkstra(outptr, outidx, outwts, s, distance, place, heap, order)
        paths[s] = 1.0
        for at in range(1, settled):
            w = order[at]
            paths[w] = 0.0
            for e in range(inptr[w], inptr[w + 1]):
                if distance[inidx[e]] + inwts[e] == distance[w]:
                    paths[w] += paths[inidx[e]]
        for at in range(settled - 1, -1, -1):
            v = order[at]
            total = 0.0
            for e in range(outptr[v], outptr[v + 1]):
                w = outidx[e]
                if distance[v] + outwts[e] == distance[w]:
                    total += coef[w]
                    if edges:
                        ties[e] += paths[v] * coef[w]
            coef[v] = 1.0 / paths[v] + total
            delta = paths[v] * total + (1.0 if endpoints else 0.0)
            if v != s:
                sums[v] += delta
                squares[v] += delta * delta
        if endpoints:
            sums[s] += settled - 1
    return sums, squares, ties
