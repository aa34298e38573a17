"""Where a graph falls apart: articulation points, bridges, biconnected components.

Hopcroft, Tarjan, "Efficient algorithms for graph manipulation", 1973, with a stack in place of recursion; found in
the order in which networkx yields them, given neighbours in networkx's order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.kernels._run import arrays, njit
from graphsvc.snapshot.csr import Csr, Int32s, Int64s


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a search through an undirected graph finds.

    points : int32, the articulation points, in the order found
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
    return np.sort(cuts(graph).points)


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
def _walk(indptr, indices):  # type: ignore[no-untyped-def]
    """Search depth first: when each node is found, the earliest node that it or what hangs below it is tied to, the
    node it hangs on (-1 for a root), and the nodes as they are left, each after all that hangs below it."""
    n = len(indptr) - 1
    found, low, above = np.full(n, -1, np.int32), np.empty(n, np.int32), np.full(n, -1, np.int32)
    at, left = indptr[:-1].copy(), np.empty(n, np.int32)
    clock, count = 0, 0
    for root in range(n):
        if found[root] >= 0:
            continue
        found[root] = low[root] = clock
        clock += 1
        v = root
        while v >= 0:
            up = above[v]
            if at[v] < indptr[v + 1]:
                w = indices[at[v]]
                at[v] += 1
                if found[w] < 0:
                    found[w] = low[w] = clock
                    clock += 1
                    above[w] = v
                    v = w
                elif w != up:
                    low[v] = min(low[v], found[w])
                continue
            left[count] = v
            count += 1
            if up >= 0:
                low[up] = min(low[up], low[v])
            v = up
    return found, low, above, left


@njit
def _cuts(indptr, indices):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    found, low, above, left = _walk(indptr, indices)
    held, stack = np.ones(n, np.int32), np.empty(n + 1, np.int32)
    children, is_point = np.zeros(n, np.int32), np.zeros(n, np.bool_)
    points, bridge = np.empty(n, np.int32), np.empty((n, 2), np.int32)
    blocks, starts = np.empty(2 * n + 1, np.int32), np.zeros(n + 1, np.int64)
    top, cut, bridged, count = 0, 0, 0, 0
    for v in left:
        up = above[v]
        if up < 0:
            if children[v] > 1:
                points[cut] = v
                cut += 1
            continue
        children[up] += 1
        stack[top] = v
        top += 1
        if low[v] < found[up]:
            held[up] += held[v]
            continue
        # what is held below the tie from ``up`` to ``v`` is a block together with ``up``
        top -= held[v]
        end = starts[count] + held[v]
        blocks[starts[count] : end] = stack[top : top + held[v]]
        blocks[end] = up
        count += 1
        starts[count] = end + 1
        if low[v] > found[up]:
            bridge[bridged, 0], bridge[bridged, 1] = up, v
            bridged += 1
        if above[up] >= 0 and not is_point[up]:
            is_point[up] = True
            points[cut] = up
            cut += 1
    return points[:cut].copy(), bridge[:bridged].copy(), blocks[: starts[count]].copy(), starts[: count + 1].copy()


@njit
def _parted(indptr, indices):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    found, low, above, left = _walk(indptr, indices)
    size, off, largest = np.ones(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    first = 0
    for i in range(n):
        v = left[i]
        up = above[v]
        if up >= 0:
            size[up] += size[v]
            if low[v] >= found[up]:
                off[up] += size[v]
                largest[up] = max(largest[up], size[v])
            continue
        others = size[v] - 1
        for j in range(first, i + 1):
            w = left[j]
            off[w] = others - max(largest[w], others - off[w])
        first = i + 1
    return off
