"""Which conversations to start together: the set that brings most within a budget, with fair shares."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from graphsvc.errors import InputError
from graphsvc.i18n import msg
from graphsvc.snapshot.csr import Floats, Int64s

Taken = dict[str, list[tuple[float, float]]]
"""By target, worth and success of the links to it that were chosen."""

EQUAL = 1e-9
"""Relative difference below which sums are the same: their last digits hang on the order of what is added."""
AT_ONCE = 2000
"""Columns that join a linear programme together; those that its prices rule out never do."""


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Links to choose from.

    a, b : int64 [links]; success : float64 [links] in [0, 1], that the conversation leads to work together
    targets : by link, what it may bring (an organisation reached, a need met) and what it makes that worth: each counts
    once, with the best of the links that succeed
    groups : by link, whose work it may be (the territories of animators), whose first of all first
    """

    a: Int64s
    b: Int64s
    success: Floats
    targets: Sequence[Mapping[str, float]]
    groups: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The links chosen, in the order of choice.

    chosen : positions in the options; gains : what each added; groups : whose work each is, "" without limits of groups
    value : expected worth of the targets, each as the best link to it that succeeds makes it
    bound : no allowed set can be worth more than this (Leskovec et al. 2007, seen from no link and from those chosen,
    with the limits as a linear programme)
    one_by_one : what the links that are the best each for itself would be worth together, within the same limits
    """

    chosen: tuple[int, ...]
    gains: tuple[float, ...]
    groups: tuple[str, ...]
    value: float
    bound: float
    one_by_one: float

    @property
    def guarantee(self) -> float:
        """Share of the best possible value that this set reaches at least, in [0, 1]."""
        return self.value / self.bound if self.value < self.bound * (1 - EQUAL) else 1.0


def choose(
    options: Options,
    budget: int,
    *,
    per_organisation: int | None = None,
    per_group: Mapping[str, int] | None = None,
) -> Portfolio:
    """Up to ``budget`` links that together are worth most: by lazy greedy choice (Minoux 1978) of all links; where that
    brings more, of those that a linear programme of the limits takes, or that are the best each for itself.

    ``per_organisation``: links that one organisation may be in (fair shares). ``per_group``: links that each group may
    have; each link goes to one of its groups, handed on from group to group where that makes room, and a link of none
    of them is left out (None: no such limit).

    The worth of a set is monotone and submodular (a mean of maxima), so the greedy set is worth at least a share of the
    best: 1 - 1/e without limits on organisations and groups (Nemhauser, Wolsey & Fisher 1978), else 1 / (1 + p) in a
    p-extendible system (Fisher, Nemhauser & Wolsey 1978; Mestre 2006). The sets that groups can share out are a
    transversal matroid (p = 1), those of limited organisations b-matchings (p = 2), both together p = 3, and the budget
    adds nothing to p: 1/2, 1/3 and 1/4.
    Raises InputError for a budget below one.
    """
    if budget < 1:
        raise InputError(msg("The number of conversations has to be at least 1."))

    def best_of(links: Iterable[int]) -> _Set:
        return _greedy(options, links, budget, _Limits(options, per_organisation, per_group))

    def first_of(rank: Floats) -> list[int]:
        limits = _Limits(options, per_organisation, per_group)
        return list(islice(limits.fill(np.argsort(-rank, kind="stable").tolist()), budget))

    everything = range(len(options.a))
    alone = np.array([_gain(options, link, {}) for link in everything])
    shares, bound = _most(alone, options, budget, per_organisation, per_group)
    best, single = best_of(everything), best_of(first_of(alone))
    for other in (best_of(first_of(shares)), single):
        best = other if other.value > best.value * (1 + EQUAL) else best
    more = np.array([_gain(options, link, best.taken) for link in everything])
    more[list(best.chosen)] = 0.0
    bound = min(bound, best.value + _most(more, options, budget, per_organisation, per_group)[1])
    return Portfolio(tuple(best.chosen), tuple(best.gains), best.groups, best.value, bound, single.value)


@dataclass(frozen=True, slots=True)
class _Set:
    """Links chosen, what each added, whose work each is, and by target what they bring."""

    chosen: list[int]
    gains: list[float]
    groups: tuple[str, ...]
    taken: Taken

    @property
    def value(self) -> float:
        return sum(self.gains)


def _greedy(options: Options, links: Iterable[int], budget: int, limits: _Limits) -> _Set:
    """Of ``links`` the one that adds most to those before, again and again."""
    taken: Taken = {}
    chosen: list[int] = []
    gains: list[float] = []
    for link in islice(limits.fill(_by_gain(options, links, taken, limits)), budget):
        chosen.append(link)
        gains.append(_gain(options, link, taken))
        for target, worth in options.targets[link].items():
            taken[target] = [*taken.get(target, ()), (worth, float(options.success[link]))]
    return _Set(chosen, gains, tuple(limits.group_of(k) for k in chosen), taken)


def _most(
    gain: Floats, options: Options, budget: int, per_organisation: int | None, per_group: Mapping[str, int] | None
) -> tuple[Floats, float]:
    """The shares of links, within the limits, that add most, float64 [links], and how much that is: no set of links
    adds more, since none adds more after others than its ``gain``, float64 [links].

    How much is told by prices of the limits (the dual of the linear programme), which hold however the solver rounds.
    """
    shares = np.zeros(len(gain))
    room = {"": budget} if per_group is None else per_group
    places = {group: k for k, group in enumerate(sorted(room))}
    ways = [
        (link, places[group])
        for link in np.flatnonzero(gain > 0).tolist()
        for group in ([""] if per_group is None else options.groups[link])
        if group in places
    ]
    if not ways:
        return shares, 0.0
    (link, group), one = np.array(ways).T, np.arange(len(ways))
    ends, end = np.unique(np.concatenate([options.a[link], options.b[link]]), return_inverse=True)
    rows = np.concatenate([group, len(room) + end])
    each = sparse.coo_array((np.ones(len(rows)), (rows, np.concatenate([one, one, one])))).tocsr()
    own = sparse.coo_array((np.ones(len(ways)), (link, one)), shape=(len(gain), len(ways)))
    limits = sparse.vstack([each, np.ones((1, len(ways))), own]).tocsr()
    of_end = budget if per_organisation is None else per_organisation
    caps = np.concatenate([[room[g] for g in places], np.full(len(ends), of_end), [budget], np.ones(len(gain))])
    taken, prices = _programme(gain[link], limits, caps)
    np.add.at(shares, link, taken)
    prices[-len(gain) :] = 0.0  # a link's own is what the others leave of it
    np.maximum.at(prices[-len(gain) :], link, gain[link] - limits.T @ prices)
    return shares, float(caps @ prices)


def _programme(worth: Floats, limits: sparse.csr_array, caps: Floats) -> tuple[Floats, Floats]:
    """Shares of columns, in [0, 1], that have most ``worth`` [columns] within ``limits`` [rows × columns] and ``caps``
    [rows], and prices of the rows (the dual).

    Columns join the programme as long as prices leave something of them, the best first (column generation)."""
    most = float(worth.max())  # the solver's tolerance is absolute
    shares, prices = np.zeros(len(worth)), np.zeros(len(caps))
    near = np.zeros(len(worth), dtype=bool)
    while len(over := np.flatnonzero(~near & (worth > (1 + EQUAL) * (limits.T @ prices)))):
        near[over[np.argsort((limits.T @ prices - worth)[over], kind="stable")[:AT_ONCE]]] = True
        those = limits[:, near]
        real = those.sum(axis=1) > 0
        found = linprog(-worth[near] / most, A_ub=those[real], b_ub=caps[real])
        shares[near], prices[real] = found.x, np.maximum(-most * found.ineqlin.marginals, 0.0)
    return shares, prices


def _by_gain(options: Options, links: Iterable[int], taken: Taken, limits: _Limits) -> Iterator[int]:
    """The link that adds most to what was taken so far, again and again; gains only fall, so old ones are bounds."""
    heap = [(-_gain(options, link, taken), link) for link in links]
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
    """How many links organisations and groups may still be in, and whose work each link is."""

    def __init__(self, options: Options, per_organisation: int | None, per_group: Mapping[str, int] | None) -> None:
        self._options = options
        self._per_organisation, self._room = per_organisation, None if per_group is None else Counter(per_group)
        self._used: Counter[int] = Counter()
        self._group_of: dict[int, str] = {}
        self._ways = self._found()

    def fill(self, links: Iterable[int]) -> Iterator[int]:
        """Those of the links, each in its turn, that may be taken beside those before, and are."""
        for link in links:
            if self.allow(link):
                self._use(link)
                yield link

    def allow(self, link: int) -> bool:
        """May the link be taken too? If not now, then never."""
        most = self._per_organisation
        if most is not None and any(self._used[end] >= most for end in self._ends(link)):
            return False
        return self._room is None or any(group in self._ways for group in self._options.groups[link])

    def group_of(self, link: int) -> str:
        """Whose work a link that was taken is, as things stand."""
        return self._group_of.get(link, "")

    def _use(self, link: int) -> None:
        self._used.update(self._ends(link))
        if self._room is None:
            return
        own = self._options.groups[link]
        group = next((one for one in own if self._room[one] > 0), "") or next(one for one in own if one in self._ways)
        while way := self._ways[group]:
            self._group_of[link] = group
            link, group = way
        self._group_of[link] = group
        self._room[group] -= 1
        self._ways = self._found()

    def _found(self) -> dict[str, tuple[int, str] | None]:
        """Groups that can have another link: None where there is room, else which one they hand on first, and to whom
        (augmenting paths)."""
        ways: dict[str, tuple[int, str] | None] = {
            group: None for group, room in (self._room or {}).items() if room > 0
        }
        grown = bool(ways)
        while grown:
            grown = False
            for link, group in self._group_of.items():
                to = None if group in ways else next((one for one in self._options.groups[link] if one in ways), None)
                if to is not None:
                    ways[group], grown = (link, to), True
        return ways

    def _ends(self, link: int) -> tuple[int, int]:
        return int(self._options.a[link]), int(self._options.b[link])


def options_of(
    a: Int64s,
    b: Int64s,
    success: Floats,
    worth: Floats,
    groups: Sequence[Sequence[str]],
    needs: Mapping[int, Mapping[str, float]],
) -> Options:
    """Options whose targets are the two organisations (``worth`` of the link to each, float64 [links]) and the needs
    that a link would meet (``needs``: by link, the worth of each)."""
    targets: list[dict[str, float]] = []
    for link, ends in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        met = {f"need {need}": own for need, own in needs.get(link, {}).items()}
        targets.append({f"organisation {end}": float(worth[link]) for end in ends} | met)
    return Options(np.asarray(a), np.asarray(b), np.asarray(success), targets, groups)
