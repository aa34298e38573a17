"""Which conversations to start together: the set that brings most within a budget, with fair shares."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.errors import InputError
from graphsvc.i18n import msg
from graphsvc.snapshot.csr import Floats, Int64s


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Links to choose from.

    a, b : int64 [links]; success : float64 [links] in [0, 1], that the conversation leads to work together
    targets : what each link may bring, as names (an organisation reached, a need met, parts joined): each counts its
    worth once, however many links bring it
    worth : by target
    group : by link, whose work it is (the animator's territory); "" for nobody's
    """

    a: Int64s
    b: Int64s
    success: Floats
    targets: Sequence[Sequence[str]]
    worth: Mapping[str, float]
    group: Sequence[str]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The links chosen, in the order of choice.

    chosen : positions in the options; gains : what each added
    value : expected worth of the targets reached by at least one link that succeeds
    bound : no allowed set can be worth more than this (Leskovec et al. 2007)
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

    The worth of a set is monotone and submodular (a target is reached unless every link to it fails), so without
    limits on organisations and groups the greedy set is worth at least 1 - 1/e of the best (Nemhauser, Wolsey &
    Fisher 1978), with them at least a quarter (three partition matroids; Fisher et al. 1978). ``per_organisation``:
    links that one organisation may be in (fair shares); ``per_group``: links of each group (None: no limit).
    ``order``: take links in this order instead, whatever they add: the best one by one, to compare with.
    Raises InputError for a budget below one.
    """
    if budget < 1:
        raise InputError(msg("The number of conversations has to be at least 1."))
    limits = _Limits(options, per_organisation, per_group)
    missed: dict[str, float] = {}
    chosen: list[int] = []
    gains: list[float] = []
    for link in _by_gain(options, missed, limits) if order is None else order:
        if len(chosen) == budget:
            break
        if not limits.allow(link):
            continue
        chosen.append(link)
        gains.append(_gain(options, link, missed))
        limits.use(link)
        for target in options.targets[link]:
            missed[target] = missed.get(target, 1.0) * (1 - float(options.success[link]))
    value, rest = sum(gains), set(range(len(options.a))) - set(chosen)
    left = sorted((_gain(options, link, missed) for link in rest), reverse=True)
    return Portfolio(tuple(chosen), tuple(gains), value, value + sum(left[:budget]))


def _by_gain(options: Options, missed: Mapping[str, float], limits: _Limits) -> Iterator[int]:
    """The link that adds most to what was taken so far, again and again; gains only fall, so old ones are bounds."""
    heap = [(-_gain(options, link, missed), link) for link in range(len(options.a))]
    heapq.heapify(heap)
    while heap:
        _, link = heapq.heappop(heap)
        gain = _gain(options, link, missed)
        if gain <= 0 or not limits.allow(link):
            continue
        if heap and -gain > heap[0][0]:
            heapq.heappush(heap, (-gain, link))
        else:
            yield link


def _gain(options: Options, link: int, missed: Mapping[str, float]) -> float:
    success = float(options.success[link])
    return success * sum(options.worth.get(t, 0.0) * missed.get(t, 1.0) for t in options.targets[link])


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
    a: Int64s, b: Int64s, success: Floats, score: Floats, group: Sequence[str], needs: Mapping[int, Sequence[str]]
) -> Options:
    """Options whose targets are the two organisations (worth the best score that a link of theirs has) and the needs
    that a link would meet (``needs`` by link; worth 1 each)."""
    worth: dict[str, float] = {}
    targets: list[list[str]] = []
    for link, ends in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        names = [f"organisation {end}" for end in ends]
        for name in names:
            worth[name] = max(worth.get(name, 0.0), float(score[link]))
        met = [f"need {need}" for need in needs.get(link, ())]
        worth.update(dict.fromkeys(met, 1.0))
        targets.append([*names, *met])
    return Options(np.asarray(a), np.asarray(b), np.asarray(success), targets, worth, group)
