"""Betweenness of nodes and ties, exact and sampled.

Brandes, "A faster algorithm for betweenness centrality", 2001, level by level: each step between two levels walks
the ties of whichever side has fewer. Loops over ties have no branch: values that a step must not see are zero while
it runs, and what it writes in vain is never read again (said where it happens).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphsvc.kernels import given
from graphsvc.kernels._run import arrays, by_degree, njit, spread, transpose
from graphsvc.kernels.weighted_paths import checked, weighted_dependencies
from graphsvc.snapshot.csr import Csr, Floats, Int64s, frozen

CHUNKS = 16


@dataclass(frozen=True, slots=True)
class Sampled:
    """Betweenness estimated from some sources.

    values : float64 [n], normalised, unbiased
    bound : float64 [n]; with probability ``confidence`` every value lies within its bound of the exact one
    """

    values: Floats
    bound: Floats
    confidence: float
    sources: Int64s


def betweenness_centrality(
    graph: Csr,
    *,
    normalized: bool = True,
    weighted: bool = False,
    endpoints: bool = False,
    directed: bool = False,
    sources: Int64s | None = None,
) -> Floats:
    """Share of shortest paths that pass through each node, float64 [n] in 0..1 where normalised.

    weighted : the weights are distances, see ``weighted_paths.are_distances``. sources : paths from these nodes only,
        scaled up as networkx does for its ``k``. Raises ZeroDivisionError for none (as networkx), IndexError for what
        is no node, ValueError for weights that are no distances.
    """
    n = graph.rows
    chosen = np.arange(n) if sources is None else given.nodes(sources, n)
    sums, _, _ = _accumulate(graph, chosen, weighted=weighted, endpoints=endpoints, directed=directed)
    return sums * _scales(n, None if sources is None else chosen, normalized, directed, endpoints)


def edge_betweenness_centrality(
    graph: Csr,
    *,
    normalized: bool = True,
    weighted: bool = False,
    directed: bool = False,
    sources: Int64s | None = None,
) -> Floats:
    """Share of shortest paths over each tie, float64 [entries], aligned with ``graph.indices``; both directions of
    an undirected tie hold the same value."""
    chosen = np.arange(graph.rows) if sources is None else given.nodes(sources, graph.rows)
    _, _, ties = _accumulate(graph, chosen, weighted=weighted, directed=directed, edges=True)
    if not directed:
        indptr, indices, _ = arrays(graph)
        ties = ties + transpose(Csr(indptr, indices, ties, graph.columns)).weights
    scale = _scales(graph.rows, None if sources is None else chosen, normalized, directed, True)
    return ties * scale[:1]


def sampled_betweenness(
    graph: Csr, *, samples: int, confidence: float = 0.95, seed: int = 0, weighted: bool = False
) -> Sampled:
    """Normalised betweenness of an undirected graph from ``samples`` sources drawn without return.

    A source's contribution to a node lies in 0..1 after division by n - 2. The bound is the empirical Bernstein
    inequality of Maurer and Pontil (2009), the range 1, over all n nodes at once; it holds a fortiori for draws
    without return (Hoeffding 1963, theorem 4), and it is 0 where every node is a source.
    """
    n = graph.rows
    k = min(samples, n)
    if n < 3 or k < 2:
        return Sampled(np.zeros(n), np.full(n, 1.0 if n > 2 else 0.0), confidence, np.arange(k))
    chosen = np.sort(np.random.default_rng(seed).choice(n, k, replace=False))
    sums, squares, _ = _accumulate(graph, chosen, weighted=weighted)
    mean, mean_of_squares = sums / (n - 2) / k, squares / (n - 2) ** 2 / k
    variance = np.maximum(mean_of_squares - mean**2, 0) * k / (k - 1)
    log = np.log(4 * n / (1 - confidence))
    bound = np.sqrt(2 * variance * log / k) + 7 * log / (3 * (k - 1))
    # a node is never between its own paths: of n sources n - 1 count
    scale = n / (n - 1)
    return Sampled(mean * scale, np.minimum(bound * scale, 1.0) * (k < n), confidence, chosen)


def _accumulate(
    graph: Csr,
    sources: Int64s,
    *,
    weighted: bool = False,
    endpoints: bool = False,
    directed: bool = False,
    edges: bool = False,
) -> tuple[Floats, Floats, Floats]:
    """Sums over sources of the dependencies on each node, their squares, and the sums on each entry."""
    names = None
    graph = checked(graph) if weighted else graph
    if not weighted and not edges:
        graph, names = by_degree(graph)
        sources = names[sources].astype(np.int64)
    out = arrays(graph)
    into = arrays(transpose(graph)) if directed else out

    def work(start: int, stop: int) -> tuple[Floats, Floats, Floats]:
        chosen = frozen(sources[start:stop])
        if weighted:
            found = weighted_dependencies(*out, *into, chosen, endpoints, edges)
        else:
            # unsigned: the kernel then need not ask of each index whether it counts from the end
            ways = (out[0], out[1].view(np.uint32), into[0], into[1].view(np.uint32))
            found = _dependencies(*ways, chosen, endpoints, edges)
        return found  # type: ignore[no-any-return]

    parts = spread(work, len(sources), len(sources) * (len(out[1]) + graph.rows), CHUNKS)
    nodes, squares, ties = (np.sum(part, axis=0) for part in zip(*parts, strict=True))
    return (nodes, squares, ties) if names is None else (nodes[names], squares[names], ties)


def _scales(n: int, sources: Int64s | None, normalized: bool, directed: bool, endpoints: bool) -> Floats:
    """What networkx multiplies each node's sum by; sources differ where paths do not count their ends."""
    others = n if endpoints else n - 1
    if others < 2:
        return np.ones(n)
    k = others if sources is None else len(sources)
    scales = np.full(n, _scale(k, others, normalized, directed))
    if sources is not None and not endpoints:
        scales[sources] = _scale(k - 1, others, normalized, directed) if k > 1 else np.nan
    return scales


