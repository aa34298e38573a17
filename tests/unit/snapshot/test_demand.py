"""What is lacking on a day, worked out by hand; the same rules as cypher/animation/demand.cypher."""

from datetime import date

import pytest

from graphsvc.model.network import Network, table
from graphsvc.snapshot.demand import gaps, lacking
from graphsvc.snapshot.filter import day


@pytest.fixture
def network() -> Network:
    need = {"territory": "0211", "area": "care", "level": 3.0, "people": 40.0}
    return Network(
        organisations=table("organisations", [{"id": "a", "name": "A", "territory": "0211"}]),
        needs=table(
            "needs",
            [
                need,
                {**need, "organisation": 0},
                {**need, "area": "taxi", "since": date(2026, 5, 1)},
                {**need, "area": "taxi", "level": None, "met_on": date(2026, 3, 1)},
            ],
        ),
        deliveries=table(
            "deliveries",
            [
                {"organisation": 0, "territory": "0211", "area": "care", "capacity": 30.0, "until": date(2026, 3, 1)},
                {"organisation": 0, "territory": "0211", "area": "care", "capacity": 10.0, "since": date(2026, 2, 1)},
            ],
        ),
    )


@pytest.mark.parametrize(
    ("on", "levels"),
    [
        (date(2026, 1, 31), [2, 3, 0, 1]),
        (date(2026, 2, 28), [0, 3, 0, 1]),
        (date(2026, 3, 1), [0, 3, 0, 0]),
        (date(2026, 3, 2), [2, 3, 0, 0]),
        (date(2026, 5, 1), [2, 3, 3, 0]),
    ],
)
def test_deliveries_lower_what_a_territory_lacks_and_not_what_an_organisation_does(network, on, levels):
    assert lacking(network, day(on) + 1).tolist() == levels
    assert gaps(network, day(on) + 1) == {
        ("0211", area): level for area, level in (("care", levels[0]), ("taxi", max(levels[2:]))) if level
    }
