"""Rows into partnerships."""

from __future__ import annotations

from datetime import date

from graphsvc.model.base import stable_id
from tests.unit.ingest.conftest import Plan, members, refusals


def test_rows_of_one_partnership_are_gathered_wherever_they_stand(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Rola;Od",
        "Senior+;Gmina Lubin;lider;01.03.2020",
        "Praca;PUP Lubin;;2021-05-01",
        "Senior+;Fundacja Dom;;01.03.2020",
        "Senior+;GMINA LUBIN;partner;01.03.2020",
    )
    assert members(made) == {
        "Senior+": [("Gmina Lubin", "LID"), ("Fundacja Dom", "PAR")],
        "Praca": [("PUP Lubin", "PAR")],
    }
    assert (made.partnership_count, made.membership_count) == (2, 3)
    assert [p.starts_on for p in made.partnerships] == [date(2020, 3, 1), date(2021, 5, 1)]
    assert [p.source.row for p in made.partnerships if p.source] == [2, 3]
    assert made.organisations[stable_id("organisation", "gminalubin", "", "")].other_names == ("GMINA LUBIN",)
    assert not made.refused


def test_a_refused_row_says_where_why_and_what_to_do(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Od;Do",
        "A;Gmina Lubin;31.02.2010;",
        ";Gmina Lubin;;",
        "C;;;",
        "D;Gmina Lubin;02.01.2011;01.01.2011",
        "E;Gmina Lubin;01.01.2011;",
    )
    assert refusals(made) == [
        (2, "Od", "31.02.2010"),
        (3, "Partnerstwo", ""),
        (4, "Organizacja", ""),
        (5, "Do", "01.01.2011"),
    ]
    assert list(members(made)) == ["E"]
    first = next(iter(made.refused))
    assert (first.file, str(first.why)) == ("table.csv", "There is no such day.")
    assert "28.02.2010" in str(first.what_to_do)
    assert "not taken" in str(first.what_to_do)


def test_codes_labels_and_territories_are_understood(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Obszary;Teren;Gmina",
        "A;Dom;US08;0211;Polkowice",
        "B;Dom;kultura;powiat lubiński;",
    )
    first, second = made.partnerships
    assert (first.themes, first.territories) == (("US08",), ("0211",))
    assert (second.themes, second.territories) == (("US09",), ("0211",))
    assert [o.territory for o in made.organisations.values()] == ["021604"]
    assert [t.code for t in made.territories] == ["02", "0211", "0216", "021604"]


def test_later_rows_fill_gaps_and_contradictions_are_told(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Od;Do",
        "A;Dom;;31.12.2020",
        "A;Las;01.01.2020;",
        "A;Pole;01.06.2020;",
    )
    (only,) = made.partnerships
    assert (only.starts_on, only.ends_on) == (date(2020, 1, 1), date(2020, 12, 31))
    assert refusals(made) == [(4, "Od", "2020-06-01")]
    assert len(only.members) == 3
