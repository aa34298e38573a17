"""What kind of organisation each is: as it is written down, and more finely where its name tells more."""

from __future__ import annotations

import pytest

from graphsvc.suggest.attributes import Attributes
from tests.unit.suggest.conftest import Made


@pytest.mark.parametrize(
    ("name", "sector", "kind", "told"),
    [
        ("Fundacja Zorza", "ngo", "NGO-FUN", "foundation"),
        ("Fundacja Zorza", "social_economy", "ZAZ", "social_economy ZAZ"),
        ("Fundacja Zorza", "business", "", "foundation"),
        ("Szkoła Zorza", "business", "MIK", "business MIK"),
        ("Zorza Sp. z o.o.", "social_economy", "", "social_economy"),
        ("Zorza Sp. z o.o.", "business", "MAL", "company"),
        ("Koło Gospodyń Zorza", "ngo", "NGO-KGW", "ngo NGO-KGW"),
        ("Zorza", "other", "INN", "other INN"),
    ],
)
def test_a_name_refines_a_broad_kind_and_yields_to_a_narrow_one(
    network_of: Made, name: str, sector: str, kind: str, told: str
) -> None:
    network = network_of([], 1, of={0: {"name": name, "sector": sector, "kind": kind}})
    assert Attributes(network).kind_names == [told]


def test_people_are_told_of_the_kind_that_is_written_down(network_of: Made) -> None:
    kinds = {0: {"kind": "NGO-FUN"}, 1: {"kind": "INN"}, 2: {"sector": "business"}}
    network = network_of([], 3, of={k: {"name": "Fundacja Zorza"} | more for k, more in kinds.items()})
    assert Attributes(network).recorded_kinds == ["NGO-FUN", "foundation", "foundation"]