def _scale(k: int, others: int, normalized: bool, directed: bool) -> float:
    """networkx's factor for k sources, to the last digit."""
    return 1 / (k * (others - 1)) if normalized else others / (k * (1 if directed else 2))


@njit
def _dependencies(outptr, outidx, inptr, inidx, sources, endpoints, edges):  # type: ignore[no-untyped-def]
    n = len(outptr) - 1
    sums, squares = np.zeros(n, np.float64), np.zeros(n, np.float64)
    ties = np.zeros(len(outidx) if edges else 0, np.float64)
    order, rest, levels = np.empty(n + 1, np.uint32), np.empty(n + 1, np.uint32), np.empty(n + 2, np.int64)
    paths, flow = np.zeros(n, np.float64), np.zeros(n, np.float64)
    counts, share = np.empty(n + 1, np.float64), np.empty(n, np.float64)
    extra = 1.0 if endpoints else 0.0
    for i in range(len(sources)):
        s = sources[i]
        depth = _forward(outptr, outidx, inptr, inidx, s, order, levels, rest, paths, counts)
        _backward(outptr, outidx, inptr, inidx, depth, order, levels, counts, share, flow, ties, edges)
        reached = levels[depth + 1]
        for at in range(1, reached):
            delta = counts[at] + extra
            sums[order[at]] += delta
            squares[order[at]] += delta * delta
        if endpoints:
            sums[s] += reached - 1
        if 4 * reached > n:
            paths[:], flow[:] = 0.0, 0.0
        else:
            for at in range(reached):
                paths[order[at]], flow[order[at]] = 0.0, 0.0
    return sums, squares, ties


@njit
def _ties_of(ptr, order, first, last):  # type: ignore[no-untyped-def]
    total = 0
    for at in range(first, last):
        total += ptr[order[at] + 1] - ptr[order[at]]
    return total


@njit
def _push_paths(ptr, idx, order, first, last, paths, counts):  # type: ignore[no-untyped-def]
    """Each node of a level adds its number of paths to its neighbours; returns the end of the next level."""
    tail = last
    for at in range(first, last):
        c = counts[at]
        for e in range(ptr[order[at]], ptr[order[at] + 1]):
            w = idx[e]
            had = paths[w]
            paths[w] = had + c
            order[tail] = w
            tail += had == 0.0
    for at in range(last, tail):
        counts[at] = paths[order[at]]
    return tail


