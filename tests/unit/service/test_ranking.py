"""Rankings in the background."""

from __future__ import annotations

import time
from concurrent.futures import Future
from threading import Event

import pytest

from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import msg
from graphsvc.service import ranking
from graphsvc.service.ranking import Ranker, Ranking
from tests.unit.render.test_pictures import snapshot

EMPTY = snapshot([], 1)


def test_a_quick_ranking_is_given_at_once_and_made_once_for_a_version() -> None:
    ranker, asked = Ranker(), []
    for _ in range(2):
        found = ranker.latest("1", EMPTY, lambda s: asked.append(s) or ["best"])  # type: ignore[func-returns-value,list-item]
        assert found.suggestions == ["best"]
    assert asked == [EMPTY]
    ranker.close()


def test_nobody_waits_for_a_slow_one_and_then_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "PATIENCE", 0.01)
    ranker, go = Ranker(), Event()
    first = ranker.latest("1", EMPTY, lambda s: [go.wait(60)])  # type: ignore[list-item]
    assert (first.suggestions, first.made, ranker.done("1")) == ((), False, False)
    go.set()
    monkeypatch.setattr(ranking, "PATIENCE", 60.0)
    later = ranker.latest("1", EMPTY, lambda s: [])
    assert (later.suggestions, later.made, ranker.done("1"), ranker.done("2")) == ([True], True, True, False)
    ranker.close()


def test_who_comes_when_its_time_is_over_does_not_wait() -> None:
    waited: list[float | None] = []

    class Slow(Future[Ranking]):
        def result(self, timeout: float | None = None) -> Ranking:
            waited.append(timeout)
            raise TimeoutError

    ranker = Ranker()
    ranker._asked, ranker._since = ("1", Slow()), time.monotonic() - ranking.PATIENCE
    assert not ranker.latest("1", EMPTY, lambda s: []).made
    assert waited == [0]
    ranker.close()


def test_nothing_to_suggest_is_an_empty_ranking() -> None:
    ranker = Ranker()

    def nothing(_snapshot: object) -> list[object]:
        raise NothingToSuggestError(msg("Nothing fits these filters."))

    assert ranker.latest("1", EMPTY, nothing).suggestions == []  # type: ignore[arg-type]
    ranker.close()
