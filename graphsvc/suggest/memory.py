"""What became of earlier suggestions: refusals are kept to, what was ignored sinks, the much asked are spared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graphsvc.i18n import Day, Message, msg
from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.snapshot.filter import BEGINNING, date_of, days, rows
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.pairs import pair_keys

REFUSED, DEFERRED, DONE, TALKING = "ODR", "ODL", "PRZ", "ZAP"
UNDECIDED = ("NOW", "SPR")
"""Written down, or to be checked: nobody took it up yet."""
FAR, UNFIT, TIRED = "DAL", "ROZ", "OBC"
"""Reasons for a no that say something of other pairs too: too far, of kinds that don't fit, asked too often."""
TOLD = ("CZA", "ZAU", TIRED)
"""Reasons that only the two can give: no time, no wish, asked too often. Others may be what the animator thinks, unless
it is written down who talked with them."""
REST = 365
"""Days for which two that said no, or not now, are not suggested again where no day is named."""
SHOWN_ENOUGH = 3
"""Times that a suggestion may be shown and ignored before it sinks."""
SINK = 0.5
"""Factor of the score for each time more."""
PERIOD = 90
"""Days in which being asked counts as being asked again."""
ASKED_ENOUGH = 3
SPARE = 0.6
"""Factor for each time more within the period."""
REFUSALS_TO_LEARN = 3
"""Refusals of one kind before such pairs sink."""
SUPPORT_CENTRE = "support_centre"
COORDINATES = 0.2
"""Factor for pairs with a support centre: it brings others together, and works with everybody by its task."""
TOO_FAR = 0.5
"""Factor for pairs as far apart as those that were refused for that."""


