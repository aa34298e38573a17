"""Splitting and comparing names, on cells of the Danish file and on made-up ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.ingest.names import Key, Names
from graphsvc.ingest.profile import NameRules, load_profile

DANISH = Names(load_profile("denmark").names)
POLISH = Names(load_profile("partnerstwa").names)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", []),
        ("Erhverv Silkeborg.", ["Erhverv Silkeborg"]),
        ("VUC Sønderjylland. EUC Syd.", ["VUC Sønderjylland", "EUC Syd"]),
        # legal forms with a slash or full stops of their own
        ("Liller Trans A/S. P.L. Jessen & Søn ApS. ØSG A/S.", ["Liller Trans A/S", "P.L. Jessen & Søn ApS", "ØSG A/S"]),
        (
            "Nordvestjysk Erhvervsråd V.M.B.A.. Horsens Erhvervsråd.",
            ["Nordvestjysk Erhvervsråd V.M.B.A.", "Horsens Erhvervsråd"],
        ),
        ("Thise Mejeri A.m.b.A.. Danmarks Fiskehandlere.", ["Thise Mejeri A.m.b.A.", "Danmarks Fiskehandlere"]),
        ("Karup Lufthavn A.M.B.A. Aarhus Lufthavn.", ["Karup Lufthavn A.M.B.A", "Aarhus Lufthavn"]),
        ("TICAN A.M.B.A. Vejle. Fanø Laks ApS.", ["TICAN A.M.B.A. Vejle", "Fanø Laks ApS"]),
        (
            "GASA A.M.B.A. (Gartnernes i Kolding A.M.B.A.). SKAT.",
            ["GASA A.M.B.A. (Gartnernes i Kolding A.M.B.A.)", "SKAT"],
        ),
        ("JEPPESENS EFTF. ApS. PBT TEKNIK ApS.", ["JEPPESENS EFTF. ApS", "PBT TEKNIK ApS"]),
        ("DEIF A/S. A/S Kurt Hansen. Alusteel ApS.", ["DEIF A/S", "A/S Kurt Hansen", "Alusteel ApS"]),
        # abbreviations and initials
        ("Café Skt. Petri ApS. Gl. Skole.", ["Café Skt. Petri ApS", "Gl. Skole"]),
        ("Finn M. Hansen Herfølge ApS. P. Fournaise A/S.", ["Finn M. Hansen Herfølge ApS", "P. Fournaise A/S"]),
        ("Th. Langs HF & VUC. FOA.", ["Th. Langs HF & VUC", "FOA"]),
        (
            "Træ-Industri-Byg, afd. 4 - Østjylland. NNF - Horsens.",
            ["Træ-Industri-Byg, afd. 4 - Østjylland", "NNF - Horsens"],
        ),
        ("Dansk Metal Thisted afd.. 3F Thy Mors.", ["Dansk Metal Thisted afd.", "3F Thy Mors"]),
        (
            "Fiskeeksportørforening v. Carsten Beith. Hanstholm Havn.",
            ["Fiskeeksportørforening v. Carsten Beith", "Hanstholm Havn"],
        ),
        ("SELSKABET AF 12. JUNI 2009ApS. Helge Munk Holding.", ["SELSKABET AF 12. JUNI 2009ApS", "Helge Munk Holding"]),
        # a single letter that does end a name
        ("SOSU Nykøbing F. SOSU Greve.", ["SOSU Nykøbing F", "SOSU Greve"]),
        ("SOSU C. VUC Hvidovre-Amager.", ["SOSU C", "VUC Hvidovre-Amager"]),
        ("Punkt H. Esbjerg Erhvervsudvikling.", ["Punkt H", "Esbjerg Erhvervsudvikling"]),
        # no separator: a full stop inside a word
        ("EnergyMap.dk. DHI.", ["EnergyMap.dk", "DHI"]),
        # stray commas, an empty piece, a bracket never closed
        ("Læsø Kommune. Hjørring Kommune,.", ["Læsø Kommune", "Hjørring Kommune"]),
        ("Væksthus Midtjylland. .. Lejre Kommune.", ["Væksthus Midtjylland", "Lejre Kommune"]),
        ("VAGT (UNDER DANSK. LANDSSAMMENSLUTNINGEN.", ["VAGT (UNDER DANSK", "LANDSSAMMENSLUTNINGEN"]),
        # a legal form alone belongs to the name before it
        (
            "Business Center Bornholm. Den Erhvervsdrivende Fond. SKAT.",
            ["Business Center Bornholm. Den Erhvervsdrivende Fond", "SKAT"],
        ),
        # repeated names stay; the plan counts them once
        ("Aalborg Kommune. Aalborg Kommune.", ["Aalborg Kommune", "Aalborg Kommune"]),
    ],
)
def test_danish_cells_are_split(cell: str, names: list[str]) -> None:
    assert DANISH.split(cell) == names


def test_polish_cells_are_split_at_semicolons_and_line_breaks() -> None:
    assert POLISH.split("Fundacja A; Gmina B\nSpółka C sp. z o.o.; ") == [
        "Fundacja A",
        "Gmina B",
        "Spółka C sp. z o.o.",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aalborg Universitet", "AALBORG  UNIVERSITET"),
        ("Aarhus Kommune", "Århus kommune"),
        ("Randers Erhvervs- & Udviklingsråd", "Randers Erhvervs og Udviklingsråd"),
        ("3 F Silkeborg", "3F Silkeborg"),
        ("DAMRC F.M.B.A.", "Damrc fmba"),
    ],
)
def test_spellings_of_one_organisation_have_one_key(one: str, other: str) -> None:
    assert DANISH.key(one) == DANISH.key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Dong Energy A/S", Key("dongenergy", "A/S")),
        ("Dong Energy", Key("dongenergy", "")),
        ("A/S Kurt Hansen", Key("kurthansen", "A/S")),
        ("AKTIESELSKABET TRIGON", Key("trigon", "A/S")),
        ("Den Erhvervsdrivende Fond Væksthus Sjælland", Key("væksthussjælland", "Fond")),
        ("THISTED VARMEFORSYNING A M B A", Key("thistedvarmeforsyning", "A.M.B.A.")),
        ("ApS", Key("aps", "")),  # nothing would be left
    ],
)
def test_the_legal_form_is_kept_apart(name: str, key: Key) -> None:
    assert DANISH.key(name) == key


def test_polish_legal_forms_and_abbreviations() -> None:
    assert POLISH.key("Zielony Listek sp. z o.o.") == POLISH.key(
        "ZIELONY LISTEK Spółka z ograniczoną odpowiedzialnością"
    )
    assert POLISH.key("Zielony Listek S.A.").form == "S.A."
    assert POLISH.words("GOPS Lubin") == ["gminny", "ośrodek", "pomocy", "społecznej", "lubin"]


def test_what_is_no_name() -> None:
    assert not DANISH.is_name("project")
    assert not DANISH.is_name("2. 3")
    assert DANISH.is_name("3F")


def test_a_separator_that_matches_nothing_splits_nothing() -> None:
    assert Names(NameRules(separator="")).split("Gmina Lubin") == ["Gmina Lubin"]


@given(st.lists(st.text("abcdefgh ÆØÅæøå&-", min_size=3, max_size=12).map(lambda s: "Xy" + s.strip()), max_size=6))
def test_plain_names_joined_come_apart_again(names: list[str]) -> None:
    tidy = [DANISH.tidy(n) + "zz" for n in names]
    assert DANISH.split("".join(f"{n}. " for n in tidy)) == tidy


@given(st.text(max_size=300))
def test_splitting_never_fails_and_invents_no_letters(cell: str) -> None:
    for rules in (DANISH, POLISH):
        pieces = rules.split(cell)
        assert all(pieces)
        assert sum(c.isalnum() for p in pieces for c in p) <= sum(c.isalnum() for c in Names(NameRules()).tidy(cell))
        for piece in pieces:
            assert rules.key(piece).base


def test_a_piece_too_long_for_a_name_is_not_searched() -> None:
    dots = "." * 2000 + "x,"  # the square of its length in steps, if it were
    assert POLISH.tidy(dots) == dots
    assert POLISH.tidy("Dom,.") == "Dom"


def test_a_long_cell_of_initials_is_one_name() -> None:
    assert DANISH.split("A. " * 3_000) == ["A. " * 2_999 + "A."]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Piekarnia Kowalski sp. z o.o.", "Piekarnia Kowalski sp. z o.o."),
        ("Meble Stolarz S.A.,", "Meble Stolarz S.A."),
        ("Fundacja „Most”.", "Fundacja „Most”"),
        ("Stowarzyszenie Alfa,.", "Stowarzyszenie Alfa"),
        ("Fundacja Dom.", "Fundacja Dom"),
        ("OPS Zabrze (MOPS).", "OPS Zabrze (MOPS)"),
        ("Zakład nr 12.", "Zakład nr 12"),
        ("Młyn sp. k.;", "Młyn sp. k."),
        ("Gmina Osieczna;", "Gmina Osieczna"),
    ],
)
def test_the_dot_of_an_abbreviation_stays(cell: str, name: str) -> None:
    assert POLISH.tidy(cell) == name
