"""Betweenness of nodes and ties, exact and sampled.

Brandes, "A faster algorithm for betweenness centrality", 2001, level by level: each step between two levels walks
the ties of whichever side has fewer. Loops over ties have no branch: values that a step must not see are zero while
it runs, and what it writes in vain is never read again (said where it happens).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphsvc.kernels._run import arrays, frozen, njit, spread, transpose
from graphsvc.kernels.weighted_paths import weighted_dependencies
from graphsvc.snapshot.csr import Csr, Floats, Int64s

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

    weighted : the weights are distances, positive. sources : paths from these nodes only, scaled up as networkx
        does for its ``k``. Raises ZeroDivisionError for none (as networkx).
    """
    n = graph.rows
    chosen = np.arange(n) if sources is None else np.asarray(sources, np.int64)
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
    chosen = np.arange(graph.rows) if sources is None else np.asarray(sources, np.int64)
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
    scale = (n - 2) / (n - 1)
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
    out = arrays(graph)
    into = arrays(transpose(graph)) if directed else out
    if weighted:
        work = lambda a, b: weighted_dependencies(*out, *into, frozen(sources[a:b]), endpoints, edges)  # noqa: E731
    else:
        work = lambda a, b: _dependencies(*out[:2], *into[:2], frozen(sources[a:b]), endpoints, edges)  # noqa: E731
    parts = spread(work, len(sources), len(sources) * (len(out[1]) + graph.rows), CHUNKS)
    nodes, squares, ties = (sum(part) for part in zip(*parts, strict=True))
    return np.asarray(nodes), np.asarray(squares), np.asarray(ties)


def _scales(n: int, sources: Int64s | None, normalized: bool, directed: bool, endpoints: bool) -> Floats:
    """What networkx multiplies each node's sum by; sources differ where paths do not count their ends."""
    others = n if endpoints else n - 1
    if others < 2:
        return np.ones(n)
    k = others if sources is None else len(sources)
    halves = 1 if directed else 2
    apart = sources is not None and not endpoints
    unit = 1 / (others - 1) if normalized else others / halves
    scales = np.full(n, unit / k)
    if apart and sources is not None:
        scales[sources] = unit / (k - 1) if k > 1 else np.nan
    return scales


@njit
def _dependencies(outptr, outidx, inptr, inidx, sources, endpoints, edges):  # type: ignore[no-untyped-def]
    n = len(outptr) - 1
    sums, squares = np.zeros(n, np.float64), np.zeros(n, np.float64)
    ties = np.zeros(len(outidx) if edges else 0, np.float64)
    order = np.empty(n + 1, np.int32)
    levels = np.empty(n + 2, np.int64)
    rest = np.empty(n, np.int32)
    seen = np.zeros(n, np.bool_)
    paths, arriving, coef, gathered = np.zeros((4, n), np.float64)
    counts = np.empty(n, np.float64)
    for i in range(len(sources)):
        s = sources[i]
        depth = _forward(outptr, outidx, inptr, inidx, s, order, levels, rest, seen, paths, arriving, counts)
        _backward(outptr, outidx, inptr, inidx, depth, order, levels, counts, coef, gathered, ties, edges)
        reached = levels[depth + 1]
        for at in range(1, reached):
            delta = counts[at] + (1.0 if endpoints else 0.0)
            sums[order[at]] += delta
            squares[order[at]] += delta * delta
        if endpoints:
            sums[s] += reached - 1
        _clear(order, reached, seen, paths, arriving, coef, gathered)
    return sums, squares, ties


@njit
def _clear(order, reached, seen, paths, arriving, coef, gathered):  # type: ignore[no-untyped-def]
    if 4 * reached > len(seen):
        seen[:] = False
        paths[:], arriving[:], coef[:], gathered[:] = 0.0, 0.0, 0.0, 0.0
        return
    for at in range(reached):
        w = order[at]
        seen[w] = False
        paths[w], arriving[w], coef[w], gathered[w] = 0.0, 0.0, 0.0, 0.0


@njit
def _forward(  # type: ignore[no-untyped-def]
    outptr, outidx, inptr, inidx, s, order, levels, rest, seen, paths, arriving, counts
):
    """Fill ``order`` level by level, with the number of shortest paths to each place in it; returns the last level.

    ``paths`` is 0 for what is not yet in a finished level, so that a node outside can add up all its neighbours.
    ``arriving`` may also grow at nodes of finished levels: their counts are already taken.
    """
    order[0], counts[0], paths[s], seen[s] = s, 1.0, 1.0, True
    levels[0], levels[1] = 0, 1
    depth, left, unseen = 0, -1, len(inidx) - (inptr[s + 1] - inptr[s])
    while True:
        first, last = levels[depth], levels[depth + 1]
        work = 0
        for at in range(first, last):
            work += outptr[order[at] + 1] - outptr[order[at]]
        if work <= unseen:
            tail = last
            for at in range(first, last):
                v, c = order[at], counts[at]
                for e in range(outptr[v], outptr[v + 1]):
                    w = outidx[e]
                    arriving[w] += c
                    order[tail] = w
                    tail += not seen[w]
                    seen[w] = True
            for at in range(last, tail):
                counts[at] = arriving[order[at]]
        else:
            if left < 0:
                left = 0
                for v in range(len(seen)):
                    rest[left] = v
                    left += not seen[v]
            tail, keep = last, 0
            for i in range(left):
                v = rest[i]
                if seen[v]:
                    continue
                c = 0.0
                for e in range(inptr[v], inptr[v + 1]):
                    c += paths[inidx[e]]
                if c > 0:
                    order[tail], counts[tail] = v, c
                    tail += 1
                else:
                    rest[keep] = v
                    keep += 1
            left = keep
        if tail == last:
            return depth
        for at in range(last, tail):
            w = order[at]
            seen[w] = True
            paths[w] = counts[at]
            unseen -= inptr[w + 1] - inptr[w]
        depth += 1
        levels[depth + 1] = tail


@njit
def _backward(  # type: ignore[no-untyped-def]
    outptr, outidx, inptr, inidx, depth, order, levels, counts, coef, gathered, ties, edges
):
    """Add up, for each node, (1 + dependency) / paths of the next level's nodes that follow it; the dependency then
    takes the place of the paths in ``counts`` (but for the source's).

    ``coef`` is 0 for levels not yet finished, so a node can add up all its followers; ``gathered`` may also grow at
    nodes of finished levels, whose share is already passed on.
    """
    for level in range(depth, 0, -1):
        before, first, last = levels[level - 1], levels[level], levels[level + 1]
        near, far = 0, 0
        for at in range(first, last):
            w = order[at]
            coef[w] = 1.0 / counts[at] + gathered[w]
            counts[at] *= gathered[w]
            far += inptr[w + 1] - inptr[w]
        for at in range(before, first):
            near += outptr[order[at] + 1] - outptr[order[at]]
        if edges or near <= far:
            for at in range(before, first):
                v = order[at]
                total = 0.0
                for e in range(outptr[v], outptr[v + 1]):
                    total += coef[outidx[e]]
                    if edges:
                        ties[e] += counts[at] * coef[outidx[e]]
                gathered[v] = total
        else:
            for at in range(first, last):
                w = order[at]
                for e in range(inptr[w], inptr[w + 1]):
                    gathered[inidx[e]] += coef[w]
