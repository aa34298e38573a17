"""The best suggestions of the whole network, worked out in the background: a page never waits long for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from graphsvc.errors import NothingToSuggestError
from graphsvc.model.network import Network
from graphsvc.service.aside import EndedError
from graphsvc.snapshot import Snapshot
from graphsvc.suggest import Engine
from graphsvc.suggest.board import Board
from graphsvc.suggest.model import Model
from graphsvc.suggest.ranking import Links

PATIENCE = 2.0
"""Seconds from the beginning of a ranking for which pages wait for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """What takes long of a ranking: every link, and the links with all parts of their value."""

    links: Links
    board: Board


def work_out(network: Network, as_of: date | None, model: Model) -> Worked | None:
    """Of a network; None where there is nothing to suggest. Runs in a process of its own."""
    with suppress(NothingToSuggestError):
        engine = Engine(network, as_of, model=model)
        return Worked(engine.links, Board.of(engine))
    return None


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Ranking:
    """What suggestions of ``snapshot`` are chosen from. ``made``: False while the first is worked out.

    engine, board : None where there was nothing to suggest
    """

    snapshot: Snapshot
    seconds: float = 0.0
    made: bool = True
    engine: Engine | None = None
    board: Board | None = None


class Ranker:
    """Ranks whenever the network has changed; until that is done it gives the last ranking."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="rank")
        self._lock = Lock()
        self._asked: tuple[Hashable, Future[Ranking]] | None = None
        self._since = 0.0
        self._latest: Ranking | None = None

    def latest(self, version: Hashable, snapshot: Snapshot, rank: Callable[[Snapshot], Ranking]) -> Ranking:
        """The ranking of the network of ``version``, or an earlier one; nothing while the first takes its time."""
        with self._lock:
            if self._asked is None or self._asked[0] != version or _failed(self._asked[1]):
                if self._asked:
                    self._asked[1].cancel()  # it has not begun: nobody wants it any more
                self._asked = (version, self._pool.submit(self._rank, snapshot, rank))
                self._since = time.monotonic()
            before = self._latest = self._latest or Ranking(snapshot, made=False)
            future, left = self._asked[1], self._since + PATIENCE - time.monotonic()
        with suppress(TimeoutError, CancelledError, EndedError):
            return future.result(max(left, 0) if before.seconds < PATIENCE else 0)
        return self._latest

    def done(self, version: Hashable) -> bool:
        """Whether the network of ``version``, the one asked about last, is ranked."""
        asked = self._asked
        return asked is not None and asked[0] == version and asked[1].done() and not _failed(asked[1])

    def close(self) -> None:
        """Do not rank what has not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _rank(self, snapshot: Snapshot, rank: Callable[[Snapshot], Ranking]) -> Ranking:
        began, found = time.monotonic(), Ranking(snapshot)
        with suppress(NothingToSuggestError):
            found = rank(snapshot)
        with self._lock:  # ``latest`` may just be reading it, to write it back
            self._latest = replace(found, seconds=time.monotonic() - began)
            return self._latest


def _failed(future: Future[Ranking]) -> bool:
    """Whether it ended without a ranking: then the next who comes begins it anew."""
    return future.done() and not future.cancelled() and future.exception() is not None
