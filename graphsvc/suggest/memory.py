"""What became of earlier suggestions: refusals are kept to, what was ignored sinks, the much asked are spared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graphsvc.i18n import Message, msg
from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.snapshot.filter import BEGINNING, days, rows

REFUSED, DEFERRED, SHOWN, DONE = "ODR", "ODL", ("NOW", "SPR"), "PRZ"
ASKED = ("ZAP", "SPR", "PRZ", "ODR")
"""Statuses in which somebody spoke with the two."""
TALKING = "ZAP"
FAR, UNFIT, TIRED = "DAL", "ROZ", "OBC"
"""Reasons for a no that say something of other pairs too: too far, of kinds that don't fit, asked too often."""
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
TOO_FAR = 0.5
"""Factor for pairs as far apart as those that were refused for that."""
Apart = Callable[[Int64s, Int64s], Floats]
"""Kilometres between the two of each pair, NaN where not known."""


@dataclass(frozen=True)
class Memory:
    """Outreach known before the day ``end``; rows of organisations."""

    network: Network
    end: int

    @cached_property
    def _table(self) -> tuple[Int64s, Int64s, npt.NDArray[np.str_], npt.NDArray[np.str_], Int64s, Int64s]:
        t = self.network.outreach
        on, until = days(t["on"], BEGINNING), days(t["until"], BEGINNING)
        keep = on < self.end
        a, b = rows(t["a"])[keep].astype(np.int64), rows(t["b"])[keep].astype(np.int64)
        status, reason = (np.asarray(t[c].fill_null("").to_pylist(), dtype=str)[keep] for c in ("status", "reason"))
        return (
            np.minimum(a, b),
            np.maximum(a, b),
            status,
            reason,
            on[keep].astype(np.int64),
            until[keep].astype(np.int64),
        )

    def allowed(self, a: Int64s, b: Int64s) -> npt.NDArray[np.bool_]:
        """bool [pairs]: False where the two said no (or later) and its day has not come, where they are being talked
        with, or work together since; a refusal without a day is for good."""
        low, high, status, _, on, until = self._table
        waits = np.isin(status, (REFUSED, DEFERRED, DONE))
        day_to_come = until >= self.end
        for_good = (until == BEGINNING) & (status != DEFERRED)
        talking = (status == TALKING) & (on >= self.end - PERIOD)
        barred = (waits & (day_to_come | for_good)) | talking
        return ~np.isin(self._key(a, b), self._key(low, high)[barred])

    def factor(self, a: Int64s, b: Int64s, kinds: Sequence[str], apart: Apart | None = None) -> Floats:
        """What the score is multiplied by, float64 [pairs] in (0, 1]: ignored suggestions, organisations asked too
        often, kinds and distances of pairs that were refused. ``kinds``: by organisation; ``apart``: kilometres."""
        asked = np.maximum(self._asked_times[a], self._asked_times[b])
        factor: Floats = sinking(looked_up(self._key(a, b), *self._ignored))
        factor *= SPARE ** np.maximum(asked - ASKED_ENOUGH + 1, 0)
        for (one, other), share in self._learnt(kinds).items():
            is_one, is_other = (np.array([k == kind for k in kinds]) for kind in (one, other))
            factor[(is_one[a] & is_other[b]) | (is_other[a] & is_one[b])] *= share
        return factor if apart is None else factor * np.where(apart(a, b) >= self._too_far(apart), TOO_FAR, 1.0)

    def _too_far(self, apart: Apart) -> float:
        """Half of those who found each other too far apart were at least so many kilometres away."""
        low, high, status, reason, _, _ = self._table
        far = (status == REFUSED) & (reason == FAR)
        km = apart(low[far], high[far])
        known = km[~np.isnan(km)]
        return float(np.median(known)) if len(known) >= REFUSALS_TO_LEARN else np.inf

    @cached_property
    def asked(self) -> Mapping[int, int]:
        """How often each organisation was asked in the last PERIOD days; who said it is asked too often counts as
        asked ASKED_ENOUGH times."""
        low, high, status, reason, on, _ = self._table
        recent = np.isin(status, ASKED) & (on >= self.end - PERIOD)
        times = Counter(np.concatenate([low[recent], high[recent]]).tolist())
        tired = recent & (reason == TIRED)
        return times | {
            end: max(times[end], ASKED_ENOUGH) for end in np.concatenate([low[tired], high[tired]]).tolist()
        }

    def against(self, a: int, b: int) -> tuple[Message, ...]:
        """What the past says against asking the two, for people to read."""
        found = []
        for end in (a, b):
            if self.asked.get(end, 0) >= ASKED_ENOUGH:
                name = self.network.organisations["name"][end].as_py()
                found.append(
                    msg("%(name)s was asked %(n)s times in the last three months.", name=name, n=self.asked[end])
                )
        key = self._key(np.array([a]), np.array([b]))
        shown = int(looked_up(key, *self._ignored)[0])
        if shown >= SHOWN_ENOUGH:
            found.append(msg("This was suggested %(n)s times before and nobody took it up.", n=shown))
        low, high, status, *_ = self._table
        if bool(np.isin(key, self._key(low, high)[status == REFUSED])[0]):
            found.append(msg("They were asked before and said no."))
        return tuple(found)

    @cached_property
    def _asked_times(self) -> Floats:
        times = np.zeros(self.network.organisations.num_rows)
        for end, n in self.asked.items():
            times[end] = n
        return times

    @cached_property
    def _ignored(self) -> tuple[Int64s, Int64s]:
        low, high, status, *_ = self._table
        return _counted(self._key(low, high)[np.isin(status, SHOWN)])

    def _learnt(self, kinds: Sequence[str]) -> dict[tuple[str, str], float]:
        """By pair of kinds: share of decided suggestions that were not refused, where enough were."""
        low, high, status, reason, *_ = self._table
        refused: Counter[tuple[str, str]] = Counter()
        decided: Counter[tuple[str, str]] = Counter()
        tells = (status == DONE) | ((status == REFUSED) & np.isin(reason, ("", UNFIT)))
        for k in np.flatnonzero(tells).tolist():
            pair = _pair(kinds[low[k]], kinds[high[k]])
            decided[pair] += 1
            refused[pair] += int(status[k] == REFUSED)
        return {p: 1 - n / (decided[p] + 1) for p, n in refused.items() if n >= REFUSALS_TO_LEARN}

    def _key(self, a: Int64s, b: Int64s) -> Int64s:
        key: Int64s = np.minimum(a, b) * self.network.organisations.num_rows + np.maximum(a, b)
        return key


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
