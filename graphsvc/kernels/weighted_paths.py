"""Shortest paths where weights are positive distances (Dijkstra), and what betweenness and closeness need of them."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit, spread, transpose
from graphsvc.snapshot.csr import Csr, Floats


def are_distances(graph: Csr) -> bool:
    """Whether paths can be told apart by the sums of the weights: all are positive, and none is lost to rounding when
    it is added to the longest path."""
    low, high = graph.weights.min(initial=1.0), graph.weights.max(initial=1.0)
    return bool(low > 0 and low > high * graph.rows * np.finfo(np.float64).eps)


def checked(graph: Csr) -> Csr:
    """The graph. Raises ValueError where its weights are no distances."""
    if not are_distances(graph):
        raise ValueError("weights are positive distances, none of which is lost beside the longest path")
    return graph


def weighted_closeness(graph: Csr, *, wf_improved: bool = True) -> Floats:
    """Closeness over weighted distances, float64 [n]; of incoming paths in a directed graph.

    Raises ValueError where the weights are no distances.
    """
    into = arrays(transpose(checked(graph)))
    n = graph.rows
    parts = spread(lambda a, b: _sums(*into, a, b), n, n * len(into[1]))
    reached, total, _ = np.concatenate(parts, axis=1) if parts else np.zeros((3, 0))
    values = np.divide(reached, total, out=np.zeros(n), where=total > 0)
    return values * (reached / (n - 1)) if wf_improved and n > 1 else values


def weighted_harmonic(graph: Csr) -> Floats:
    """Sum of 1 / weighted distance from all other nodes, float64 [n].

    Raises ValueError where the weights are no distances.
    """
    into = arrays(transpose(checked(graph)))
    parts = spread(lambda a, b: _sums(*into, a, b), graph.rows, graph.rows * len(into[1]))
    sums: Floats = np.concatenate(parts, axis=1)[2]
    return sums


@njit
def _pop(keys, heap, size):  # type: ignore[no-untyped-def]
    """Take the top away: the last of the heap goes to where it belongs; returns what is left."""
    size -= 1
    key, node, i = keys[size], heap[size], 0
    while 2 * i + 1 < size:
        child = 2 * i + 1
        child += child + 1 < size and keys[child + 1] < keys[child]
        if keys[child] >= key:
            break
        keys[i], heap[i] = keys[child], heap[child]
        i = child
    keys[i], heap[i] = key, node
    return size


@njit
def _put(keys, heap, size, key, node):  # type: ignore[no-untyped-def]
    i = size
    while i and keys[(i - 1) >> 1] > key:
        keys[i], heap[i] = keys[(i - 1) >> 1], heap[(i - 1) >> 1]
        i = (i - 1) >> 1
    keys[i], heap[i] = key, node
    return size + 1


@njit
def _dijkstra(indptr, indices, weights, s, distance, keys, heap, order):  # type: ignore[no-untyped-def]
    """Settle nodes in ``order``, nearest first; returns how many. ``distance`` is infinite elsewhere.

    A node that is reached again on a shorter path is put into the heap again; the older entry is passed over. So the
    heap takes one more than there are entries in the graph.
    """
    distance[:] = np.inf
    distance[s] = 0.0
    size, settled = _put(keys, heap, 0, 0.0, s), 0
    while size:
        far, v = keys[0], heap[0]
        size = _pop(keys, heap, size)
        if far > distance[v]:
            continue
        order[settled] = v
        settled += 1
        for e in range(indptr[v], indptr[v + 1]):
            w, further = indices[e], far + weights[e]
            if further < distance[w]:
                distance[w] = further
                size = _put(keys, heap, size, further, w)
    return settled


@njit
def _sums(indptr, indices, weights, start, stop):  # type: ignore[no-untyped-def]
    """Rows: nodes reached, sum of distances, sum of their inverses, for sources start..stop."""
    n = len(indptr) - 1
    distance, order = np.empty(n, np.float64), np.empty(n, np.int32)
    keys, heap = np.empty(len(indices) + 1, np.float64), np.empty(len(indices) + 1, np.int32)
    found = np.zeros((3, stop - start), np.float64)
    for s in range(start, stop):
        settled = _dijkstra(indptr, indices, weights, s, distance, keys, heap, order)
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
    distance, paths, coef = np.zeros((3, n), np.float64)
    order = np.empty(n, np.int32)
    keys, heap = np.empty(len(outidx) + 1, np.float64), np.empty(len(outidx) + 1, np.int32)
    for i in range(len(sources)):
        s = sources[i]
        settled = _dijkstra(outptr, outidx, outwts, s, distance, keys, heap, order)
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
