"""Rankings in the background."""

from __future__ import annotations

from threading import Event

import pytest

from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import msg
from graphsvc.service import ranking
from graphsvc.service.ranking import Ranker
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
    assert ranker.latest("1", EMPTY, lambda s: [go.wait(60)]).suggestions == ()  # type: ignore[list-item]
    go.set()
    monkeypatch.setattr(ranking, "PATIENCE", 60.0)
    assert ranker.latest("1", EMPTY, lambda s: []).suggestions == [True]
    ranker.close()


def test_nothing_to_suggest_is_an_empty_ranking() -> None:
    ranker = Ranker()

    def nothing(_snapshot: object) -> list[object]:
        raise NothingToSuggestError(msg("Nothing fits these filters."))

    assert ranker.latest("1", EMPTY, nothing).suggestions == []  # type: ignore[arg-type]
    ranker.close()
