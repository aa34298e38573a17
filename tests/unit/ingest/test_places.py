"""Territories by code and by name."""

from __future__ import annotations

import pytest

from graphsvc.ingest.places import Places, alike
from graphsvc.ingest.profile import load_profile
from graphsvc.ingest.values import RefusedError

PLACES = Places(load_profile("denmark"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ""),
        ("DK:Bornholm", "DK:Bornholm"),
        ("02", "02"),
        ("0211", "0211"),
        ("0211011", "021101"),  # the seventh digit tells the kind, which changes
        ("dolnośląskie", "02"),
        ("województwo dolnośląskie", "02"),
        ("Powiat Lubiński", "0211"),
        ("LEGNICA", "026201"),  # a city is a gmina and a powiat
        ("woj. dolnośląskie", "02"),
        ("pow. lubiński", "0211"),
        ("gm. Polkowice", "021604"),
        ("miasto Lubin", "021101"),
        ("gmina wiejska Lubin", "021102"),
        ("Legnica, dolnośląskie", "026201"),
        ("woj. dolnośląskie, powiat lubiński, gm. Rudna", "021103"),
        ("Olesno, opolskie", "160803"),
        ("Olesno, małopolskie", "120405"),
    ],
)
def test_found(text: str, code: str) -> None:
    assert PLACES.code(text, "Teren") == code


def test_not_found_or_not_clear() -> None:
    with pytest.raises(RefusedError, match="no such territory"):
        PLACES.code("Atlantyda", "Teren")
    with pytest.raises(RefusedError, match="no such territory"):
        PLACES.code("021101:rynek", "Teren")  # a revitalisation area is not its gmina
    with pytest.raises(RefusedError, match=r"Several territories.*021102"):
        PLACES.code("Lubin, powiat lubiński", "Teren")
    with pytest.raises(RefusedError, match="no such territory"):
        PLACES.code("Legnica, mazowieckie", "Teren")
    with pytest.raises(RefusedError, match=r"Several territories.*021102"):
        PLACES.code("Lubin", "Teren")  # the town and the rural gmina around it


def test_those_above_come_along() -> None:
    places = Places(load_profile("partnerstwa"))
    places.code("026201", "Teren")
    assert [t.code for t in places.used()] == ["02", "0262", "026201"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Lubin", ["021101", "021102"]),
        ("gm. Lubin", ["021101", "021102"]),
        ("Wrocłw", ["0264", "026401"]),
        ("woj. dolnośląskie", ["02"]),
        ("powiat lubinski", ["0211"]),
        ("xyz", []),
        ("", []),
    ],
)
def test_what_a_place_may_mean(text, first):
    assert [t.code for t in alike(text)][: len(first) or 9] == first
