"""How good a ranking is: AUC, average precision, hit@k, precision@k, reciprocal rank, with bootstrap bounds.

Ties are settled without luck: every measure is the exact mean over all orders of the tied items (McSherry &
Najork, ECIR 2008), average precision excepted, which takes a block of ties as one threshold (as scikit-learn
does). So no value depends on the order of the input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Labels = npt.NDArray[np.bool_]


AT_ONCE = 1000
"""Values up to which all draws of a bootstrap are held in memory, to be used for many measures (64 × 8 MB at most)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds of its bootstrap interval, in the unit of the measure."""

    mean: float
    low: float
    high: float


def auc(labels: Labels, scores: Floats) -> float:
    """Probability that a random positive scores above a random negative, ties counting half; in [0, 1].

    ``labels`` bool [n], ``scores`` float [n]; NaN where there is no positive or no negative. Mann–Whitney U.
    """
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return float("nan")
    above = float(rankdata(scores)[labels].sum()) - positives * (positives + 1) / 2
    return above / (positives * negatives)


def auc_error(value: float, positives: int, negatives: int) -> float:
    """Standard error of an AUC of ``value`` from so few positives and negatives (Hanley & McNeil 1982, eq. 1).

    sqrt((A(1 - A) + (p - 1)(A/(2 - A) - A²) + (n - 1)(2A²/(1 + A) - A²)) / pn); p and n at least 1.
    """
    square = value * value
    two_positives = (positives - 1) * (value / (2 - value) - square)
    two_negatives = (negatives - 1) * (2 * square / (1 + value) - square)
    return float(np.sqrt((value * (1 - value) + two_positives + two_negatives) / (positives * negatives)))


def average_precision(labels: Labels, scores: Floats) -> float:
    """Mean precision at each positive, ties taken as one threshold; in [0, 1], NaN without a positive."""
    _, hits, sizes = _blocks(labels, scores)
    if not hits.sum():
        return float("nan")
    precision = hits.cumsum() / sizes.cumsum()
    return float((precision * hits).sum() / hits.sum())


def precision_at(labels: Labels, scores: Floats, k: int = 10) -> float:
    """Share of positives in the first ``k`` (``k`` is the divisor even if fewer were ranked); in [0, 1]."""
    starts, hits, sizes = _blocks(labels, scores)
    taken = np.clip(k - starts, 0, sizes)
    return float((hits * taken / sizes).sum() / k)


def hit_at(labels: Labels, scores: Floats, k: int = 10) -> float:
    """Probability that the first ``k`` hold a positive; in [0, 1], fractional only if a tie straddles ``k``."""
    start, hits, size = _first_hit(labels, scores)
    if not hits or start >= k:
        return 0.0
    taken = min(k - start, size)
    return 1.0 - comb(size - hits, taken) / comb(size, taken)


def reciprocal_rank(labels: Labels, scores: Floats) -> float:
    """One over the rank of the first positive (MRR when averaged); in [0, 1], 0 without a positive."""
    start, hits, size = _first_hit(labels, scores)
    if not hits:
        return 0.0
    ways = comb(size, hits)
    return sum(comb(size - j - 1, hits - 1) / ways / (start + j + 1) for j in range(size - hits + 1))


def per_group(groups: Ints, labels: Labels, scores: Floats, k: int = 10) -> dict[str, Floats]:
    """The five measures for every group (an organisation and its candidates) that has a positive.

    ``groups``, ``labels``, ``scores`` [n] aligned. Returns ``hit_at_k``, ``precision_at_k`` (named with the
    number), ``mrr``, ``auc``, ``map``: float64 [groups with a positive], by ascending group. AUC is NaN for a
    group without a negative.
    """
    rows = [
        (hit_at(y, s, k), precision_at(y, s, k), reciprocal_rank(y, s), auc(y, s), average_precision(y, s))
        for y, s in _by_group(groups, labels, scores)
        if y.any()
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    return dict(zip((f"hit_at_{k}", f"precision_at_{k}", "mrr", "auc", "map"), table.T, strict=True))


def bootstrap(values: Floats, *, repeats: int = 1000, level: float = 0.95, seed: int = 0) -> Interval:
    """Mean of ``values`` [n], NaN left out, with its percentile bootstrap interval; NaN if nothing is left.

    For a paired comparison pass the differences: the interval is that of the gain.
    """
    kept = values[~np.isnan(values)]
    if not 0 < len(kept) <= AT_ONCE:
        return bootstrap_of(lambda rows: float(kept[rows].mean()), len(kept), repeats=repeats, level=level, seed=seed)
    tail = (1 - level) / 2
    low, high = np.quantile(_drawn(len(kept), repeats, seed) @ kept / len(kept), [tail, 1 - tail])
    return Interval(float(kept.mean()), float(low), float(high))


@lru_cache(maxsize=64)
def _drawn(size: int, repeats: int, seed: int) -> Floats:
    """How often each row is in each draw of ``bootstrap_of``, float64 [repeats, size]."""
    rng = np.random.default_rng(seed)
    drawn = [np.bincount(rng.integers(0, size, size), minlength=size) for _ in range(repeats)]
    return np.array(drawn, dtype=np.float64)


def bootstrap_of(
    statistic: Callable[[Ints], float], size: int, *, repeats: int = 1000, level: float = 0.95, seed: int = 0
) -> Interval:
    """Percentile bootstrap (Efron 1979) of any statistic of rows: ``statistic(rows int64 [size])``.

    ``mean`` is the statistic of all rows as they are; draws in which it is NaN are left out.
    """
    if not size:
        return Interval(float("nan"), float("nan"), float("nan"))
    rng = np.random.default_rng(seed)
    drawn = np.array([statistic(rng.integers(0, size, size)) for _ in range(repeats)])
    tail = (1 - level) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail]) if not np.isnan(drawn).all() else (np.nan, np.nan)
    return Interval(statistic(np.arange(size)), float(low), float(high))


def spread(runs: list[Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Mean and sample standard deviation (0 for one run) of each measure over repeated runs."""
    table = {name: np.array([run[name] for run in runs]) for name in runs[0]}
    return {
        name: {"mean": float(v.mean()), "sd": float(v.std(ddof=1)) if len(v) > 1 else 0.0} for name, v in table.items()
    }


def _by_group(groups: Ints, labels: Labels, scores: Floats) -> Iterator[tuple[Labels, Floats]]:
    order = np.argsort(groups, kind="stable")
    cuts = np.flatnonzero(np.diff(groups[order])) + 1
    for rows in np.split(order, cuts):
        yield labels[rows], scores[rows]


def _blocks(labels: Labels, scores: Floats) -> tuple[Ints, Ints, Ints]:
    """Blocks of equal score from the highest down: items before it, positives in it, items in it."""
    _, inverse = np.unique(-scores, return_inverse=True)
    sizes = np.bincount(inverse).astype(np.int64)
    hits = np.bincount(inverse[labels], minlength=len(sizes)).astype(np.int64)
    return sizes.cumsum() - sizes, hits, sizes


def _first_hit(labels: Labels, scores: Floats) -> tuple[int, int, int]:
    """The first block with a positive: items before it, positives in it, items in it (0, 0, 0 if none)."""
    starts, hits, sizes = _blocks(labels, scores)
    found = np.flatnonzero(hits)
    if not len(found):
        return 0, 0, 0
    i = int(found[0])
    return int(starts[i]), int(hits[i]), int(sizes[i])
