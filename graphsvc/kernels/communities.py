"""Communities: the Leiden algorithm on modularity.

Traag, Waltman, van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", Scientific Reports 9,
2019: nodes move to the best community (only those whose surroundings changed are looked at again), communities are
refined into connected parts, the parts become the nodes of a smaller graph, and so on. Where they draw among all parts
that a node could join, the better of two neighbours' is taken here, which spares weighing all and ends no lower.
"""

from __future__ import annotations

import numpy as np

from graphsvc.kernels import given
from graphsvc.kernels._run import arrays, ask_ahead, njit, unsigned, without_loops
from graphsvc.kernels.components import largest_first
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s


def leiden_communities(
    graph: Csr,
    *,
    resolution: float = 1.0,
    seed: int = 0,
    iterations: int = 4,
    weighted: bool = True,
    start: Int32s | None = None,
) -> Int32s:
    """Community of each node, int32 [n]: 0 is the largest; equal ones in the order of their first node.

    Weights are positive or zero. iterations : passes from the finest level; a pass that gains nothing is the last.
    start : labels to begin from (the communities of an earlier date keep their members where they still fit).
    Raises ValueError unless there is one for each node.
    """
    strength = _strengths(*_ties(graph, weighted))  # a loop belongs to its node's strength, and to nothing else here
    indptr, indices, weights = _ties(without_loops(graph), weighted)
    n = graph.rows
    labels = np.arange(n, dtype=np.int32) if start is None else largest_first(given.groups(start, n))
    own = (strength, labels.view(np.uint32))
    found = _leiden(*unsigned(indptr, indices), weights, *own, resolution, seed, iterations)
    return largest_first(found.view(np.int32))


def modularity(graph: Csr, labels: Int32s, *, resolution: float = 1.0, weighted: bool = True) -> float:
    """Share of weight inside communities less what chance would give (Newman), -0.5..1; NaN without ties."""
    return float(_modularity(*_ties(graph, weighted), given.groups(labels, graph.rows).astype(np.int64), resolution))


def _ties(graph: Csr, weighted: bool) -> tuple[Int64s, Int32s, Floats]:
    indptr, indices, weights = arrays(graph)
    return indptr, indices, weights if weighted else np.ones_like(weights)


@njit
def _strengths(indptr, indices, weights):  # type: ignore[no-untyped-def]
    """Loops are held once and count twice."""
    n = len(indptr) - 1
    strength = np.zeros(n, np.float64)
    for v in range(n):
        for e in range(indptr[v], indptr[v + 1]):
            strength[v] += weights[e] * (2.0 if indices[e] == v else 1.0)
    return strength


@njit
def _modularity(indptr, indices, weights, labels, resolution):  # type: ignore[no-untyped-def]
    strength = _strengths(indptr, indices, weights)
    two_m = strength.sum()
    totals = np.zeros(len(labels) + 1, np.float64)
    inside = 0.0
    for v in range(len(labels)):
        totals[labels[v]] += strength[v]
        for e in range(indptr[v], indptr[v + 1]):
            if labels[indices[e]] == labels[v]:
                inside += weights[e] * (2.0 if indices[e] == v else 1.0)
    return inside / two_m - resolution * np.square(totals / two_m).sum() if two_m else np.nan


