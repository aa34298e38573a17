"""Suggestions of a network that changes while it is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graphsvc.service.alone import Alone
from graphsvc.service.cache import Cache
from graphsvc.service.content import Content
from graphsvc.service.suggesting import Suggesting
from graphsvc.snapshot import Snapshot
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
        pass
    assert suggesting.standing().still is None
    suggesting.close()