@dataclass(frozen=True)
class Memory:
    """Outreach known before the day ``end``; rows of organisations."""

    attributes: Attributes
    end: int

    @property
    def network(self) -> Network:
        """Whose outreach it is."""
        return self.attributes.network

    @cached_property
    def _table(self) -> tuple[Int64s, Int64s, npt.NDArray[np.str_], npt.NDArray[np.str_], Int64s, Int64s]:
        t = self.network.outreach
        on, until = days(t["on"], BEGINNING), days(t["until"], BEGINNING)
        keep = on < self.end
        a, b = rows(t["a"])[keep].astype(np.int64), rows(t["b"])[keep].astype(np.int64)
        status, reason = (np.asarray(t[c].fill_null("").to_pylist(), dtype=str)[keep] for c in ("status", "reason"))
        day, rests = on[keep].astype(np.int64), until[keep].astype(np.int64)
        no = (rests == BEGINNING) & (day > BEGINNING) & np.isin(status, (REFUSED, DEFERRED))
        return np.minimum(a, b), np.maximum(a, b), status, reason, day, np.where(no, day + REST, rests)

    def allowed(self, a: Int64s, b: Int64s) -> npt.NDArray[np.bool_]:
        """bool [pairs]: False where the two said no (or later) and its day has not come, where they are being talked
        with, or work together since. Where no day is named, a refusal is for REST days from its own; for good if that
        is not known either."""
        low, high, status, _, _, until = self._table
        waits = np.isin(status, (REFUSED, DEFERRED, DONE))
        day_to_come = until >= self.end
        for_good = (until == BEGINNING) & (status != DEFERRED)
        barred = self._key(low, high)[waits & (day_to_come | for_good)]
        return ~(np.isin(self._key(a, b), barred) | self.talked_with(a, b))

    def talked_with(self, a: Int64s, b: Int64s) -> npt.NDArray[np.bool_]:
        """bool [pairs]: where a conversation began in the last PERIOD days and nothing was decided since."""
        low, high, status, _, on, _ = self._table
        newest = self._newest
        talking = newest[(status[newest] == TALKING) & (on[newest] >= self.end - PERIOD)]
        return np.isin(self._key(a, b), self._key(low[talking], high[talking]))

    @cached_property
    def _newest(self) -> Int64s:
        """The newest decision about each pair, of one day the one written last; int64 [pairs], ascending."""
        low, high, status, _, on, _ = self._table
        decided = np.flatnonzero(~np.isin(status, UNDECIDED))
        latest_first = decided[np.argsort(on[decided], kind="stable")][::-1]
        first = np.unique(self._key(low, high)[latest_first], return_index=True)[1]
        return np.sort(latest_first[first])

    def factor(self, a: Int64s, b: Int64s) -> Floats:
        """What the score is multiplied by, float64 [pairs] in (0, 1]: ignored suggestions, organisations asked too
        often, support centres, kinds and distances of pairs that were refused."""
        asked = np.maximum(self._asked_times[a], self._asked_times[b])
        factor: Floats = sinking(looked_up(self._key(a, b), *self._ignored))
        factor *= SPARE ** np.maximum(asked - ASKED_ENOUGH + 1, 0)
        factor[self._coordinates[a] | self._coordinates[b]] *= COORDINATES
        for (one, other), (refused, decided) in self._unfit.items():
            is_one, is_other = (np.array([k == kind for k in self.attributes.recorded_kinds]) for kind in (one, other))
            factor[(is_one[a] & is_other[b]) | (is_other[a] & is_one[b])] *= 1 - refused / (decided + 1)
        if np.isfinite(self.too_far):
            factor[self.attributes.apart(a, b) >= self.too_far] *= TOO_FAR
        return factor

    @cached_property
    def too_far(self) -> float:
        """Half of those who found each other too far apart were at least so many kilometres away, and so were half of
        those who work together now after a suggestion; infinite where too few said so, or where those are nearer than
        these."""
        low, high, status, reason, _, _ = self._table
        km = self.attributes.apart(low, high)
        far, near = (km[which & ~np.isnan(km)] for which in ((status == REFUSED) & (reason == FAR), status == DONE))
        if len(far) < REFUSALS_TO_LEARN:
            return np.inf
        least = float(max(np.median(far), np.median(near) if len(near) else 0))
        return least if least <= far.max() else np.inf

    @cached_property
    def asked(self) -> Mapping[int, int]:
        """How often each organisation was asked in the last PERIOD days; who said it is asked too often counts as
        asked ASKED_ENOUGH times."""
        low, high, _, _, on, _ = self._table
        recent = self._spoken & (on >= self.end - PERIOD)
        # a conversation that was begun and then declined is one
        pairs = np.unique(np.stack([low[recent], high[recent]]), axis=1)
        times = Counter(pairs.ravel().tolist())
        return times | {end: max(times[end], ASKED_ENOUGH) for end in self.tired}

    @cached_property
    def _spoken(self) -> npt.NDArray[np.bool_]:
        """In which decisions somebody spoke with the two, bool [decisions]."""
        _, _, status, reason, _, _ = self._table
        t = self.network.outreach
        talked = t["talked"].fill_null(False).to_numpy()[days(t["on"], BEGINNING) < self.end]
        told = np.isin(status, (REFUSED, DEFERRED)) & (np.isin(reason, TOLD) | talked)
        spoken: npt.NDArray[np.bool_] = told | np.isin(status, (TALKING, DONE))
        return spoken

    @cached_property
    def tired(self) -> frozenset[int]:
        """Who was in a conversation of the last PERIOD days that ended with “asked too often”."""
        low, high, _, reason, on, _ = self._table
        tired = self._spoken & (on >= self.end - PERIOD) & (reason == TIRED)
        return frozenset(np.concatenate([low[tired], high[tired]]).tolist())

    def spared(self, row: int) -> Message | None:
        """Why an organisation is spared, for people to read; None where it is not."""
        if self.asked.get(row, 0) < ASKED_ENOUGH:
            return None
        name = self._name(row)
        if row in self.tired:
            return msg("%(name)s, or the one it was to meet, said that they are asked too often.", name=name)
        return msg("%(name)s was asked %(n)s times in the last three months.", name=name, n=self.asked[row])

    def against(self, a: int, b: int) -> tuple[Message, ...]:
        """What the past says against asking the two, for people to read."""
        found = [said for said in (self.spared(a), self.spared(b)) if said]
        found += [
            msg("%(name)s is a support centre, which works with everybody by its task.", name=self._name(row))
            for row in (a, b)
            if self._coordinates[row]
        ]
        key = self._key(np.array([a]), np.array([b]))
        shown = int(looked_up(key, *self._ignored)[0])
        if shown >= SHOWN_ENOUGH:
            found.append(msg("This was suggested %(n)s times before and nobody took it up.", n=shown))
        found += self.decided(a, b)
        kinds = self.attributes.recorded_kinds
        if no := self._unfit.get(_pair(kinds[a], kinds[b])):
            found.append(
                msg(
                    "Of suggestions for such kinds of organisations %(no)s of %(all)s were declined as not fitting.",
                    no=no[0],
                    all=no[1],
                )
            )
        if self.attributes.apart(np.array([a]), np.array([b]))[0] >= self.too_far:
            found.append(msg("Pairs no farther apart than these were declined as too far."))
        return tuple(found)

    def decided(self, a: int, b: int) -> list[Message]:
        """What was decided about a pair, and until when it rests: to the last day that was named, as ``allowed``."""
        low, high, status, _, on, until = self._table
        own = self._key(low, high) == self._key(np.array([a]), np.array([b]))[0]
        found = [msg("This was declined before.")] if (status[own] == REFUSED).any() else []
        newest = self._newest[own[self._newest]]
        found += [
            msg("A conversation about it began on %(day)s.", day=_day(on[k]))
            for k in newest
            if status[k] == TALKING and on[k] > BEGINNING
        ]
        last = until[own & np.isin(status, (REFUSED, DEFERRED))].max(initial=BEGINNING)
        if last >= self.end:
            found.append(msg("It is not to be suggested before %(day)s.", day=_day(last)))
        return found

    def _name(self, row: int) -> str:
        name: str = self.network.organisations["name"][row].as_py()
        return name

    @cached_property
    def _coordinates(self) -> npt.NDArray[np.bool_]:
        return np.array([sector == SUPPORT_CENTRE for sector in self.attributes.sectors], bool)

    @cached_property
    def _asked_times(self) -> Floats:
        times = np.zeros(self.network.organisations.num_rows)
        for end, n in self.asked.items():
            times[end] = n
        return times

    @cached_property
    def _ignored(self) -> tuple[Int64s, Int64s]:
        """Keys of pairs, and how often each was suggested since something was decided about it."""
        low, high, status, _, on, _ = self._table
        keys, undecided = self._key(low, high), np.isin(status, UNDECIDED)
        decided = dict(zip(keys[self._newest].tolist(), on[self._newest].tolist(), strict=True))
        since = np.array([decided.get(key, BEGINNING - 1) for key in keys.tolist()], np.int64)
        return _counted(keys[undecided & (on > since)])

    @cached_property
    def _unfit(self) -> dict[tuple[str, str], tuple[int, int]]:
        """By pair of kinds: how many suggestions were refused as not fitting, of how many decided, if enough were."""
        low, high, status, reason, *_ = self._table
        refused: Counter[tuple[str, str]] = Counter()
        decided: Counter[tuple[str, str]] = Counter()
        kinds = self.attributes.recorded_kinds
        for k in np.flatnonzero(np.isin(status, (DONE, REFUSED))).tolist():
            pair = _pair(kinds[low[k]], kinds[high[k]])
            if "" in pair:
                continue
            decided[pair] += 1
            refused[pair] += int(status[k] == REFUSED and reason[k] == UNFIT)
        return {p: (n, decided[p]) for p, n in refused.items() if n >= REFUSALS_TO_LEARN}

    def _key(self, a: Int64s, b: Int64s) -> Int64s:
        return pair_keys(a, b, self.network.organisations.num_rows)


def rests_until(decided: date, named: date | None = None) -> date:
    """The day before which two that said no, or not now, are not suggested: the one named, else REST days on."""
    return named or decided + timedelta(days=REST)


def _day(number: int) -> Day:
    return Day(date_of(int(number)).isoformat())


def sinking(times: Int64s) -> Floats:
    """Factor for what was shown so many times and ignored, float64 in (0, 1]."""
    factor: Floats = SINK ** np.maximum(times - SHOWN_ENOUGH + 1, 0).astype(float)
    return factor


def looked_up(keys: Int64s, known: Int64s, counts: Int64s) -> Int64s:
    """The count of each key; ``known`` is sorted; 0 where it is not known."""
    if not len(known):
        return np.zeros(len(keys), np.int64)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[at] == keys, counts[at], 0)


def _counted(keys: Int64s) -> tuple[Int64s, Int64s]:
    known, counts = np.unique(keys, return_counts=True)
    return known, counts.astype(np.int64)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
