"""Suggestions of a network that changes while it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from graphsvc.service import learning, suggesting
from graphsvc.service.alone import Alone
from graphsvc.service.cache import Cache
from graphsvc.service.content import Content
from graphsvc.service.suggesting import Suggesting, work_out
from graphsvc.snapshot import Snapshot
from graphsvc.suggest.prior import prior_model
from tests.unit.suggest.conftest import make

DAY = date(2020, 1, 1)


class Changing:
    """Somebody writes just when the network has been read for the first time."""

    def __init__(self) -> None:
        self.now, self.later = (Alone(make([(DAY, (0, k)), (DAY, (2, 3))], 5)) for k in (1, 4))

    def content(self) -> Content:
        return self.now.content()

    def snapshot(self) -> Snapshot:
        found, self.now = self.now.snapshot(), self.later
        return found


def test_a_network_written_while_it_is_asked_for_is_ranked_the_next_time(tmp_path: Path) -> None:
    core = Changing()
    suggesting = Suggesting(core, tmp_path, Cache(32))
    suggesting.ranked()
    while not suggesting.worked_out():
        sleep(0.01)
    assert suggesting.standing().still is None
    suggesting.close()


def test_it_is_learning_until_what_was_learnt_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt, ranked = Event(), Event()

    def learn(_network: object) -> object:
        learnt.wait(30)
        return replace(prior_model(), prior=False)

    def slowly(*asked: object) -> object:
        ranked.wait(30)
        return work_out(*asked)

    monkeypatch.setattr(learning, "learn", learn)
    made = Suggesting(Alone(make([(DAY, (0, 1)), (DAY, (2, 3))], 5)), tmp_path, Cache(32))
    while not made.worked_out():
        sleep(0.01)
    assert made.learning()
    monkeypatch.setattr(suggesting, "work_out", slowly)
    learnt.set()
    made.learn(lambda: None)
    assert made.learning()
    ranked.set()
    while not made.worked_out():
        sleep(0.01)
    assert not made.learning()
    made.close()


def test_an_engine_is_of_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The meeting of tomorrow counts tomorrow."""

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return tomorrow

    tomorrow = date.today() + timedelta(days=1)
    more = {
        "meetings": [{"id": "m", "held_on": tomorrow}],
        "attendances": [{"organisation": who, "meeting": 0} for who in (0, 2)],
    }
    core = Alone(make([(DAY, (0, 1)), (DAY, (2, 3))], 5, **more))
    made = Suggesting(core, tmp_path, Cache(32))

    def met() -> bool:
        return any(reason.meetings for reason in made.engine(core.snapshot()).explainer.because(0, 2))

    assert not met()
    assert made.engine(core.snapshot()) is made.engine(core.snapshot())
    for module in ("graphsvc.service.suggesting", "graphsvc.suggest.engine"):
        monkeypatch.setattr(f"{module}.date", Tomorrow)
    assert met()
    made.close()