@njit
def _pull_paths(ptr, idx, order, last, rest, left, paths, counts):  # type: ignore[no-untyped-def]
    """Each node not yet reached adds up its neighbours; returns the end of the next level and of ``rest``."""
    tail, keep = last, 0
    for i in range(left):
        v = rest[i]
        if paths[v] != 0.0:
            continue
        c = 0.0
        for e in range(ptr[v], ptr[v + 1]):
            c += paths[idx[e]]
        order[tail], counts[tail], rest[keep] = v, c, v
        tail += c > 0.0
        keep += c == 0.0
    for at in range(last, tail):
        paths[order[at]] = counts[at]
    return tail, keep


@njit
def _forward(outptr, outidx, inptr, inidx, s, order, levels, rest, paths, counts):  # type: ignore[no-untyped-def]
    """Fill ``order`` level by level, with the number of shortest paths to each place in it; returns the last level.

    ``paths`` is 0 for what is not reached, so that a node outside can add up all its neighbours. It grows in vain at
    nodes of the level that pushes and of the one before: their counts are already taken.
    """
    order[0], counts[0], paths[s] = s, 1.0, 1.0
    levels[0], levels[1] = 0, 1
    depth, left, unseen = 0, -1, len(inidx) - (inptr[s + 1] - inptr[s])
    while True:
        first, last = levels[depth], levels[depth + 1]
        if _ties_of(outptr, order, first, last) <= unseen:
            tail = _push_paths(outptr, outidx, order, first, last, paths, counts)
        else:
            if left < 0:
                left = 0
                for v in range(len(paths)):
                    rest[left] = v
                    left += paths[v] == 0.0
            tail, left = _pull_paths(inptr, inidx, order, last, rest, left, paths, counts)
        if tail == last:
            return depth
        unseen -= _ties_of(inptr, order, last, tail)
        depth += 1
        levels[depth + 1] = tail


@njit
def _pull_flow(ptr, idx, order, first, last, share, flow):  # type: ignore[no-untyped-def]
    """Each node of a level adds up its followers."""
    for at in range(first, last):
        total = 0.0
        for e in range(ptr[order[at]], ptr[order[at] + 1]):
            total += flow[idx[e]]
        share[at] = total
    for at in range(first, last):
        flow[order[at]] = share[at]


@njit
def _push_flow(ptr, idx, order, first, last, share, flow):  # type: ignore[no-untyped-def]
    """Each node of a level adds its share to its predecessors."""
    for at in range(first, last):
        c = share[at]
        for e in range(ptr[order[at]], ptr[order[at] + 1]):
            flow[idx[e]] += c


@njit
def _flow_of_ties(ptr, idx, order, first, last, counts, flow, ties):  # type: ignore[no-untyped-def]
    for at in range(first, last):
        for e in range(ptr[order[at]], ptr[order[at] + 1]):
            ties[e] += counts[at] * flow[idx[e]]


@njit
def _backward(  # type: ignore[no-untyped-def]
    outptr, outidx, inptr, inidx, depth, order, levels, counts, share, flow, ties, edges
):
    """Add up, for each node, (1 + dependency) / paths of the next level's nodes that follow it; the dependency then
    takes the place of the paths in ``counts`` (but for the source's).

    ``flow`` is 0 for levels not yet finished, so a node can add up all its followers; it grows in vain at nodes of
    finished levels, whose share is already passed on.
    """
    for level in range(depth, 0, -1):
        before, first, last = levels[level - 1], levels[level], levels[level + 1]
        for at in range(first, last):
            gathered = flow[order[at]]
            share[at] = 1.0 / counts[at] + gathered
            flow[order[at]] = share[at]
            counts[at] *= gathered
        if edges:
            _flow_of_ties(outptr, outidx, order, before, first, counts, flow, ties)
        if edges or _ties_of(outptr, order, before, first) <= _ties_of(inptr, order, first, last):
            _pull_flow(outptr, outidx, order, before, first, share, flow)
        else:
            _push_flow(inptr, inidx, order, first, last, share, flow)