@njit
def _below(n, state):  # type: ignore[no-untyped-def]
    """A number under n by a 64-bit xorshift whose upper half is scaled (Lemire, "Fast random integer generation in an
    interval", 2019): the same on every machine."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return ((x >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32)


@njit
def _shuffled(n, state):  # type: ignore[no-untyped-def]
    """Fisher and Yates."""
    order = np.arange(n).astype(np.uint32)
    for i in range(n - 1, 0, -1):
        j = _below(i + 1, state)
        order[i], order[j] = order[j], order[i]
    return order


@njit
def _gathered(indptr, indices, weights, groups, v, links, near):  # type: ignore[no-untyped-def]
    """Add the weight of v's ties to the ``links`` of its neighbours' groups; how many there are, named in ``near``.

    Without a branch: whether a group was met before is a coin's toss, which a processor guesses wrong half the time.
    """
    met = 0
    for e in range(indptr[v], indptr[v + 1]):
        c = groups[indices[e]]
        near[met] = c
        met += links[c] == 0.0
        links[c] += weights[e]
    return met


@njit
def _move(indptr, indices, weights, strength, labels, gamma, queue):  # type: ignore[no-untyped-def]
    """Move nodes, in the order of the queue, until none gains; returns whether any moved. ``gamma`` is resolution / 2m;
    ``queue`` holds each node once and is written over."""
    n = len(labels)
    totals, sizes = np.zeros(n, np.float64), np.zeros(n, np.uint32)
    for v in range(n):
        totals[labels[v]] += strength[v]
        sizes[labels[v]] += 1
    spare = np.empty(n, np.uint32)
    spares = 0
    for c in range(n - 1, -1, -1):
        if sizes[c] == 0:
            spare[spares] = c
            spares += 1
    waiting = np.ones(n, np.bool_)
    links, near = np.zeros(n, np.float64), np.empty(n + 1, np.uint32)
    head, count, moved = 0, n, False
    while count:
        v = queue[head]
        head = head + 1 if head + 1 < n else 0
        count -= 1
        waiting[v] = False
        ask_ahead(indptr, indices, weights, queue, head)
        own, met = labels[v], _gathered(indptr, indices, weights, labels, v, links, near)
        pull = gamma * strength[v]
        totals[own] -= strength[v]
        best, gain = own, links[own] - pull * totals[own]
        if gain < 0.0 and sizes[own] > 1 and spares:
            best, gain = spare[spares - 1], 0.0
        for i in range(met):
            c = near[i]
            better = links[c] - pull * totals[c]
            links[c] = 0.0
            if better > gain + 1e-12 * strength[v]:
                best, gain = c, better
        totals[best] += strength[v]
        if best == own:
            continue
        moved = True
        sizes[own] -= 1
        if sizes[best] == 0:
            spares -= 1
        if sizes[own] == 0:
            spare[spares] = own
            spares += 1
        sizes[best] += 1
        labels[v] = best
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            end = head + count
            queue[end if end < n else end - n] = w  # there is room: v itself does not wait
            new = not waiting[w] and labels[w] != best
            waiting[w] |= new
            count += new
    return moved


@njit
def _refine(indptr, indices, weights, strength, labels, gamma, state):  # type: ignore[no-untyped-def]
    """Split each community into connected parts: every node alone joins the part of one of two neighbours in its
    community, met by chance, where that gains most."""
    parts = strength.copy()
    part, alone = np.arange(len(labels)).astype(np.uint32), np.ones(len(labels), np.bool_)
    for v in range(len(labels)):
        first, last = indptr[v], indptr[v + 1]
        if not alone[v] or first == last:
            continue
        best, gain = v, 0.0
        for _ in range(2):
            at = first + _below(last - first, state)
            for _ in range(last - first):
                if labels[indices[at]] == labels[v]:
                    break
                at = at + np.uint64(1) if at + np.uint64(1) < last else first
            c, link = part[indices[at]], 0.0
            if labels[c] != labels[v]:
                break
            if c == best:
                continue
            for e in range(first, last):
                link += weights[e] * (part[indices[e]] == c)
            better = link - gamma * strength[v] * parts[c]
            if better > gain:
                best, gain = c, better
        if best != v:
            part[v] = best
            alone[v], alone[best] = False, False
            parts[best] += strength[v]
            parts[v] = 0.0
    return part


@njit
def _numbered(part):  # type: ignore[no-untyped-def]
    """The same groups as 0, 1, …, and how many."""
    names = np.full(part.max() + 1, -1, np.int32)
    out = np.empty(len(part), np.uint32)
    count = 0
    for v in range(len(part)):
        if names[part[v]] < 0:
            names[part[v]] = count
            count += 1
        out[v] = names[part[v]]
    return out, count


@njit
def _aggregate(indptr, indices, weights, part, count):  # type: ignore[no-untyped-def]
    """The graph whose nodes are the parts; ties inside a part are left out."""
    first, nodes = np.zeros(count + 1, np.int64), np.empty(len(part), np.uint32)
    for p in part:
        first[p + 1] += 1
    for p in range(count):
        first[p + 1] += first[p]
    fill = first[:-1].copy()
    for v in range(len(part)):
        nodes[fill[part[v]]] = v
        fill[part[v]] += 1
    ptr = np.zeros(count + 1, np.int64)
    idx, wts = np.empty(len(indices) + 1, np.uint32), np.empty(len(indices), np.float64)
    sums, seen = np.zeros(count, np.float64), np.full(count, -1, np.int32)
    size = 0
    for p in range(count):
        seen[p] = p
        for i in range(first[p], first[p + 1]):
            v = nodes[i]
            for e in range(indptr[v], indptr[v + 1]):
                q = part[indices[e]]
                idx[size] = q
                size += seen[q] != p
                seen[q] = p
                sums[q] += weights[e]
        sums[p] = 0.0
        for i in range(ptr[p], size):
            wts[i] = sums[idx[i]]
            sums[idx[i]] = 0.0
        ptr[p + 1] = size
    return ptr.view(np.uint64), idx[:size], wts[:size]


@njit
def _pass(ptr, idx, wts, strength, labels, gamma, state, shuffle):  # type: ignore[no-untyped-def]
    """Through all levels once; changes ``labels`` and returns whether anything moved."""
    level = labels.copy()
    place = np.arange(len(labels)).astype(np.uint32)
    changed = False
    while True:
        order = _shuffled(len(level), state) if shuffle else np.arange(len(level)).astype(np.uint32)
        moved = _move(ptr, idx, wts, strength, level, gamma, order)
        changed |= moved
        for v in range(len(labels)):
            labels[v] = level[place[v]]
        if not moved and len(level) < len(labels):
            return changed
        part, count = _numbered(_refine(ptr, idx, wts, strength, level, gamma, state))
        if count == len(level):
            return changed
        upper, strengths = np.empty(count, np.uint32), np.zeros(count, np.float64)
        for v in range(len(level)):
            upper[part[v]] = level[v]
            strengths[part[v]] += strength[v]
        for v in range(len(labels)):
            place[v] = part[place[v]]
        ptr, idx, wts = _aggregate(ptr, idx, wts, part, count)
        level, strength = _numbered(upper)[0], strengths


@njit
def _leiden(indptr, indices, weights, strength, labels, resolution, seed, iterations):  # type: ignore[no-untyped-def]
    graph = indptr.copy(), indices.copy(), weights.copy()  # of the type of the levels above: not read only
    two_m = strength.sum()
    state = np.array([np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(0xD1B54A32D192ED03)])
    state[0] |= np.uint64(1)
    if two_m > 0:
        for turn in range(iterations):  # an order of chance matters while nodes are alone, and costs memory's time
            if not _pass(*graph, strength, labels, resolution / two_m, state, turn == 0):
                break
            labels[:] = _numbered(labels)[0]
    return labels
