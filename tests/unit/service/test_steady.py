"""One state of the database for as long as a page is made."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from graphsvc.service.steady import KnownSuggestions, Steady
from graphsvc.store.driver import Store
from graphsvc.store.suggestions import Suggestions


def steady() -> Steady:
    numbers = count(1)
    return Steady(lambda: str(next(numbers)))


def test_within_held_the_version_is_asked_for_once() -> None:
    asked = steady()
    with asked.held():
        assert [asked.version(), asked.version()] == ["1", "1"]
    with asked.held():
        assert asked.version() == "2"
    assert [asked.version(), asked.version()] == ["3", "4"]


def test_within_held_all_is_of_the_state_first_seen() -> None:
    asked, read = steady(), count(1)
    with asked.held():
        assert [asked.once("network", lambda: next(read)) for _ in range(3)] == [1, 1, 1]
    assert [asked.once("network", lambda: next(read)) for _ in range(2)] == [2, 3]


def test_another_thread_is_not_held() -> None:
    asked, seen = steady(), list[str]()
    with asked.held():
        assert asked.version() == "1"
        other = threading.Thread(target=lambda: seen.extend((asked.version(), asked.version())))
        other.start()
        other.join()
        assert asked.version() == "1"
    assert seen == ["2", "3"]


def test_an_error_within_lets_go() -> None:
    asked = steady()
    try:
        with asked.held():
            asked.version()
            raise ValueError
    except ValueError:
        pass
    assert asked.version() == "2"


def test_what_was_shown_is_read_again_only_when_the_database_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    versions, readings = iter("1122"), count(1)
    monkeypatch.setattr(Suggestions, "shown", lambda _self: [next(readings)])
    kept = KnownSuggestions(Store.__new__(Store), lambda: next(versions))
    assert [kept.shown() for _ in range(4)] == [[1], [1], [2], [2]]
