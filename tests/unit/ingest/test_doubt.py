"""Pairs that a person should look at."""

from __future__ import annotations

from graphsvc.ingest.doubt import likely_same, may_be_one
from graphsvc.ingest.matching import Matcher
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.names import Names
from graphsvc.ingest.profile import NameRules, load_profile
from graphsvc.model.imports import KnownOrganisation

DANISH = load_profile("denmark").names


def pairs(
    *cited: str, rules: NameRules = DANISH, known: tuple[KnownOrganisation, ...] = ()
) -> dict[tuple[str, str], float]:
    mentions, names = Mentions(), Names(rules)
    for row, name in enumerate(cited, 2):
        mentions.add(name, (), row, {})
    found = likely_same(mentions, Matcher(mentions, known, names).run(), names)
    assert found == sorted(found, key=lambda d: -d.score)
    return {(d.other, d.name): d.score for d in found}


def test_likeness_worked_out_by_hand() -> None:
    # "nkt cables" and "ntk cables" ("group" says little): 9 signs in the same order of 10 and 10, so 18/20
    assert pairs("NTK Cables A/S", "NKT Cables Group A/S") == {("NTK Cables A/S", "NKT Cables Group A/S"): 90.0}


def test_words_in_another_order_and_abbreviations() -> None:
    assert pairs("Metal Skive afd", "Skive Metal afdeling") == {("Metal Skive afd", "Skive Metal afdeling"): 100.0}


def test_two_places_or_two_numbers_are_two_organisations() -> None:
    assert pairs("Vejen Kommune", "Vejle Kommune", "Odder Kommune", "Odense Kommune") == {}
    assert pairs("Szkoła Podstawowa nr 1", "Szkoła Podstawowa nr 2") == {}
    assert not may_be_one(["roskilde", "skole"], ["skive", "skole"], Names(DANISH))
    assert may_be_one(["social", "skolen"], ["social", "skolen", "århus"], Names(DANISH))


def test_initials() -> None:
    assert pairs("IDA", "Ingeniørforeningen (IDA)", "Danmarks Tekniske Universitet", "DTU") == {
        ("IDA", "Ingeniørforeningen (IDA)"): 90,
        ("Danmarks Tekniske Universitet", "DTU"): 90,
    }


def test_what_was_decided_or_told_elsewhere_is_left_out() -> None:
    assert pairs("Tre A/S", "Tre ApS") == {}
    decided = DANISH.model_copy(update={"different": (("NKT Cables Group A/S", "NTK Cables A/S"),)})
    assert pairs("NTK Cables A/S", "NKT Cables Group A/S", rules=decided) == {}


def test_new_names_are_compared_with_those_in_the_database() -> None:
    known = (
        KnownOrganisation("1", "NTK Cables A/S", ("NTK Cabels A/S",)),
        KnownOrganisation("2", "NTK Cable A/S"),  # like the first, but that is no matter of this file
        KnownOrganisation("3", "Danmarks Tekniske Universitet"),
    )
    assert pairs("NKT Cables", "DTU", "Danmarks Tekniske Universitet", known=known) == {
        ("NTK Cables A/S", "NKT Cables"): 90.0,
        ("NTK Cabels A/S", "NKT Cables"): 80.0,
        ("NTK Cable A/S", "NKT Cables"): 84.2,
        ("DTU", "Danmarks Tekniske Universitet"): 90,
    }


def test_one_name_has_no_pair() -> None:
    assert pairs("Dom") == {}
