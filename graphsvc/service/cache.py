"""A few results kept, the least recently used dropped first; one thread computes a result, the others wait for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from math import inf
from threading import Lock
from time import monotonic
from typing import Any, Generic, TypeVar

from graphsvc.service.held import Held

T = TypeVar("T")
PART = 1 / 8
"""The share of what a cache may hold that is added before all of it is weighed again, and that results may hold beyond
it which share the rest with others used since: dropping them would set nothing free."""


class Cache:
    """Keeps ``size`` results by key. A computation that raises is not kept: the next caller tries again.

    ``most``: bytes that the results, their keys and all that these refer to may hold together, but for an eighth; the
    one that was asked for last stays whatever it holds.
    """

    def __init__(self, size: int, most: float = inf) -> None:
        self._size, self._most, self._added = size, most, 0.0
        self._kept: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The result kept under ``key``, computed when there is none."""
        with self._lock:
            future = self._kept.get(key)
            mine = future is None
            if future is None:
                future = self._kept[key] = Future()
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        if mine:
            self._fill(key, future, compute)
        result: T = future.result()
        return result

    def _fill(self, key: Hashable, future: Future[Any], compute: Callable[[], object]) -> None:
        try:
            future.set_result(compute())
        except BaseException as exc:
            with self._lock:
                self._kept.pop(key, None)
            future.set_exception(exc)
        else:
            if self._most < inf:
                self._weigh((key, future))

    def _weigh(self, fresh: object) -> None:
        """Drop what was used longest ago of what together holds too much. Also what has grown since is seen then."""
        own = Held()
        own.add(fresh)
        self._added += own.bytes
        if self._added < self._most * PART:
            return
        with self._lock:
            self._added = 0.0
            kept = [entry for entry in reversed(self._kept.items()) if entry[1].done()]
        held, spare = Held(), self._most * PART
        for number, entry in enumerate(kept):
            before = held.bytes
            held.add(entry)
            more = held.bytes - before
            if not number or held.bytes <= self._most:
                continue
            if more <= spare:
                spare -= more
                continue
            with self._lock:
                self._kept.pop(entry[0], None)


class Fresh(Generic[T]):
    """One value, read again when it is older than ``seconds``."""

    def __init__(self, read: Callable[[], T], seconds: float = 5) -> None:
        self._read = read
        self._seconds = seconds
        self._kept: tuple[float, T] | None = None

    def get(self) -> T:
        """The value."""
        now, kept = monotonic(), self._kept
        if kept is None or now - kept[0] > self._seconds:
            kept = self._kept = (now, self._read())
        return kept[1]

    def drop(self) -> None:
        """Read it again the next time."""
        self._kept = None
