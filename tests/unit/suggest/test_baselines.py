from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from graphsvc.model.network import table
from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.baselines import baselines
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.heuristics import PREDICTORS
from graphsvc.suggest.history import History
from tests.unit.suggest.conftest import make

NOW, TWO_YEARS_AGO = date(2012, 1, 1), date(2010, 1, 1)


@pytest.fixture
def space() -> Space:
    """0 and 1 together two years ago, 1 with 2 and with 3 just now, all in T; 4 is in none."""
    began = [(TWO_YEARS_AGO, (0, 1)), (NOW, (1, 2)), (NOW, (1, 3))]
    network = make(began, 5, of={2: {"sector": "school"}})
    return Space(Ground(History.of(network).until(day(NOW) + 1), Attributes(network)))


def test_every_textbook_predictor_and_three_rules_by_hand(space: Space) -> None:
    found = baselines(space)
    by_hand = {"same_territory_activity", "recent_activity_in_my_regions", "region_kind_recency"}
    assert set(found) == {*PREDICTORS, *by_hand}
    i, j = np.array([0, 2]), np.array([2, 3])
    for name in set(PREDICTORS) - {"random"}:
        assert found[name](i, j).tolist() == PREDICTORS[name](space.ground.tied, i, j).tolist()


def test_the_rules_by_hand_count_what_the_other_does_in_my_regions(space: Space) -> None:
    """Of 2 the other three have one, one and three partnerships there; that of two years ago counts half."""
    found, i, j = baselines(space), np.array([2, 2, 2, 4]), np.array([0, 3, 1, 1])
    assert found["same_territory_activity"](i, j) == pytest.approx([1, 1, 3, 0])
    assert np.expm1(found["recent_activity_in_my_regions"](i, j)) == pytest.approx([0.5, 1, 2.5, 0], abs=1e-2)


def test_where_no_partnership_says_where_it_acts_homes_are_the_territories() -> None:
    network = make([(NOW, (0, 1)), (NOW, (1, 2))], 4, of={k: {"territory": "0262" if k else "0211"} for k in range(4)})
    rows = [row | {"territories": []} for row in network.partnerships.to_pylist()]
    network = replace(network, partnerships=table("partnerships", rows))
    rule = baselines(Space(Ground(History.of(network).until(day(NOW) + 1), Attributes(network))))
    i, j = np.array([2, 0, 1, 0]), np.array([1, 2, 3, 1])
    assert rule["same_territory_activity"](i, j) == pytest.approx([2, 0, 0, 0])


def test_the_third_rule_weighs_how_often_the_two_kinds_work_together(space: Space) -> None:
    """A school and an organisation of the other kind worked together in 1 of 3 cases, two of that kind in 2 of 3."""
    rule = baselines(space)["region_kind_recency"]
    school, alike = (float(rule(np.array([one]), np.array([3]))[0]) for one in (2, 0))
    assert school < alike
