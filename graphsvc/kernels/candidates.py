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


def top_candidates(graph: Csr, k: int, score: Score = "adamic_adar") -> tuple[Int32s, Floats]:
    """For each node the ``k`` nodes of highest score that it has no tie to; loops are ignored.

    Returns indices int32 [n, k] (-1 where there are fewer) and scores float64 [n, k] (0 there), best first, equal
    ones by the lower index.
    """
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
    never counted as their own common neighbours."""
    indptr, indices, _ = arrays(graph)
    ends = frozen(np.asarray(pairs, np.int64).reshape(-1, 2))
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
        case _:
            return np.ones(graph.rows)


@njit
def _reach(indptr, indices, weights, u, sums, touched):  # type: ignore[no-untyped-def]
    """Add up the worth of the two-step paths from ``u``; returns how many nodes they reach."""
    met = 0
    for e in range(indptr[u], indptr[u + 1]):
        a = indices[e]
        worth = weights[a]
        for f in range(indptr[a], indptr[a + 1]):
            v = indices[f]
            if sums[v] == 0.0:
                touched[met] = v
                met += 1
            sums[v] += worth
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
            if far_sums[v] == 0.0:
                far_touched[count] = v
                count += 1
            far_sums[v] += worth
    return count


@njit
def _worse(scores, names, i, score, name):  # type: ignore[no-untyped-def]
    return scores[i] < score or (scores[i] == score and names[i] > name)


@njit
def _keep(names, scores, size, name, score):  # type: ignore[no-untyped-def]
    """Put one into a heap whose worst is on top; returns its size."""
    if size < len(names):
        i = size
        while i and not _worse(scores, names, (i - 1) >> 1, score, name):
            up = (i - 1) >> 1
            names[i], scores[i] = names[up], scores[up]
            i = up
        names[i], scores[i] = name, score
        return size + 1
    if _worse(scores, names, 0, score, name):
        i = 0
        while 2 * i + 1 < size:
            child = 2 * i + 1
            if child + 1 < size and _worse(scores, names, child + 1, scores[child], names[child]):
                child += 1
            if not _worse(scores, names, child, score, name):
                break
            names[i], scores[i] = names[child], scores[child]
            i = child
        names[i], scores[i] = name, score
    return size


@njit
def _sort_best_first(names, scores, size):  # type: ignore[no-untyped-def]
    """Insertion sort; ``size`` is the few kept."""
    for i in range(1, size):
        name, score = names[i], scores[i]
        j = i - 1
        while j >= 0 and _worse(scores, names, j, score, name):
            names[j + 1], scores[j + 1] = names[j], scores[j]
            j -= 1
        names[j + 1], scores[j + 1] = name, score


@njit
def _top(indptr, indices, weights, jaccard, far, k, start, stop):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    names = np.full((stop - start, k), -1, np.int32)
    scores = np.zeros((stop - start, k), np.float64)
    near_sums, far_sums = np.zeros(n, np.float64), np.zeros(n if far else 0, np.float64)
    near, beyond = np.empty(n, np.int32), np.empty(n if far else 0, np.int32)
    tied = np.full(n, -1, np.int64)
    for u in range(start, stop):
        met = _reach(indptr, indices, weights, u, near_sums, near)
        sums, touched = near_sums, near
        if far:
            met = _further(indptr, indices, weights, near_sums, near, met, far_sums, beyond)
            sums, touched = far_sums, beyond
        tied[u] = u
        for e in range(indptr[u], indptr[u + 1]):
            tied[indices[e]] = u
        size = 0
        for i in range(met):
            v = touched[i]
            score = sums[v]
            sums[v] = 0.0
            if tied[v] != u:
                if jaccard:
                    score /= (indptr[u + 1] - indptr[u]) + (indptr[v + 1] - indptr[v]) - score
                size = _keep(names[u - start], scores[u - start], size, v, score)
        _sort_best_first(names[u - start], scores[u - start], size)
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
