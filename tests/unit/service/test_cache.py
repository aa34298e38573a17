from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from graphsvc.service.cache import Cache, Fresh
from graphsvc.service.held import Held


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


def test_results_hold_no_more_than_asked_for_and_the_longest_unused_go():
    cache, size = Cache(100, most=10_000_000), 1_000_000
    for number in range(20):
        cache.get(number, lambda: np.zeros(size, np.int8))
        cache.get(0, lambda: None)  # used again and again
        held = Held()
        held.add(cache)
        assert held.bytes < 10_000_000 * (1 + 1 / 8) + 2 * size
    assert cache.get(0, lambda: None) is not None
    assert [n for n in range(1, 20) if cache.get(n, lambda: None) is not None] == list(range(11, 20))


def test_what_has_grown_since_it_was_kept_is_seen():
    cache, grown = Cache(100, most=10_000_000), []
    cache.get("grows", lambda: grown)
    grown.append(np.zeros(30_000_000, np.int8))
    for number in range(2):
        cache.get(number, lambda: np.zeros(1_000_000, np.int8))
    assert cache.get("grows", lambda: None) is None


def test_what_a_later_result_holds_anyway_is_kept():
    cache, most = Cache(100, most=10_000), np.zeros(5_000)
    cache.get("other", lambda: np.zeros(5_000))
    cache.get("engine", lambda: [most])
    cache.get("board", lambda: (most, "of the engine"))
    assert cache.get("engine", lambda: None) is not None
    assert cache.get("other", lambda: None) is None


def test_one_result_too_large_is_kept_while_it_is_the_latest():
    cache = Cache(100, most=1_000)
    assert cache.get("a", lambda: np.zeros(5_000)) is cache.get("a", lambda: None)
    cache.get("b", lambda: np.zeros(5_000))
    assert cache.get("a", lambda: None) is None
