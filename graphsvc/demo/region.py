"""The made-up region: about 440 invented organisations on 41 real gminas, with six years of history.

The same seed gives the same records, always. No person or organisation in it is real.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random

from graphsvc.demo.asked import Asked
from graphsvc.demo.history import History
from graphsvc.demo.organisations import Maker
from graphsvc.demo.places import Places
from graphsvc.demo.work import Work
from graphsvc.demo.world import UNTIL, World
from graphsvc.model.base import Record
from graphsvc.model.poland import service_areas

SEED = 2026


@cache
def _records(seed: int, until: date) -> tuple[Record, ...]:
    world = World(Random(seed), seed, until)  # noqa: S311 no secret is made of it
    Maker(world).make()
    history = History(world)
    history.run()
    places = Places(world)
    before = [*service_areas(), *places.make(), *world.partnerships]
    work = list(Work(world, places).make())
    return (*before, *history.events, *world.meetings, *work, *Asked(world).make())


def region_records(seed: int = SEED, until: date = UNTIL) -> Iterator[Record]:
    """All records of the region as of ``until``: areas, territories, organisations, partnerships and all the work."""
    return iter(_records(seed, until))
