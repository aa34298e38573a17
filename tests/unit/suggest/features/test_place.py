"""Who of their kind is nearer: counted among organisations known by the day, and places known then."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features import Space
from graphsvc.suggest.features.place import FAR_KM, MANY_NEARER, NEAR_KM, UNKNOWN_KM
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from tests.unit.suggest.conftest import Made

SPLIT = date(2012, 1, 1)
BEFORE, LATER = date(2011, 1, 1), date(2012, 6, 1)


@pytest.fixture
def space(network_of: Made) -> Space:
    """Two ngos (0, 1) and three schools (2, 3, 4) along a meridian, the schools ever farther from 0; 5, a school
    between them, comes later; 6, a school, is nowhere."""
    at = {0: 51.0, 1: 51.05, 2: 51.1, 3: 51.2, 4: 51.3, 5: 51.01}
    places = {k: {"lat": lat, "lon": 16.0} for k, lat in at.items()}
    sector = {k: {"sector": "ngo" if k < 2 else "school"} for k in range(7)}
    of = {k: sector[k] | places.get(k, {}) for k in range(7)}
    began = [(BEFORE, [k]) for k in (0, 1, 2, 3, 4, 6)]
    network = network_of([*began, (LATER, [5])], 7, of=of)
    return Space(Ground(History.of(network).until(day(SPLIT)), Attributes(network)))


def test_who_is_nearer_than_the_other_is_of_the_other_s_kind_and_known(space: Space) -> None:
    i, j = np.array([0, 0, 0, 0, 0]), np.array([2, 3, 4, 1, 6])
    found = np.expm1(space.value("rivals_of_j", i, j))
    assert found == pytest.approx([0, 1, 2, 0, MANY_NEARER])


def test_who_is_nearer_to_the_other_is_of_my_kind(space: Space) -> None:
    """1 is nearer to every school than 0 is."""
    i, j = np.array([0, 1, 2, 4]), np.array([2, 2, 0, 0])
    found = np.expm1(space.value("rivals_of_i", i, j))
    assert found == pytest.approx([1, 0, 0, 2])


def test_kilometres_fade_and_those_that_are_not_known_are_far(space: Space) -> None:
    """A degree of latitude is 111.2 km; 6 is nowhere, and has no partner who is somewhere."""
    i, j = np.array([0, 4, 6, 6]), np.array([3, 0, 0, 6])
    km = np.array([0.2, 0.3]) * np.pi / 180 * 6371
    for name in ("own", "any"):
        assert space.value(f"{name}_near", i, j) == pytest.approx([*np.exp(-km / NEAR_KM), 0, 0])
        assert space.value(f"{name}_far", i, j) == pytest.approx([*np.exp(-km / FAR_KM), 0, 0])
        assert space.value(f"{name}_distance", i, j) == pytest.approx(np.log1p([*km, UNKNOWN_KM, UNKNOWN_KM]))
        assert space.value(f"{name}_placed", i, j).tolist() == [1, 1, 0, 0]


def test_an_area_within_a_gmina_is_where_the_gmina_is(network_of: Made) -> None:
    places = [
        {"code": "G", "name": "G", "level": "gmina", "parent": "", "lat": 51.0, "lon": 16.0},
        {"code": "G:r", "name": "R", "level": "revitalisation", "parent": "G", "lat": None, "lon": None},
    ]
    of = {k: {"territory": code} for k, code in enumerate(("G", "G:r"))}
    found = Attributes(network_of([], 2, of=of, territories=places)).place
    assert found.tolist() == [[51.0, 16.0], [51.0, 16.0]]
