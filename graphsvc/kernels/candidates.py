"""Which pairs without a tie are near each other: similarities by neighbours, and the best candidates of every node.

Liben-Nowell, Kleinberg, "The link-prediction problem for social networks", 2007; L3: Kovács and others,
"Network-based prediction of protein interactions", 2019.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from graphsvc.kernels._run import arrays, njit, spread, without_loops
from graphsvc.kernels.degree import degree
from graphsvc.snapshot.csr import Csr, Floats, Int32s, frozen

Score = Literal["common_neighbors", "adamic_adar", "resource_allocation", "jaccard", "l3"]
SCORES: tuple[Score, ...] = get_args(Score)
ROOM = 4
"""Times as many candidates as are asked for that are gathered before the best of them are picked out."""


def top_candidates(graph: Csr, k: int, score: Score = "adamic_adar") -> tuple[Int32s, Floats]:
    """For each node the ``k`` nodes of highest score that it has no tie to; loops are ignored.

    Returns indices int32 [n, k] (-1 where there are fewer) and scores float64 [n, k] (0 there), best first, equal
    ones by the lower index. Raises ValueError for a ``k`` below 0 or another score.
    """
    if k < 0:
        raise ValueError(f"k is 0 or more, not {k}")
    graph = without_loops(graph)
    indptr, indices, _ = arrays(graph)
    weights = frozen(_middle_weights(graph, score))
    jaccard, far = score == "jaccard", score == "l3"
    parts = spread(
        lambda a, b: _top(indptr, indices, weights, jaccard, far, k, a, b), graph.rows, 16 * len(indices), 64
    )
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def similarities(graph: Csr, pairs: npt.NDArray[np.integer], score: Score = "adamic_adar") -> Floats:
    """Score of each pair, float64 [pairs]; ``pairs`` is an integer array [pairs, 2]. The ends of a pair are
    never counted as their own common neighbours. Raises IndexError for what is no node, ValueError for another score.
    """
    indptr, indices, _ = arrays(graph)
    ends = frozen(np.asarray(pairs, np.int64).reshape(-1, 2))
    if len(ends) and not (ends.min() >= 0 and ends.max() < graph.rows):
        raise IndexError(f"pairs are of nodes 0 to {graph.rows - 1}, not {ends.min()} to {ends.max()}")
    weights = frozen(_middle_weights(graph, score))
    work = lambda a, b: _pairs(indptr, indices, weights, score == "jaccard", score == "l3", ends[a:b])  # noqa: E731
    return np.concatenate(spread(work, len(ends), 32 * len(ends)))


def _middle_weights(graph: Csr, score: Score) -> Floats:
    """What a path through each node is worth; a node of degree 1 is in the middle of none, any value does."""
    degrees = np.maximum(degree(graph), 2).astype(np.float64)
    match score:
        case "adamic_adar":
            return 1.0 / np.log(degrees)
        case "resource_allocation":
            return 1.0 / degrees
        case "l3":
            return 1.0 / np.sqrt(degrees)
        case "common_neighbors" | "jaccard":
            return np.ones(graph.rows)
        case _:
            raise ValueError(f"score is one of {', '.join(SCORES)}, not {score}")


@njit
def _reach(indptr, indices, weights, u, sums, touched):  # type: ignore[no-untyped-def]
    """Add up the worth of the two-step paths from ``u``; returns how many nodes they reach."""
    met = 0
    for e in range(indptr[u], indptr[u + 1]):
        a = indices[e]
        worth = weights[a]
        for f in range(indptr[a], indptr[a + 1]):
            v = indices[f]
            had = sums[v]
            touched[met] = v
            met += had == 0.0
            sums[v] = had + worth
    return met


@njit
def _further(indptr, indices, weights, sums, touched, met, far_sums, far_touched):  # type: ignore[no-untyped-def]
    """One step on from what ``_reach`` found, which is cleared; returns how many nodes are reached."""
    count = 0
    for i in range(met):
        b = touched[i]
        worth = sums[b] * weights[b]
        sums[b] = 0.0
        for f in range(indptr[b], indptr[b + 1]):
            v = indices[f]
            had = far_sums[v]
            far_touched[count] = v
            count += had == 0.0
            far_sums[v] = had + worth
    return count


@njit
def _best_to_front(names, scores, size, k):  # type: ignore[no-untyped-def]
    """Bring the best ``k`` of ``size`` to the front, the k-th of them to its place; equal scores go by the lower name
    (Hoare, "Algorithm 65: find", 1961)."""
    low, high = 0, size - 1
    while low < high:
        i, j, score, name = low, high, scores[(low + high) >> 1], names[(low + high) >> 1]
        while i <= j:
            while scores[i] > score or (scores[i] == score and names[i] < name):
                i += 1
            while scores[j] < score or (scores[j] == score and names[j] > name):
                j -= 1
            if i <= j:
                scores[i], scores[j] = scores[j], scores[i]
                names[i], names[j] = names[j], names[i]
                i += 1
                j -= 1
        if j < k - 1 < i:
            break
        low, high = (i, high) if k > i else (low, j)


@njit
def _sort_best_first(names, scores, size):  # type: ignore[no-untyped-def]
    """Insertion sort; ``size`` is the few kept."""
    for i in range(1, size):
        name, score = names[i], scores[i]
        j = i - 1
        while j >= 0 and (scores[j] < score or (scores[j] == score and names[j] > name)):
            names[j + 1], scores[j + 1] = names[j], scores[j]
            j -= 1
        names[j + 1], scores[j + 1] = name, score


@njit
def _top(indptr, indices, weights, jaccard, far, k, start, stop):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    names = np.full((stop - start, k), -1, np.int32)
    scores = np.zeros((stop - start, k), np.float64)
    near_sums, far_sums = np.zeros(n, np.float64), np.zeros(n if far else 0, np.float64)
    near, beyond = np.empty(n + 1, np.int32), np.empty(n + 1 if far else 0, np.int32)
    some, worth = np.empty(ROOM * k + 1, np.int32), np.empty(ROOM * k + 1, np.float64)
    for u in range(start, stop):
        met = _reach(indptr, indices, weights, u, near_sums, near)
        sums, touched = near_sums, near
        if far:
            met = _further(indptr, indices, weights, near_sums, near, met, far_sums, beyond)
            sums, touched = far_sums, beyond
        sums[u] = 0.0
        for e in range(indptr[u], indptr[u + 1]):
            sums[indices[e]] = 0.0
        size, least = 0, 0.0
        for i in range(met):
            v = touched[i]
            score = sums[v]
            sums[v] = 0.0
            if jaccard:
                score /= (indptr[u + 1] - indptr[u]) + (indptr[v + 1] - indptr[v]) - score
            if score > 0.0 and score >= least:
                some[size], worth[size] = v, score
                size += 1
                if size == len(some):
                    _best_to_front(some, worth, size, k)
                    size, least = k, worth[k - 1]
        if size > k:
            _best_to_front(some, worth, size, k)
            size = k
        _sort_best_first(some, worth, size)
        names[u - start, :size], scores[u - start, :size] = some[:size], worth[:size]
    return names, scores


@njit
def _common(indptr, indices, weights, u, v, x):  # type: ignore[no-untyped-def]
    """Worth and number of the common neighbours of ``u`` and ``v`` other than u, v and x, and the number of all; both
    rows ascend."""
    e, f, worth, count, every = indptr[u], indptr[v], 0.0, 0, 0
    end, stop = indptr[u + 1], indptr[v + 1]
    while e < end and f < stop:
        a, b = indices[e], indices[f]
        if a == b:
            every += 1
            if a != u and a != v and a != x:
                worth += weights[a]
                count += 1
        # no branch: which row goes on cannot be foretold
        e += a <= b
        f += b <= a
    return worth, count, every


@njit
def _pairs(indptr, indices, weights, jaccard, far, pairs):  # type: ignore[no-untyped-def]
    values = np.zeros(len(pairs), np.float64)
    for i in range(len(pairs)):
        u, v = pairs[i]
        if far:
            for e in range(indptr[u], indptr[u + 1]):
                a = indices[e]
                if a != v and a != u:
                    values[i] += weights[a] * _common(indptr, indices, weights, a, v, u)[0]
            continue
        values[i], count, every = _common(indptr, indices, weights, u, v, u)
        if jaccard:
            union = (indptr[u + 1] - indptr[u]) + (indptr[v + 1] - indptr[v]) - every
            values[i] = count / union if union else 0.0
    return values
