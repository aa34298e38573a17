from __future__ import annotations

import pytest

from graphsvc.suggest.names import almost_same, folded, kind_in, names_a_town, place_of_name


def test_folding_leaves_words_and_one_spelling() -> None:
    assert folded("  AARHUS   Kommune, ") == "århus kommune"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Viborg Kommune", "municipality"),
        ("Gmina Lubin", "municipality"),
        ("Powiat lubiński", "municipality"),
        ("Powiatowy Urząd Pracy w Lubinie", "labour_office"),
        ("Powiatowe Centrum Pomocy Rodzinie", "social_centre"),
        ("Centrum Integracji Społecznej w Głogowie", "integration"),
        ("Ośrodek Pomocy Społecznej", "social_centre"),
        ("Fundacja Razem", "foundation"),
        ("Xyz", None),
    ],
)
def test_a_word_in_the_name_tells_the_kind(name: str, kind: str | None) -> None:
    assert (kind_in(name, "") or None) == kind


@pytest.mark.parametrize(
    ("name", "sector", "kind"),
    [
        ("Szkoła Zorza", "school", "vocational_school"),
        ("Szkoła Zorza", "other", "vocational_school"),
        ("Szkoła Zorza", "business", ""),
        ("Zorza Sp. z o.o.", "social_economy", ""),
        ("Zorza", "business", ""),
    ],
)
def test_a_word_in_the_name_tells_nothing_against_the_sector(name: str, sector: str, kind: str) -> None:
    assert kind_in(name, sector) == kind


def test_the_town_in_a_name_is_found_inflected_too() -> None:
    assert place_of_name("ViborgEgnens Erhvervsråd") == place_of_name("Viborg")
    assert place_of_name("Xyz") is None


def test_a_region_is_no_town() -> None:
    assert (names_a_town("Viborg Kommune"), names_a_town("Region Nordjylland"), names_a_town("Xyz")) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fundacja Razem", "Fundacja „Razem”"),
        ("Stowarzyszenie Pomocna Dłoń", "Stowarzyszenie Pomocna Dlon"),
        ("Alfa", "Alfa A/S"),
        ("Business Center Bornholm", "Bornholm Business Center"),
    ],
)
def test_names_that_could_be_one_organisation(one: str, other: str) -> None:
    assert almost_same(one, other)
    assert almost_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Szkoła Podstawowa nr 1", "Szkoła Podstawowa nr 2"),
        ("Viborg Handelsskole", "Aalborg Handelsskole"),
        ("Fundacja Razem", "Fundacja Obok"),
        ("Gmina miejska Lubin", "Gmina wiejska Lubin"),
        ("Gmina Ruja (demo)", "Gmina Rudna (demo)"),
        ("Gminny Ośrodek Pomocy Społecznej w Lubinie", "Gminny Ośrodek Pomocy Społecznej w Kotli"),
        ("Ochotnicza Straż Pożarna w Rudnej", "Ochotnicza Straż Pożarna w Rui"),
        ("I Liceum Ogólnokształcące w Legnicy", "II Liceum Ogólnokształcące w Legnicy"),
        ("Caritas Parafii św. Jana", "Caritas Parafii św. Jacka"),
        (
            "Fundacja Rozwoju Społeczności Lokalnej Razem dla Kotliny",
            "Fundacja Rozwoju Społeczności Lokalnej Kotlina XY",
        ),
        ("", ""),
    ],
)
def test_names_of_two_organisations(one: str, other: str) -> None:
    assert not almost_same(one, other)
    assert not almost_same(other, one)
