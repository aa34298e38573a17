"""Territories of our own: their codes, and what the Act on revitalisation says of an area."""

from __future__ import annotations

import pytest

from graphsvc.errors import RecordError
from graphsvc.model.base import stable_id
from graphsvc.model.territories import Territory
from graphsvc.model.validation import build, warnings
from graphsvc.model.vocabulary import default

CENTRE = "51.4 16.19\n51.4 16.21\n51.41 16.21\n51.41 16.19"
"""1.5 km² of the 41 km² of the town of Lubin."""
LARGE = "51.39 16.18\n51.39 16.22\n51.42 16.22\n51.42 16.18"
"""9 km² of them."""


def area(**more: object) -> Territory:
    return build(Territory, {"name": "Śródmieście i Łąki", "level": "revitalisation", "parent": "021101", **more})


def said(one: Territory, **numbers: float) -> list[str]:
    limits = {"limit": {code: {"value": n} for code, n in numbers.items()}}
    return [w.message.text for w in warnings(one, {}, vocabulary=default().with_overrides(limits))]


def test_a_code_is_made_of_the_gmina_and_the_name() -> None:
    made = area()
    assert made.code == "021101:srodmiescie-i-laki"
    assert made.id == stable_id("territory", made.code)
    assert build(Territory, {"name": "Region Centrum", "level": "region"}).code == "PL:region-centrum"
    assert area(code="021101:R1").code == "021101:R1"
    with pytest.raises(RecordError):
        build(Territory, {"name": "???", "level": "region"})


def test_a_revitalisation_area_is_in_a_gmina() -> None:
    with pytest.raises(RecordError, match="is in a gmina"):
        area(parent=None, code="PL:x")


def test_the_limits_of_the_act_are_warned_of_and_can_be_set() -> None:
    assert said(area(shape=CENTRE)) == []
    assert said(area(shape=LARGE)) == ["The area takes %(share)s%% of its gmina."]
    assert said(area(shape=LARGE), rew_area=60) == []
    assert said(area(shape=CENTRE), rew_area=3) == ["The area takes %(share)s%% of its gmina."]
    assert said(area(population=30_000)) == ["%(share)s%% of the gmina's people live there."]
    assert said(area(population=30_000), rew_people=60) == []
    assert said(area(shape=CENTRE, parent="020101"))[-1] == "A part of the area is outside its gmina."
