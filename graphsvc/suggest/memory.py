"""What became of earlier suggestions: refusals are kept to, what was ignored sinks, the much asked are spared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graphsvc.i18n import Message, msg
from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.snapshot.filter import BEGINNING, days, rows
from graphsvc.suggest.history import NEVER

REFUSED, DEFERRED, SHOWN, DONE = "ODR", "ODL", ("NOW", "SPR"), "PRZ"
ASKED = ("ZAP", "SPR", "PRZ", "ODR")
"""Statuses in which somebody spoke with the two."""
SHOWN_ENOUGH = 3
"""Times that a suggestion may be shown and ignored before it sinks."""
SINK = 0.5
"""Factor of the likelihood for each time more."""
PERIOD = 90
"""Days in which being asked counts as being asked again."""
ASKED_ENOUGH = 3
SPARE = 0.6
"""Factor for each time more within the period."""
REFUSALS_TO_LEARN = 3
"""Refusals of one kind of pair before such pairs sink."""


@dataclass(frozen=True)
class Memory:
    """Outreach known before the day ``end``; rows of organisations."""

    network: Network
    end: int

    @cached_property
    def _table(self) -> tuple[Int64s, Int64s, list[str], list[str], Int64s, Int64s]:
        t = self.network.outreach
        on, until = days(t["on"], BEGINNING), days(t["until"], BEGINNING)
        keep = on < self.end
        a, b = rows(t["a"])[keep].astype(np.int64), rows(t["b"])[keep].astype(np.int64)
        status = [s or "" for s, k in zip(t["status"].to_pylist(), keep, strict=True) if k]
        reason = [s or "" for s, k in zip(t["reason"].to_pylist(), keep, strict=True) if k]
        return (
            np.minimum(a, b),
            np.maximum(a, b),
            status,
            reason,
            on[keep].astype(np.int64),
            until[keep].astype(np.int64),
        )

    def allowed(self, a: Int64s, b: Int64s) -> npt.NDArray[np.bool_]:
        """bool [pairs]: False where the two said no (or later) and its day has not come; a refusal without a day
        is for good."""
        low, high, status, _, _, until = self._table
        n = self.network.organisations.num_rows
        barred = [
            int(x) * n + int(y)
            for x, y, s, day in zip(low, high, status, until, strict=True)
            if s in (REFUSED, DEFERRED, DONE) and (day >= min(self.end, NEVER) or (day == BEGINNING and s != DEFERRED))
        ]
        return ~np.isin(np.minimum(a, b) * n + np.maximum(a, b), barred)

    def factor(self, a: Int64s, b: Int64s, kinds: list[str]) -> Floats:
        """What the likelihood is multiplied by, float64 [pairs] in (0, 1]: ignored suggestions, organisations asked
        too often, kinds of pairs that were refused. ``kinds``: by organisation."""
        ignored = np.array([self._ignored.get((min(p), max(p)), 0) for p in self._ends(a, b)], dtype=float)
        asked = np.array([max(self.asked.get(x, 0), self.asked.get(y, 0)) for x, y in self._ends(a, b)], dtype=float)
        factor: Floats = SINK ** np.maximum(ignored - SHOWN_ENOUGH + 1, 0) * SPARE ** np.maximum(
            asked - ASKED_ENOUGH + 1, 0
        )
        learnt = self._learnt(kinds)
        if learnt:
            factor *= np.array([learnt.get(_pair(kinds[x], kinds[y]), 1.0) for x, y in self._ends(a, b)])
        return factor

    @cached_property
    def asked(self) -> Mapping[int, int]:
        """How often each organisation was asked in the last PERIOD days."""
        low, high, status, _, on, _ = self._table
        recent = [k for k, s in enumerate(status) if s in ASKED and on[k] >= self.end - PERIOD]
        return Counter(int(end) for k in recent for end in (low[k], high[k]))

    def against(self, a: int, b: int) -> tuple[Message, ...]:
        """What the past says against asking the two, for people to read."""
        found = []
        for end in (a, b):
            if self.asked.get(end, 0) >= ASKED_ENOUGH:
                name = self.network.organisations["name"][end].as_py()
                found.append(
                    msg("%(name)s was asked %(n)s times in the last three months.", name=name, n=self.asked[end])
                )
        shown = self._ignored.get((min(a, b), max(a, b)), 0)
        if shown >= SHOWN_ENOUGH:
            found.append(msg("This was suggested %(n)s times before and nobody took it up.", n=shown))
        return (*found, *self._refusals(a, b))

    def _refusals(self, a: int, b: int) -> list[Message]:
        low, high, status, reason, _, _ = self._table
        same = (low == min(a, b)) & (high == max(a, b))
        why = [reason[k] for k in np.flatnonzero(same) if status[k] == REFUSED and reason[k]]
        return [msg("It was refused before: %(reason)s.", reason=text.rstrip(".")) for text in why]

    @cached_property
    def _ignored(self) -> Mapping[tuple[int, int], int]:
        low, high, status, *_ = self._table
        return Counter((int(low[k]), int(high[k])) for k, s in enumerate(status) if s in SHOWN)

    def _learnt(self, kinds: list[str]) -> dict[tuple[str, str], float]:
        """By pair of kinds: share of decided suggestions that were not refused, where enough were."""
        low, high, status, *_ = self._table
        refused: Counter[tuple[str, str]] = Counter()
        decided: Counter[tuple[str, str]] = Counter()
        for x, y, s in zip(low.tolist(), high.tolist(), status, strict=True):
            if s in (REFUSED, DONE):
                pair = _pair(kinds[x], kinds[y])
                decided[pair] += 1
                refused[pair] += s == REFUSED
        return {p: 1 - n / (decided[p] + 1) for p, n in refused.items() if n >= REFUSALS_TO_LEARN}

    def _ends(self, a: Int64s, b: Int64s) -> list[tuple[int, int]]:
        return list(zip(a.tolist(), b.tolist(), strict=True))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
