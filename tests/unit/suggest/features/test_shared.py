"""Needs, meetings, founders and texts by hand, and nothing of them from later."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features.columns import Pairs
from graphsvc.suggest.features.shared import shared_columns
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from tests.unit.suggest.conftest import make

SPLIT = date(2012, 1, 1)
BEFORE, AFTER = date(2011, 1, 1), date(2013, 1, 1)


def values(i: int, j: int, **more: Any) -> dict[str, float]:
    network = make([(date(2010, 1, 1), (0, 1)), (date(2010, 1, 1), (1, 2))], 4, **more)
    columns = shared_columns(Ground(History.of(network).until(day(SPLIT)), Attributes(network)))
    return {name: float(column(Pairs(np.array([i]), np.array([j])))[0]) for name, column in columns.items()}


def test_all_are_zero_where_nothing_of_the_kind_is_kept() -> None:
    assert set(values(0, 2).values()) == {0.0}


def test_an_open_need_meets_an_offer() -> None:
    need = {"organisation": 0, "area": "U-OPI", "level": 3.0, "since": BEFORE}
    offer = {"organisation": 2, "area": "U-OPI", "since": BEFORE}
    found = values(0, 2, needs=[need], offers=[offer])
    assert found["needs_of_i"] == pytest.approx(np.log1p(3))
    assert found["needs_of_j"] == 0.0
    assert values(2, 0, needs=[need], offers=[offer])["needs_of_j"] == pytest.approx(np.log1p(3))


@pytest.mark.parametrize("need", [{"since": AFTER}, {"since": BEFORE, "met_on": BEFORE}], ids=["later", "met"])
def test_a_need_that_is_not_open_on_the_day_does_not_count(need: dict[str, date]) -> None:
    found = values(
        0,
        2,
        needs=[{"organisation": 0, "area": "U-OPI", "level": 3.0, **need}],
        offers=[{"organisation": 2, "area": "U-OPI", "since": BEFORE}],
    )
    assert found["needs_of_i"] == 0.0


def test_meetings_held_before_the_day_count() -> None:
    meetings = [{"id": "m0", "held_on": BEFORE}, {"id": "m1", "held_on": AFTER}]
    both = [{"organisation": who, "meeting": m} for who in (0, 2) for m in (0, 1)]
    assert values(0, 2, meetings=meetings, attendances=both)["meetings"] == pytest.approx(np.log(2))


def test_older_meetings_fade_and_later_ones_change_nothing() -> None:
    """Two meetings, the first 730.5 days before the second: 1 + 1/4."""
    held = [date(2009, 1, 1), date(2011, 1, 1), AFTER]
    both = [{"organisation": who, "meeting": m} for who in (0, 2) for m in (0, 1)]
    found = [
        values(0, 2, meetings=[{"id": f"m{k}", "held_on": day} for k, day in enumerate(days)], attendances=both)
        for days in (held[:2], held)
    ]
    assert found[0]["meetings_fresh"] == pytest.approx(np.log1p(1.25), abs=1e-3)
    assert found[0] == found[1]


def test_a_founder_and_what_it_founded_belong_together() -> None:
    of = {2: {"founder": 0}, 3: {"founder": 0}}
    assert values(0, 2, of=of)["founders"] == 1.0
    assert values(2, 3, of=of)["founders"] == 1.0
    assert values(1, 2, of=of)["founders"] == 0.0


def test_tags_and_stems_of_descriptions_in_common() -> None:
    texts = {0: "opieka nad seniorami", 2: "opiekujemy się seniorami", 1: "cukiernia i lody"}
    of: dict[int, dict[str, Any]] = {row: {"description": text} for row, text in texts.items()}
    of[0]["tags"], of[2]["tags"] = ["PS"], ["PS"]
    found = values(0, 2, of=of)
    assert found["tags"] == pytest.approx(1.0)
    assert 0 < found["descriptions"] < 1
    assert values(0, 1, of=of)["descriptions"] == 0.0
