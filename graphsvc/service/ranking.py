"""The best suggestions of the whole network, worked out in the background: a page never waits long for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from graphsvc.errors import NothingToSuggestError
from graphsvc.snapshot import Snapshot
from graphsvc.suggest import Suggestion

PATIENCE = 2.0
"""Seconds from the beginning of a ranking for which pages wait for it."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Ranking:
    """Suggestions, best first; their ends are rows of ``snapshot``. ``made``: False while the first is worked out."""

    snapshot: Snapshot
    suggestions: Sequence[Suggestion]
    seconds: float = 0.0
    made: bool = True


class Ranker:
    """Ranks whenever the network has changed; until that is done it gives the last ranking."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="rank")
        self._lock = Lock()
        self._asked: tuple[str, Future[Ranking]] | None = None
        self._since = 0.0
        self._latest: Ranking | None = None

    def latest(self, version: str, snapshot: Snapshot, rank: Callable[[Snapshot], Sequence[Suggestion]]) -> Ranking:
        """The ranking of the network of ``version``, or an earlier one; nothing while the first takes its time."""
        with self._lock:
            if self._asked is None or self._asked[0] != version:
                self._asked = (version, self._pool.submit(self._rank, snapshot, rank))
                self._since = time.monotonic()
            before = self._latest = self._latest or Ranking(snapshot, (), made=False)
            future, left = self._asked[1], self._since + PATIENCE - time.monotonic()
        with suppress(TimeoutError):
            return future.result(max(left, 0) if before.seconds < PATIENCE else 0)
        return self._latest

    def done(self, version: str) -> bool:
        """Whether the network of ``version``, the one asked about last, is ranked."""
        asked = self._asked
        return asked is not None and asked[0] == version and asked[1].done()

    def close(self) -> None:
        """Do not rank what has not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _rank(self, snapshot: Snapshot, rank: Callable[[Snapshot], Sequence[Suggestion]]) -> Ranking:
        began, found = time.monotonic(), list[Suggestion]()
        with suppress(NothingToSuggestError):
            found.extend(rank(snapshot))
        self._latest = Ranking(snapshot, found, time.monotonic() - began)
        return self._latest
