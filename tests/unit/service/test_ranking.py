"""Rankings in the background."""

from __future__ import annotations

import time
from concurrent.futures import Future
from threading import Event
from typing import Any

import pytest

from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import msg
from graphsvc.service import ranking
from graphsvc.service.aside import EndedError
from graphsvc.service.ranking import Ranker, Ranking
from graphsvc.snapshot import Snapshot
from tests.unit.render.test_pictures import snapshot

EMPTY = snapshot([], 1)
BEST: Any = "what makes the best"


def test_a_quick_ranking_is_given_at_once_and_made_once_for_a_version() -> None:
    ranker, asked = Ranker(), []
    for _ in range(2):
        found = ranker.latest("1", EMPTY, lambda s: asked.append(s) or Ranking(s, engine=BEST))  # type: ignore[func-returns-value]
        assert found.engine is BEST
    assert asked == [EMPTY]
    ranker.close()


def test_nobody_waits_for_a_slow_one_and_then_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "PATIENCE", 0.01)
    ranker, go = Ranker(), Event()
    first = ranker.latest("1", EMPTY, lambda s: Ranking(s, engine=BEST if go.wait(60) else None))
    assert (first.engine, first.made, ranker.done("1")) == (None, False, False)
    go.set()
    monkeypatch.setattr(ranking, "PATIENCE", 60.0)
    later = ranker.latest("1", EMPTY, lambda s: Ranking(s))
    assert (later.engine, later.made, ranker.done("1"), ranker.done("2")) == (BEST, True, True, False)
    ranker.close()


def test_who_comes_when_its_time_is_over_does_not_wait() -> None:
    waited: list[float | None] = []

    class Slow(Future[Ranking]):
        def result(self, timeout: float | None = None) -> Ranking:
            waited.append(timeout)
            raise TimeoutError

    ranker = Ranker()
    ranker._asked, ranker._since = ("1", Slow()), time.monotonic() - ranking.PATIENCE
    assert not ranker.latest("1", EMPTY, lambda s: Ranking(s)).made
    assert waited == [0]
    ranker.close()


def test_nothing_to_suggest_is_an_empty_ranking() -> None:
    ranker = Ranker()

    def nothing(_snapshot: object) -> Ranking:
        raise NothingToSuggestError(msg("Nothing fits these filters."))

    assert ranker.latest("1", EMPTY, nothing).engine is None
    ranker.close()


def test_what_ended_before_its_time_is_asked_for_again() -> None:
    ranker, tries = Ranker(), []

    def ended_at_first(s: Snapshot) -> Ranking:
        tries.append(s)
        if len(tries) == 1:
            raise EndedError
        return Ranking(s, engine=BEST)

    assert not ranker.latest("1", EMPTY, ended_at_first).made
    assert not ranker.done("1")
    assert ranker.latest("1", EMPTY, ended_at_first).engine is BEST
    ranker.close()


def test_of_a_burst_of_changes_only_the_last_is_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "PATIENCE", 0.01)
    ranker, go, ranked = Ranker(), Event(), []

    def rank(s: Snapshot) -> Ranking:
        go.wait(60)
        ranked.append(s)
        return Ranking(s)

    states = [snapshot([], 1) for _ in range(3)]
    for n, state in enumerate(states):
        ranker.latest(n, state, rank)
    go.set()
    monkeypatch.setattr(ranking, "PATIENCE", 60.0)
    ranker.latest(2, states[2], rank)
    assert ranked == [states[0], states[2]]
    ranker.close()
