"""Where a graph falls apart: articulation points, bridges, biconnected components.

Tarjan, Vishkin, "An efficient parallel biconnectivity algorithm", 1985, on a breadth-first forest (Dong and others,
"Provably fast and space-efficient parallel biconnectivity", 2023): a tie outside the forest and the tree ties on the
way between its ends lie on one cycle, so in one biconnected component, a *block*. Nothing is searched depth first:
each step of that waits for the memory that the step before names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.kernels._run import arrays, njit
from graphsvc.snapshot.csr import Csr, Int32s, Int64s

SHARE = 8
"""Of a level that holds more than one in so many nodes, the nodes not yet reached look for it, row by row."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a search through an undirected graph finds.

    points : int32, the articulation points, ascending
    bridges : int32 [bridges, 2]
    blocks : int32, nodes of the biconnected components one after another; block i is blocks[starts[i]:starts[i + 1]]
    starts : int64 [components + 1]
    """

    points: Int32s
    bridges: Int32s
    blocks: Int32s
    starts: Int64s


def cuts(graph: Csr) -> Cuts:
    """All of it in one search."""
    indptr, indices, _ = arrays(graph)
    return Cuts(*_cuts(indptr, indices))


def articulation_points(graph: Csr) -> Int32s:
    """Nodes without which their component falls apart, int32, ascending."""
    return cuts(graph).points


def bridges(graph: Csr) -> Int32s:
    """Ties without which their component falls apart, int32 [bridges, 2], the lower node first, ascending."""
    ends = np.sort(cuts(graph).bridges, axis=1)
    return ends[np.lexsort((ends[:, 1], ends[:, 0]))]


def biconnected_components(graph: Csr) -> list[Int32s]:
    """Largest sets of nodes that no single node's loss parts, two or more nodes each."""
    found = cuts(graph)
    return np.split(found.blocks, found.starts[1:-1]) if len(found.starts) > 1 else []


def parted_by_loss(graph: Csr) -> npt.NDArray[np.int64]:
    """How many nodes the loss of each node would part from the largest rest of its component, int64 [n]."""
    indptr, indices, _ = arrays(graph)
    parted: npt.NDArray[np.int64] = _parted(indptr, indices)
    return parted


@njit
def _forest(indptr, indices):  # type: ignore[no-untyped-def]
    """Search breadth first: the node above each (-1: none), its depth, and all nodes, each after the one above."""
    n = len(indptr) - 1
    up, depth, order = np.full(n, -1, np.int32), np.full(n, -1, np.int32), np.empty(n + 1, np.int32)
    head, tail = 0, 0
    for root in range(n):
        if depth[root] >= 0:
            continue
        depth[root], order[tail], level = 0, root, 0
        tail += 1
        while head < tail:
            last = tail
            if SHARE * (last - head) > n:
                tail = _pull(indptr, indices, level, up, depth, order, tail)
            else:
                tail = _push(indptr, indices, level, up, depth, order, head, tail)
            head = last
            level += 1
    return up, depth, order[:n]


@njit
def _push(indptr, indices, level, up, depth, order, head, tail):  # type: ignore[no-untyped-def]
    """The nodes of a level find the next one; returns its end in ``order``."""
    for i in range(head, tail):
        v = order[i]
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if depth[w] < 0:
                up[w], depth[w], order[tail] = v, level + 1, w
                tail += 1
    return tail


@njit
def _pull(indptr, indices, level, up, depth, order, tail):  # type: ignore[no-untyped-def]
    """The same by the nodes not yet reached, whose rows are read in their order in memory."""
    for v in range(len(up)):
        if depth[v] < 0:
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if depth[w] == level:
                    up[v], depth[v], order[tail] = w, level + 1, v
                    tail += 1
                    break
    return tail


@njit
def _top(group, v):  # type: ignore[no-untyped-def]
    while group[v] != v:
        group[v] = group[group[v]]
        v = group[v]
    return v


@njit
def _grouped(indptr, indices, up, depth):  # type: ignore[no-untyped-def]
    """The block of the tie from each node to the one above it, named by one of the block's highest such nodes; a root
    is its own. From the ends of each tie outside the forest blocks are joined upward until they are one, or hang on one
    node: there the two branches meet."""
    group = np.arange(len(up)).astype(np.int32)
    for a in range(len(up)):
        x = _top(group, a)
        for e in range(indptr[a], indptr[a + 1]):
            b = indices[e]
            if b >= a:
                break
            if group[b] == x or up[a] == b or up[b] == a:
                continue
            y = _top(group, b)
            while x != y and up[x] != up[y]:
                # no branch: which is lower cannot be foretold
                first = depth[x] >= depth[y]
                low = x if first else y
                y = y if first else x
                x = _top(group, up[low])
                group[low] = x
            group[y] = x
            x = _top(group, a)
    for v in range(len(up)):
        group[v] = _top(group, v)
    return group


@njit
def _cuts(indptr, indices):  # type: ignore[no-untyped-def]
    up, depth, _ = _forest(indptr, indices)
    group = _grouped(indptr, indices, up, depth)
    n, count, bridged, cut = len(up), 0, 0, 0
    sizes, hung, free = np.zeros(n, np.int32), np.zeros(n, np.int32), np.empty(n, np.int64)
    points, bridge = np.empty(n, np.int32), np.empty((n, 2), np.int32)
    blocks, starts = np.empty(2 * n, np.int32), np.zeros(n + 1, np.int64)
    for v in range(n):
        sizes[group[v]] += 1
    for v in range(n):
        if group[v] == v and up[v] >= 0:
            hung[up[v]] += 1
            blocks[starts[count]], free[v] = up[v], starts[count] + 1
            starts[count + 1] = starts[count] + sizes[v] + 1
            count += 1
            bridge[bridged, 0], bridge[bridged, 1] = up[v], v
            bridged += sizes[v] == 1
    for v in range(n):
        if up[v] >= 0:
            blocks[free[group[v]]] = v
            free[group[v]] += 1
        # a root parts nothing where only one block hangs on it
        points[cut] = v
        cut += hung[v] > (up[v] < 0)
    return points[:cut].copy(), bridge[:bridged].copy(), blocks[: starts[count]].copy(), starts[: count + 1].copy()


@njit
def _parted(indptr, indices):  # type: ignore[no-untyped-def]
    up, depth, order = _forest(indptr, indices)
    group = _grouped(indptr, indices, up, depth)
    n = len(up)
    below, piece, whole = np.ones(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    off, largest = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for v in order[::-1]:
        if up[v] >= 0:
            below[up[v]] += below[v]
            if up[group[v]] == up[v]:
                piece[group[v]] += below[v]
    for v in order:
        if up[v] < 0:
            whole[v] = below[v]
            continue
        whole[v] = whole[up[v]]
        if group[v] == v:
            off[up[v]] += piece[v]
            largest[up[v]] = max(largest[up[v]], piece[v])
    return whole - 1 - np.maximum(largest, whole - 1 - off)
