"""What the parts of the generator share."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from graphsvc.demo.world import World, called, titled, year_later
from graphsvc.model.organisations import Organisation


@pytest.fixture
def world() -> World:
    made = World(Random(1), 1, date(2026, 10, 31))  # noqa: S311
    made.organisations = [
        Organisation(id="a", name="A", sector="ngo", territory="021101", active_from=date(2022, 1, 1)),
        Organisation(id="b", name="B", sector="business", kind="MAL", territory="020301", active_to=date(2023, 1, 1)),
    ]
    return made


def test_the_history_is_six_years_long(world: World) -> None:
    assert world.start == date(2020, 10, 1)
    assert len(world.gminas) == 41


def test_the_same_seed_gives_the_same_ids_and_chances() -> None:
    one, same, other = (World(Random(seed), seed) for seed in (1, 1, 2))  # noqa: S311
    assert one.id("x", 3) == same.id("x", 3) != other.id("x", 3)
    days = [w.day(date(2024, 1, 1), date(2024, 12, 31)) for w in (one, same)]
    assert days[0] == days[1]


def test_a_day_between_two_and_some_of_many(world: World) -> None:
    assert world.day(date(2024, 1, 2), date(2024, 1, 1)) == date(2024, 1, 2)
    assert all(date(2024, 1, 1) <= world.day(date(2024, 1, 1), date(2024, 1, 3)) <= date(2024, 1, 3) for _ in range(50))
    assert all(2 <= len(set(world.some(range(9), 2, 4))) <= 4 for _ in range(50))
    assert sorted(world.some([1, 2], 5, 9)) == [1, 2]


def test_organisations_by_sector_kind_and_powiat(world: World) -> None:
    assert [o.id for o in world.of("ngo")] == ["a"]
    assert [o.id for o in world.of(kinds=("MAL",))] == ["b"]
    assert world.of("ngo", powiat="0203") == []


def test_who_existed_on_a_day(world: World) -> None:
    a, b = world.organisations
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1))
    assert [world.alive(a, d) for d in days] == [False, True, True, True]
    assert [world.alive(b, d) for d in days] == [True, True, True, False]


def test_a_year_later() -> None:
    assert year_later(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert year_later(date(2024, 3, 1), 2) == date(2026, 3, 1)


def test_gminas_of_one_name_are_told_apart() -> None:
    assert called("021103") == "gmina Rudna"
    assert called("021102") == "gmina wiejska Lubin"


def test_labels_begin_with_a_capital() -> None:
    assert titled("meeting_form", "DEB").startswith("Debata / dyskusja o ES")
