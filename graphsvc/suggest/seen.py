"""What pages have shown: a pair shown again and again since anybody decided about it, or ignored by somebody, sinks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graphsvc.i18n import Message, msg, nmsg
from graphsvc.model.suggested import Shown
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.memory import SHOWN_ENOUGH, looked_up, sinking
from graphsvc.suggest.pairs import pair_keys


class Seen:
    """How often pairs of a network's organisations (``ids``, by row) were shown."""

    def __init__(self, ids: Sequence[str] = (), shown: Sequence[Shown] = ()) -> None:
        rows = {id: row for row, id in enumerate(ids)} if shown else {}
        self._count = len(ids)
        there = (s for s in shown if s.a in rows and s.b in rows)
        self._shown = {self._key(*sorted((rows[s.a], rows[s.b]))): s for s in there}
        self._known = np.array(sorted(self._shown), np.int64)
        self._times = np.array([_times(self._shown[key]) for key in self._known.tolist()], np.int64)

    def _key(self, low: int, high: int) -> int:
        return low * self._count + high

    def factor(self, a: Int64s, b: Int64s) -> Floats:
        """What the score is multiplied by, float64 [pairs] in (0, 1]."""
        return sinking(looked_up(pair_keys(a, b, self._count), self._known, self._times))

    def against(self, a: int, b: int) -> tuple[Message, ...]:
        """What speaks against showing two once more, for people to read."""
        shown = self._shown.get(self._key(min(a, b), max(a, b)))
        if shown is None:
            return ()
        ignored = msg("Somebody chose to ignore this suggestion.") if shown.ignored else None
        often = nmsg(
            "It was shown on %(n)s day and nobody took it up.",
            "It was shown on %(n)s days and nobody took it up.",
            shown.passed,
        )
        return tuple(filter(None, (ignored, often if shown.passed >= SHOWN_ENOUGH else None)))


NOTHING_SEEN = Seen()


def _times(shown: Shown) -> int:
    """How often it counts as shown: to be ignored once is enough."""
    return shown.passed + SHOWN_ENOUGH * shown.ignored
