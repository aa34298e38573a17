"""Distances from every node to every other, and the measures made of them.

Breadth-first searches from 64 · WORDS nodes at a time, one bit each: Then and others, "The more the merrier:
efficient multi-source graph traversal", VLDB 2014. Each node counts the bits that arrive, which gives the number
of nodes at each distance without a matrix of distances.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from graphsvc.kernels import given
from graphsvc.kernels._run import arrays, by_degree, njit, spread, transpose, unsigned
from graphsvc.snapshot.csr import Csr, Floats, Int64s, frozen

WORDS = 8
BATCH = 64 * WORDS


@dataclass(frozen=True, slots=True)
class Distances:
    """What each node learns of its distances; in a directed graph those of the paths that end in it.

    reached : int64 [n], nodes with a path to this one, itself not counted
    total : int64 [n], sum of their distances
    harmonic : float64 [n], sum of 1 / distance
    farthest : int64 [n], the largest distance; 0 where nothing is reached
    """

    reached: Int64s
    total: Int64s
    harmonic: Floats
    farthest: Int64s


def distances(graph: Csr, *, sources: Int64s | None = None) -> Distances:
    """Breadth-first distances along the arcs from all nodes, or from ``sources``, to each node.

    Raises IndexError for a source that is no node, ValueError for one that is named twice.
    """
    graph, names = by_degree(graph)
    out = arrays(graph)[:2]
    # rows of what is turned ascend: hubs come first in them
    ways = *unsigned(*out), *unsigned(*arrays(transpose(graph))[:2])
    order = (
        _search_order(*out) if sources is None else names[given.nodes(sources, graph.rows, once=True)].astype(np.int64)
    )
    batches = -(-len(order) // BATCH)
    parts = spread(
        lambda a, b: _sweep(*ways, frozen(order[a * BATCH : b * BATCH])),
        batches,
        graph.rows * len(order) // 32,
    )
    reached, total, harmonic, farthest = zip(*parts, strict=True)
    return Distances(sum(reached)[names], sum(total)[names], sum(harmonic)[names], np.maximum.reduce(farthest)[names])


def closeness_centrality(graph: Csr, *, wf_improved: bool = True) -> Floats:
    """Nodes reached over the sum of their distances, float64 [n] in 0..1, times the share of nodes reached
    (Wasserman, Faust) where ``wf_improved``. In a directed graph: of incoming paths."""
    return closeness_of(distances(graph), wf_improved=wf_improved)


def closeness_of(found: Distances, *, wf_improved: bool = True) -> Floats:
    """Closeness from distances already found."""
    n = len(found.reached)
    values = np.divide(found.reached, found.total, out=np.zeros(n), where=found.total > 0)
    return values * (found.reached / (n - 1)) if wf_improved and n > 1 else values


def harmonic_centrality(graph: Csr) -> Floats:
    """Sum of 1 / distance from all other nodes, float64 [n] in 0..n-1."""
    return distances(graph).harmonic


def global_efficiency(graph: Csr) -> float:
    """Mean of 1 / distance over ordered pairs of nodes, 0 where there is no path (Latora & Marchiori 2001), in 0..1."""
    return float(harmonic_centrality(graph).sum() / max(graph.rows * (graph.rows - 1), 1))


def diameter(graph: Csr) -> int:
    """Largest distance within any component of an undirected graph; 0 for an empty graph.

    Crescenzi and others, "On computing the diameter of real-world undirected graphs" (iFUB), 2013: searches from the
    nodes farthest from a middle one, until no other can be farther apart.
    """
    indptr, indices, _ = arrays(graph)
    return int(_diameter(indptr, indices))


def mean_path(graph: Csr) -> float:
    """Mean distance over the pairs of nodes that have a path; NaN where no two do."""
    found = distances(graph)
    pairs = int(found.reached.sum())
    return int(found.total.sum()) / pairs if pairs else float("nan")


def _count_bits(_context, _word):  # type: ignore[no-untyped-def]
    def codegen(_context, builder, _signature, args):  # type: ignore[no-untyped-def]
        return builder.ctpop(args[0])

    return types.uint64(types.uint64), codegen


_popcount: Any = intrinsic(_count_bits)


@njit
def _search_order(indptr, indices):  # type: ignore[no-untyped-def]
    """Breadth-first order: the sources of a batch are near each other, so their searches meet the same nodes."""
    n = len(indptr) - 1
    order = np.empty(n, np.int64)
    seen = np.zeros(n, np.bool_)
    tail = 0
    for s in range(n):
        if seen[s]:
            continue
        seen[s] = True
        order[tail] = s
        head = tail
        tail += 1
        while head < tail:
            v = order[head]
            head += 1
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if not seen[w]:
                    seen[w] = True
                    order[tail] = w
                    tail += 1
    return order


@njit
def _push(outptr, outidx, active, count, seen, arriving, mark, depth, touched):  # type: ignore[no-untyped-def]
    """Send what each active node has along its ties; returns how many nodes got any."""
    met = 0
    for i in range(count):
        v = active[i]
        for e in range(outptr[v], outptr[v + 1]):
            w = outidx[e]
            if mark[w] != depth:
                mark[w] = depth
                touched[met] = w
                met += 1
                for k in range(WORDS):
                    arriving[w, k] = seen[w, k] | seen[v, k]
            else:
                for k in range(WORDS):
                    arriving[w, k] |= seen[v, k]
    return met


@njit
def _pull(inptr, inidx, seen, arriving, full, rest, left):  # type: ignore[no-untyped-def]
    """Let each node that misses a source collect from its neighbours, hubs first, until it misses none."""
    for i in range(left):
        v = rest[i]
        for k in range(WORDS):
            arriving[v, k] = seen[v, k]
        for e in range(inptr[v], inptr[v + 1]):
            u, missing = inidx[e], np.uint64(0)
            for k in range(WORDS):
                word = arriving[v, k] | seen[u, k]
                arriving[v, k] = word
                missing |= full[k] & ~word
            if missing == 0:
                break


@njit
def _sweep(outptr, outidx, inptr, inidx, sources):  # type: ignore[no-untyped-def]
    n = len(outptr) - 1
    reached, total = np.zeros(n, np.int64), np.zeros(n, np.int64)
    harmonic, farthest = np.zeros(n, np.float64), np.zeros(n, np.int64)
    seen, arriving = np.empty((n, WORDS), np.uint64), np.empty((n, WORDS), np.uint64)
    for first in range(0, len(sources), BATCH):
        _batch(
            outptr, outidx, inptr, inidx, sources[first : first + BATCH],
            seen, arriving, reached, total, harmonic, farthest,
        )  # fmt: skip
    return reached, total, harmonic, farthest


@njit
def _batch(  # type: ignore[no-untyped-def]
    outptr, outidx, inptr, inidx, sources, seen, arriving, reached, total, harmonic, farthest
):
    """One batch: from the sources outward while they reach few ties, then inward by all that miss one (``left`` of
    ``touched``; -1 before)."""
    n = len(outptr) - 1
    full = np.zeros(WORDS, np.uint64)
    active, touched = np.empty(n, np.uint32), np.empty(n, np.uint32)
    mark = np.full(n, -1, np.int32)
    seen[:] = 0
    for i in range(len(sources)):
        bit = np.uint64(1) << np.uint64(i & 63)
        full[i >> 6] |= bit
        seen[sources[i], i >> 6] |= bit
        active[i] = sources[i]
    count, depth, left = len(sources), 0, -1
    while count:
        depth += 1
        if left < 0 and 2 * _ties_of(outptr, active, count) < len(outidx):
            met = _push(outptr, outidx, active, count, seen, arriving, mark, depth, touched)
        else:
            if left < 0:
                left = n
                for v in range(n):
                    touched[v] = v
            _pull(inptr, inidx, seen, arriving, full, touched, left)
            met = left
        count, keep = 0, 0
        for i in range(met):
            v = touched[i]
            new, missing = np.uint64(0), np.uint64(0)
            for k in range(WORDS):
                word = arriving[v, k]
                new += _popcount(word & ~seen[v, k])
                seen[v, k] = word
                missing |= full[k] & ~word
            if left >= 0:
                touched[keep] = v
                keep += missing != 0
            if new:
                active[count] = v
                count += 1
                reached[v] += new
                total[v] += new * depth
                harmonic[v] += new / depth
                farthest[v] = max(farthest[v], depth)
        left = keep if left >= 0 else left


@njit
def _ties_of(ptr, nodes, count):  # type: ignore[no-untyped-def]
    total = np.int64(0)
    for i in range(count):
        total += np.int64(ptr[nodes[i] + 1] - ptr[nodes[i]])
    return total


@njit
def levels(indptr, indices, s, depth, order, far):  # type: ignore[no-untyped-def]
    """Breadth-first depths from ``s`` (``far`` where not reached, which must be so everywhere before), and the nodes
    reached in ``order``; returns how many."""
    depth[s], order[0] = 0, s
    head, tail = 0, 1
    while head < tail:
        v = order[head]
        head += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if depth[w] == far:
                depth[w] = depth[v] + 1
                order[tail] = w
                tail += 1
    return tail


@njit
def _reach_from(indptr, indices, s, depth, order):  # type: ignore[no-untyped-def]
    """The largest distance from ``s`` and a node that far; ``depth`` is left as it was, -1 everywhere."""
    tail = levels(indptr, indices, s, depth, order, -1)
    last = order[tail - 1]
    far = depth[last]
    for i in range(tail):
        depth[order[i]] = -1
    return far, last


@njit
def _middle(indptr, indices, a, b, depth, order):  # type: ignore[no-untyped-def]
    """A node half-way on a shortest path from ``a`` to ``b``."""
    tail = levels(indptr, indices, a, depth, order, -1)
    for _ in range(depth[b] // 2):
        for e in range(indptr[b], indptr[b + 1]):
            if depth[indices[e]] == depth[b] - 1:
                b = indices[e]
                break
    for i in range(tail):
        depth[order[i]] = -1
    return b


@njit
def _diameter(indptr, indices):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    done = np.zeros(n, np.bool_)
    depth, order = np.full(n, -1, np.int32), np.empty(n, np.int32)
    fringe, far = np.empty(n, np.int32), np.empty(n, np.int32)
    best = 0
    for s in range(n):
        if done[s]:
            continue
        _, a = _reach_from(indptr, indices, s, depth, order)
        gap, b = _reach_from(indptr, indices, a, depth, order)
        best = max(best, gap)
        middle = _middle(indptr, indices, a, b, depth, order)
        size = levels(indptr, indices, middle, depth, fringe, -1)
        for i in range(size):
            done[fringe[i]] = True
            far[i] = depth[fringe[i]]
        for i in range(size):
            depth[fringe[i]] = -1
        for i in range(size - 1, -1, -1):
            # two nodes no farther than this from the middle are no farther than twice that from each other
            if best >= 2 * far[i]:
                break
            best = max(best, _reach_from(indptr, indices, fringe[i], depth, order)[0])
    return best
