"""Suggestions of some sectors, of a territory, of a theme."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graphsvc.errors import NothingToSuggestError
from graphsvc.model.network import Network
from graphsvc.suggest import Whom, suggest
from tests.unit.suggest.conftest import make

DAY = date(2010, 1, 1)


@pytest.fixture
def network() -> Network:
    """0–1–2–3 in a row and 4 alone; 0 in gmina G of powiat P, 3 a business, 4 offers housing."""
    of = {0: {"territory": "G"}, 3: {"sector": "business"}}
    places = [
        {"code": code, "name": code, "level": level, "parent": parent}
        for code, level, parent in (("G", "gmina", "P"), ("P", "powiat", ""))
    ]
    offers = [{"organisation": 4, "territory": "G", "area": "housing"}]
    return make([(DAY, (0, 1)), (DAY, (1, 2)), (DAY, (2, 3))], 5, of=of, territories=places, offers=offers)


@pytest.mark.parametrize(
    ("whom", "who"),
    [
        (Whom(("business",)), {3}),
        (Whom(territory="P"), {0}),
        (Whom(theme="housing"), {4}),
        (Whom(("business", "ngo")), {0, 1, 2, 3, 4}),
    ],
)
def test_one_of_the_two_fits_and_of_one_organisations_suggestions_the_other(
    network: Network, whom: Whom, who: set[int]
) -> None:
    every = {(s.a, s.b) for s in suggest(network, limit=99)}
    assert {(s.a, s.b) for s in suggest(network, limit=99, whom=whom)} == {p for p in every if who & set(p)}
    others = {s.b for s in suggest(network, for_organisation=1, limit=99)}
    if others & who:
        assert {s.b for s in suggest(network, for_organisation=1, limit=99, whom=whom)} == others & who


def test_each_filter_may_hold_for_another_of_the_two(network: Network) -> None:
    found = suggest(network, limit=99, whom=Whom(("business",), "P"))
    assert [(s.a, s.b) for s in found] == [(0, 3)]


@pytest.mark.parametrize("how", [{}, {"for_organisation": 1}])
def test_filters_that_leave_nobody_are_told(network: Network, how: dict[str, Any]) -> None:
    with pytest.raises(NothingToSuggestError, match="Nothing fits these filters"):
        suggest(network, whom=Whom(("school",)), **how)
