"""Nothing later than the day changes a feature, and a pair's own meeting is not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from graphsvc.model.network import Network, table
from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from graphsvc.suggest.train import train
from tests.unit.suggest.conftest import make

SPLIT = date(2012, 1, 1)
LATER = date(2012, 6, 1)
KNOWN = 12
SECTORS = ("ngo", "business", "local_government")
Began = tuple[date, Sequence[int]]


def past() -> list[Began]:
    """40 partnerships of two to four of the KNOWN, a month apart, up to the day before SPLIT."""
    rng = np.random.default_rng(5)
    sizes = rng.integers(2, 5, 40)
    days = [SPLIT - timedelta(days=30 * k + 1) for k in range(40)]
    return [(on, rng.choice(KNOWN, size, replace=False).tolist()) for on, size in zip(days, sizes, strict=True)]


def of(count: int) -> dict[int, dict[str, Any]]:
    """Name, sector, place and text of the first ``count`` organisations."""
    return {
        k: {
            "name": f"{('Fundacja', 'Spółka', 'Gmina')[k % 3]} {k} Lubin",
            "sector": SECTORS[k % 3],
            "territory": "T" if k % 2 else "",
            "description": f"opieka {k} pomoc",
            "lat": 51.0 + k / 10,
            "lon": 16.0,
        }
        for k in range(count)
    }


def network(later: Sequence[Began] = (), extra: int = 0, **more: Any) -> Network:
    count = KNOWN + extra
    return make([*past(), *later], count, of=of(count), territories=[{"code": "T", "name": "T"}], **more)


def features(network: Network) -> np.ndarray:
    ground = Ground(History.of(network).until(day(SPLIT)), Attributes(network))
    i, j = np.nonzero(~np.eye(KNOWN, dtype=bool))
    return Space(ground).of(i, j)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"later": [(LATER, (0, 5)), (LATER, (1, 2, 3))]}, id="partnerships"),
        pytest.param({"later": [(LATER, (0, 12, 13)), (LATER, (14, 15))], "extra": 5}, id="organisations"),
        pytest.param({"extra": 9}, id="organisations without a partnership"),
        pytest.param(
            {
                "meetings": [{"id": "m", "held_on": LATER}],
                "attendances": [{"organisation": k, "meeting": 0} for k in range(4)],
            },
            id="meetings",
        ),
        pytest.param({"outreach": [{"a": 0, "b": 1, "status": "PRZ", "on": LATER}]}, id="outreach"),
    ],
)
def test_nothing_later_changes_a_feature(changed: dict[str, Any]) -> None:
    assert features(network(**changed)) == pytest.approx(features(network()), abs=1e-6)


BEFORE = date(2011, 6, 1)
NEED = {"organisation": 0, "area": "U", "level": 3.0, "since": BEFORE}
OFFER = {"organisation": 1, "area": "U", "since": BEFORE}
HELD = {"id": "m", "held_on": BEFORE}
BOTH = [{"organisation": k, "meeting": 0} for k in (0, 1)]


@pytest.mark.parametrize(
    ("known", "later", "seen"),
    [
        pytest.param(
            {"offers": [OFFER]}, {"needs": [{**NEED, "since": LATER}]}, {"needs": [NEED]}, id="a need of later"
        ),
        pytest.param(
            {"needs": [NEED]}, {"offers": [{**OFFER, "since": LATER}]}, {"offers": [OFFER]}, id="an offer of later"
        ),
        pytest.param(
            {"needs": [NEED]},
            {"deliveries": [{**OFFER, "since": LATER}]},
            {"deliveries": [OFFER]},
            id="a later delivery",
        ),
        pytest.param(
            {"offers": [OFFER], "needs": [NEED]},
            {"needs": [{**NEED, "met_on": LATER}]},
            {"needs": [{**NEED, "met_on": BEFORE}]},
            id="a need met later",
        ),
        pytest.param(
            {"meetings": [HELD], "attendances": BOTH},
            {"meetings": [HELD, {"id": "n", "held_on": LATER}], "attendances": [*BOTH, {**BOTH[0], "meeting": 1}]},
            {"meetings": [HELD], "attendances": BOTH[:1]},
            id="a meeting of later",
        ),
    ],
)
def test_what_goes_with_something_known_is_not_seen_before_its_day(
    known: dict[str, Any], later: dict[str, Any], seen: dict[str, Any]
) -> None:
    """``seen`` does change features: there is something that could leak."""
    found = features(network(**known))
    assert features(network(**(known | later))).tolist() == found.tolist()
    assert features(network(**(known | seen))).tolist() != found.tolist()


def joined_later(one: Network, who: int) -> Network:
    """``who`` becomes a member of every partnership on LATER."""
    members = [{"organisation": who, "partnership": k, "since": LATER} for k in range(one.partnerships.num_rows)]
    return replace(one, memberships=pa.concat_tables([one.memberships, table("memberships", members)]))


def test_who_joins_a_partnership_later_is_not_seen_in_it() -> None:
    assert features(joined_later(network(extra=1), KNOWN)).tolist() == features(network(extra=1)).tolist()


def test_end_dates_and_later_ends_of_memberships_change_nothing() -> None:
    one = network()
    ended = [SPLIT + timedelta(days=k) if k % 2 else date(2011, 12, 31) for k in range(one.partnerships.num_rows)]
    column = one.partnerships.schema.get_field_index("ends_on")
    other = Network(
        organisations=one.organisations,
        partnerships=one.partnerships.set_column(column, one.partnerships.schema.field("ends_on"), [ended]),
        memberships=one.memberships,
        territories=one.territories,
    )
    assert features(other).tolist() == features(one).tolist()


def test_the_meeting_asked_about_is_not_seen() -> None:
    """Features are the same whether the two meet on the day itself or never."""
    assert features(network([(SPLIT, (0, 1))])).tolist() == features(network()).tolist()
    assert features(network([(SPLIT - timedelta(days=1), (0, 1))])).tolist() != features(network()).tolist()


def test_training_sees_nothing_later() -> None:
    """With enough history for a model of its own: the same coefficients whatever comes after."""
    rng = np.random.default_rng(1)
    began = [(date(2008, 1, 1) + timedelta(days=12 * k), rng.choice(40, 3, replace=False).tolist()) for k in range(120)]
    models, whole = [], make(began, 41)
    for one in (whole, joined_later(make([*began, (LATER, tuple(range(12)))], 41), 40)):
        models.append(train(History.of(one), Attributes(one), day(SPLIT)))
    assert not models[0].prior
    assert models[0].judge.ranker.weight.tolist() == models[1].judge.ranker.weight.tolist()
    assert models[0].judge.calibration == models[1].judge.calibration
    assert models[0].judge.cases == models[1].judge.cases


def addresses(later: Sequence[Began]) -> Ground:
    """The ground on SPLIT where 0 led before, 1 leads later, 2 never; only leads have an address."""
    rows = {k: {"name": f"X{k}", "territory": "T" if k < 2 else ""} for k in range(14)}
    began = [(date(2010, 1, 1), (0, 1, 2)), (date(2010, 1, 1), (0, *range(3, 14))), *later]
    places = [{"code": "T", "name": "T", "level": "gmina", "lat": 51.0, "lon": 16.0}]
    one = make(began, 14, of=rows, territories=places)
    return Ground(History.of(one).until(day(SPLIT)), Attributes(one))


def test_an_address_that_came_with_leading_later_is_not_known() -> None:
    """Neither the region nor the place on the map."""
    ground = addresses([(LATER, (1, 2))])
    assert np.asarray(ground.home.sum(axis=1)).ravel()[:3].tolist() == [1.0, 0.0, 0.0]
    placed = Space(ground).value("placed_i", np.arange(3), np.zeros(3, np.int64))
    assert placed.tolist() == [1.0, 0.0, 0.0]
