from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from graphsvc.service.cache import Cache, Fresh


def test_computes_once_and_drops_the_least_recently_used():
    cache, calls = Cache(2), []

    def get(key: str) -> str:
        return cache.get(key, lambda: calls.append(key) or key.upper())

    assert [get(k) for k in "aabacb"] == ["A", "A", "B", "A", "C", "B"]
    assert calls == ["a", "b", "c", "b"]  # c pushed out b, which had been used before a


def test_a_failure_is_told_and_not_kept():
    cache = Cache(2)

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        cache.get("a", fail)
    assert cache.get("a", lambda: "yes") == "yes"


def test_a_second_thread_waits_for_the_first():
    cache, started, go, calls = Cache(2), Event(), Event(), []

    def slow() -> int:
        calls.append(1)
        started.set()
        go.wait(5)
        return 7

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get, "a", slow)
        started.wait(5)
        second = pool.submit(cache.get, "a", slow)
        go.set()
        assert (first.result(), second.result(), len(calls)) == (7, 7, 1)


def test_a_value_is_read_again_when_it_is_old_or_was_dropped() -> None:
    asked: list[int] = []

    def read() -> int:
        asked.append(0)
        return len(asked)

    lasting, passing = Fresh(read, seconds=1e9), Fresh(read, seconds=-1)
    assert [lasting.get(), lasting.get()] == [1, 1]
    lasting.drop()
    assert lasting.get() == 2
    assert [passing.get(), passing.get()] == [3, 4]
