"""What a model is trained on: for several past days, who met whom in the time after, told by features of that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features import Space
from graphsvc.suggest.history import NEVER, History

YEAR = 365
STEP = 183
"""Days between the days on which training looks back; two are no less than HORIZON, so that the latest year counts."""
HORIZON = YEAR
"""Days for which a likelihood is said."""
LOOK_BACK = 7
"""At most so many days to look back from; more repeat the same meetings."""
MIN_PAST = 440
"""Days of history that the earliest of them must have behind it."""
PAIRS = 100_000
"""Pairs of each window at most (about): bounds time and memory."""
NEGATIVES = (60, 1000)
"""Organisations not met that are drawn for each one that met somebody, at least and at most."""
QUERIES = 1500
"""Organisations drawn for each window: more add time, not knowledge."""


@dataclass(frozen=True, slots=True)
class Window:
    """Features as of ``start``, answers from ``start`` to ``end`` (days, the end not included)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Pairs with their answers, grouped by the organisation that asks.

    features : float32 [pairs, features]
    first : int64 [pairs], day on which they meet; NEVER for those that do not within the window
    share : float64 [pairs], of those that meet 1 / (members of the partnership - 1), so that members of a large one
        share its weight; 0 for the others
    groups : int64 [organisations that ask], pairs of each, in order
    """

    features: npt.NDArray[np.float32]
    first: Int64s
    share: Floats
    groups: Int64s

    @property
    def met(self) -> npt.NDArray[np.bool_]:
        """Who meets, bool [pairs]."""
        return self.first < NEVER

    @property
    def weights(self) -> Floats:
        """``share``, and for those that do not meet what comes to each so that both sum to the same, by who asks."""
        group, met = self._group, self.met
        total, others = np.bincount(group, self.share), np.bincount(group, ~met)
        weights: Floats = np.where(met, self.share, (total / np.maximum(others, 1))[group])
        return weights

    @property
    def _group(self) -> Int64s:
        return np.repeat(np.arange(len(self.groups)), self.groups)

    def until(self, end: int) -> Sample:
        """As it would have been known on the day ``end``: later meetings had not happened."""
        met, group = self.first < end, self._group
        asks = np.bincount(group, met, minlength=len(self.groups)) > 0
        keep = asks[group] if len(group) else met
        first = np.where(met, self.first, NEVER)[keep]
        return Sample(self.features[keep], first, np.where(met, self.share, 0.0)[keep], self.groups[asks])


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Who had met before a window and who meets within it; rows of organisations.

    a, b : int64 [meetings], directed: both ways, sorted by ``a``
    first : int64 [meetings], the day
    size : float64 [meetings], members of the partnership that brings them together
    """

    a: Int64s
    b: Int64s
    first: Int64s
    size: Floats


def windows(history: History, end: int) -> list[Window]:
    """Windows that lie wholly before ``end``, earliest first; none where the history is too short."""
    dated = history.until(end).dated
    if dated is None:
        return []
    last = dated[1] + 1
    starts = [last - (k + 1) * STEP for k in range(LOOK_BACK)]
    return [Window(start, last) for start in reversed(starts) if start - dated[0] >= MIN_PAST]


def outcome(history: History, window: Window, *, cold: bool = False) -> Outcome:
    """Pairs of organisations known at the start that first meet within the window, both ways.

    ``cold``: instead those of whom ``a`` begins its first partnership within the window, ``b`` was known.
    """
    m, known = history.meetings, history.joined < window.start
    within = (m.first >= window.start) & (m.first < window.end)
    members = history.until(window.end).size
    a, b = (np.concatenate(ends)[np.tile(within, 2)].astype(np.int64) for ends in ((m.a, m.b), (m.b, m.a)))
    first, size = np.tile(m.first[within], 2).astype(np.int64), members[np.tile(m.partnership[within], 2)]
    order = np.lexsort((b, a))
    order = order[((known[a] != cold) & known[b])[order]]
    return Outcome(a[order], b[order], first[order], size[order])


def sample(space: Space, window: Window, rng: np.random.Generator, *, cold: bool = False) -> Sample:
    """Meetings of the window and organisations drawn at random that were not met; features as of ``space``, the day
    on which the window starts. ``cold``: see ``outcome``."""
    past = space.ground.past
    found = outcome(past.history, window, cold=cold)
    who = np.unique(found.a)
    who = np.sort(rng.choice(who, QUERIES, replace=False)) if len(who) > QUERIES else who
    tied, negatives = space.ground.tied, int(np.clip(PAIRS // max(len(who), 1), *NEGATIVES))
    left, right, first, share, groups = [], [], [], [], []
    for i in who:
        rows = slice(*np.searchsorted(found.a, [i, i + 1]))
        partners = found.b[rows]
        others = strangers(past.known, np.concatenate([tied.row(i), partners, [i]]), negatives, rng)
        groups.append(len(partners) + len(others))
        left.append(np.full(groups[-1], i))
        right.append(np.concatenate([partners, others]))
        first.append(np.concatenate([found.first[rows], np.full(len(others), NEVER)]))
        share.append(np.concatenate([1 / np.maximum(found.size[rows] - 1, 1), np.zeros(len(others))]))
    if not groups:
        nobody = np.zeros(0, np.int64)
        return Sample(space.of(nobody, nobody), nobody, np.zeros(0), nobody)
    features = space.of(np.concatenate(left), np.concatenate(right))
    return Sample(features, np.concatenate(first), np.concatenate(share), np.array(groups))


def strangers(known: Int64s, met: Int64s, count: int, rng: np.random.Generator) -> Int64s:
    """Up to ``count`` of ``known`` that are not among ``met``, drawn at random."""
    if len(known) < 4 * (count + len(met)):
        rest = np.setdiff1d(known, met)
        return rng.choice(rest, count, replace=False) if len(rest) > count else rest
    drawn = np.unique(known[rng.integers(0, len(known), 2 * count + len(met))])
    return rng.permutation(np.setdiff1d(drawn, met))[:count]


def together(samples: Sequence[Sample]) -> Sample:
    """Several samples as one."""
    return Sample(
        np.concatenate([s.features for s in samples]),
        np.concatenate([s.first for s in samples]),
        np.concatenate([s.share for s in samples]),
        np.concatenate([s.groups for s in samples]),
    )
