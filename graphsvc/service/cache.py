"""A few results kept, the least recently used dropped first; one thread computes a result, the others wait for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from time import monotonic
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Cache:
    """Keeps ``size`` results by key. A computation that raises is not kept: the next caller tries again."""

    def __init__(self, size: int) -> None:
        self._size = size
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
