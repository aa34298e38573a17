"""Which conversations to start together: the set that brings most within a budget, with fair shares."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from graphsvc.errors import InputError
from graphsvc.i18n import msg
from graphsvc.snapshot.csr import Floats, Int64s

Taken = dict[str, list[tuple[float, float]]]
"""By target, worth and success of the links to it that were chosen."""


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Links to choose from.

    a, b : int64 [links]; success : float64 [links] in [0, 1], that the conversation leads to work together
    targets : by link, what it may bring (an organisation reached, a need met) and what it makes that worth: each counts
    once, with the best of the links that succeed
    group : by link, whose work it is (the animator's territory); "" for nobody's
    """

    a: Int64s
    b: Int64s
    success: Floats
    targets: Sequence[Mapping[str, float]]
    group: Sequence[str]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The links chosen, in the order of choice.

    chosen : positions in the options; gains : what each added
    value : expected worth of the targets, each as the best link to it that succeeds makes it
    bound : no allowed set can be worth more than this (Leskovec et al. 2007, seen from no link and from those chosen)
    """

    chosen: tuple[int, ...]
    gains: tuple[float, ...]
    value: float
    bound: float

    @property
    def guarantee(self) -> float:
        """Share of the best possible value that this set reaches at least, in [0, 1]."""
        return self.value / self.bound if self.bound > 0 else 1.0


def choose(
    options: Options,
    budget: int,
    *,
    per_organisation: int | None = None,
    per_group: Mapping[str, int] | None = None,
    order: Iterable[int] | None = None,
) -> Portfolio:
    """Lazy greedy choice (Minoux 1978) of up to ``budget`` links.

    The worth of a set is monotone and submodular (a mean of maxima), so without
    limits on organisations and groups the greedy set is worth at least 1 - 1/e of the best (Nemhauser, Wolsey &
    Fisher 1978), with them at least a quarter (three partition matroids; Fisher et al. 1978). ``per_organisation``:
    links that one organisation may be in (fair shares); ``per_group``: links of each group (None: no limit).
    ``order``: take links in this order instead, whatever they add: the best one by one, to compare with.
    Raises InputError for a budget below one.
    """
    if budget < 1:
        raise InputError(msg("The number of conversations has to be at least 1."))
    limits = _Limits(options, per_organisation, per_group)
    taken: Taken = {}
    chosen: list[int] = []
    gains: list[float] = []
    for link in _by_gain(options, taken, limits) if order is None else order:
        if len(chosen) == budget:
            break
        if not limits.allow(link):
            continue
        chosen.append(link)
        gains.append(_gain(options, link, taken))
        limits.use(link)
        for target, worth in options.targets[link].items():
            taken[target] = [*taken.get(target, ()), (worth, float(options.success[link]))]
    value = sum(gains)
    limit = per_group or {}
    bound = min(_most(options, {}, (), budget, limit), value + _most(options, taken, chosen, budget, limit))
    return Portfolio(tuple(chosen), tuple(gains), value, bound)


def _most(options: Options, taken: Taken, chosen: Sequence[int], budget: int, per_group: Mapping[str, int]) -> float:
    """No ``budget`` links within the limits of groups can add more than this to those ``chosen``, since none adds more
    after others."""
    gains: defaultdict[str, list[float]] = defaultdict(list)
    for link in set(range(len(options.a))) - set(chosen):
        gains[options.group[link]].append(_gain(options, link, taken))
    best = (heapq.nlargest(per_group.get(group, budget), own) for group, own in gains.items())
    return sum(heapq.nlargest(budget, chain.from_iterable(best)))


def _by_gain(options: Options, taken: Taken, limits: _Limits) -> Iterator[int]:
    """The link that adds most to what was taken so far, again and again; gains only fall, so old ones are bounds."""
    heap = [(-_gain(options, link, taken), link) for link in range(len(options.a))]
    heapq.heapify(heap)
    while heap:
        _, link = heapq.heappop(heap)
        gain = _gain(options, link, taken)
        if gain <= 0 or not limits.allow(link):
            continue
        if heap and -gain > heap[0][0]:
            heapq.heappush(heap, (-gain, link))
        else:
            yield link


def _gain(options: Options, link: int, taken: Taken) -> float:
    success = float(options.success[link])
    return success * sum(_more(worth, taken.get(target, ())) for target, worth in options.targets[link].items())


def _more(worth: float, others: Sequence[tuple[float, float]]) -> float:
    """By how much ``worth`` is expected to be more than the best of others (worth, success) that succeeds, or nothing:
    it is more than those above it unless they succeed, and then than the first below that does."""
    more, left = 0.0, 1.0
    for other, success in sorted(others, reverse=True):
        more += left * success * max(worth - other, 0.0)
        left *= 1 - success
    return more + left * worth


class _Limits:
    """How many links organisations and groups may still be in."""

    def __init__(self, options: Options, per_organisation: int | None, per_group: Mapping[str, int] | None) -> None:
        self._options = options
        self._per_organisation, self._per_group = per_organisation, per_group or {}
        self._used: Counter[int] = Counter()
        self._by_group: Counter[str] = Counter()

    def allow(self, link: int) -> bool:
        """May the link be taken too?"""
        most, group = self._per_organisation, self._options.group[link]
        if most is not None and any(self._used[end] >= most for end in self._ends(link)):
            return False
        return group not in self._per_group or self._by_group[group] < self._per_group[group]

    def use(self, link: int) -> None:
        """The link is taken."""
        self._used.update(self._ends(link))
        self._by_group[self._options.group[link]] += 1

    def _ends(self, link: int) -> tuple[int, int]:
        return int(self._options.a[link]), int(self._options.b[link])


def options_of(
    a: Int64s, b: Int64s, success: Floats, worth: Floats, group: Sequence[str], needs: Mapping[int, Mapping[str, float]]
) -> Options:
    """Options whose targets are the two organisations (``worth`` of the link to each, float64 [links]) and the needs
    that a link would meet (``needs``: by link, the worth of each)."""
    targets: list[dict[str, float]] = []
    for link, ends in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        met = {f"need {need}": own for need, own in needs.get(link, {}).items()}
        targets.append({f"organisation {end}": float(worth[link]) for end in ends} | met)
    return Options(np.asarray(a), np.asarray(b), np.asarray(success), targets, group)
