"""The shipped territories: as many as there are, told apart, with their borders and shapes."""

import gzip
import json

import pytest

from graphsvc.errors import NotFoundError
from graphsvc.model.fieldtypes import folded
from graphsvc.model.geometry import topology
from graphsvc.model.poland import poland, service_areas


def test_the_official_numbers() -> None:
    levels = [t.level for t in poland()]
    assert {level: levels.count(level) for level in set(levels)} == {"voivodeship": 16, "powiat": 380, "gmina": 2477}
    assert sum(1 for _ in poland().pairs()) == 7023
    assert poland().get("02").population == sum(poland().get(g).population or 0 for g in poland().gminas("02"))


def test_names_are_unique_within_the_country() -> None:
    names = [t.name for t in poland()]
    assert len(names) == len(set(names))
    assert poland().get("021101").name == "Lubin (gmina miejska, powiat lubiński)"
    assert poland().get("0211011").short_name == "Lubin"
    assert poland().get("0262").name == "Legnica (miasto na prawach powiatu)"


def test_up_down_and_beside() -> None:
    assert poland().above("021101") == ("0211", "02")
    assert "021102" in poland().neighbours["021101"]
    assert "021101" in poland().neighbours["021102"]


def test_search_folds_diacritics_and_puts_beginnings_first() -> None:
    assert folded("Żółć ŁĄKA") == "zolc laka"
    assert next(t.code for t in poland().search("scinawa", level="gmina")) == "021104"
    assert poland().search("0211")[0].code.startswith("0211")
    assert poland().search("  ") == []


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(NotFoundError, match="999999"):
        poland().get("999999")


def test_shapes_cover_every_territory_and_are_small() -> None:
    shapes = {g["id"] for layer in topology()["objects"].values() for g in layer["geometries"] if g["type"]}
    assert shapes == set(poland().by_code)
    assert len(gzip.compress(json.dumps(topology(), separators=(",", ":")).encode())) < 300_000


def test_service_areas_know_the_act_and_what_is_deinstitutionalised() -> None:
    by_code = {a.code: a for a in service_areas()}
    assert by_code["SOPI"].broader == ("US04", "US06")
    assert by_code["SOPI"].deinstitutionalised
    assert sum(a.scheme == "service_area" for a in by_code.values()) == 14
