"""Rows into partnerships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graphsvc.ingest import read_plan
from graphsvc.model.base import stable_id
from tests.unit.ingest.conftest import Plan, members, refusals

TOLD = "A member's dates (2016-01-01 to 2017-01-01) are outside the partnership's ({})."


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


def test_an_end_that_is_not_set_is_no_wrong_day(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja;Od;Do", "A;Dom;2020-01-01;bezterminowo", "A;Las;;-", "B;Dom;-;31.02.2024")
    assert [(p.name, str(p.starts_on), p.ends_on) for p in made.partnerships] == [("A", "2020-01-01", None)]
    assert [(r.row, r.value) for r in made.refused] == [(4, "31.02.2024")]


def test_themes_after_commas_are_taken_and_what_is_on_no_list_is_told_by_itself(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Obszary",
        "A;Dom;kultura, mieszkalnictwo",
        "B;Dom;kultura, dom",
        "C;Dom;dom, las",
    )
    assert [p.themes for p in made.partnerships] == [("US09", "US12"), ("US09",), ()]
    assert [(r.row, r.value) for r in made.refused] == [(3, "dom"), (4, "dom"), (4, "las")]


def test_a_name_in_capitals_does_not_contradict(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", "Dom i Las;Klub", "DOM I LAS;Gmina Lubin")
    assert ([p.name for p in made.partnerships], list(made.refused)) == (["Dom i Las"], [])


def test_rows_are_checked_against_what_earlier_rows_said(tmp_path: Path) -> None:
    profile = tmp_path / "dated.toml"
    profile.write_text(
        'name = "d"\n[partnership]\nname = "P"\nstarts_on = "B"\nends_on = "E"\n'
        '[[members]]\ncolumn = "O"\nsince = "S"\nuntil = "U"\n'
    )
    table = tmp_path / "d.csv"
    table.write_text(
        "P;B;E;O;S;U\n"
        "A;2020-01-01;;Dom;;\nA;;2019-06-30;Las;;\nA;;2021-06-30;Pole;;\n"
        "B;2010-01-01;2012-01-01;Dom;;\nB;;;Las;2016-01-01;\nB;;;Pole;2011-01-01;2012-01-01\n"
        "C;;;Dom;2016-01-01;2017-01-01\nC;2010-01-01;2012-01-01;Las;;\nC;2016-06-01;;Pole;;\n"
        "C;2016-01-01;2017-01-01;Łąka;;\n",
        "utf-8",
    )
    made = read_plan(table, profile)
    assert [(p.name, str(p.starts_on), str(p.ends_on)) for p in made.partnerships] == [
        ("A", "2020-01-01", "2021-06-30"),
        ("B", "2010-01-01", "2012-01-01"),
        ("C", "2016-01-01", "2017-01-01"),
    ]
    assert {p: [name for name, _ in of] for p, of in members(made).items()} == {
        "A": ["Dom", "Pole"],
        "B": ["Dom", "Pole"],
        "C": ["Dom", "Łąka"],
    }
    assert [(r.row, r.column, r.value, str(r.why)) for r in made.refused] == [
        (3, "E", "2019-06-30", "The end (2019-06-30) is before the start (2020-01-01)."),
        (6, "S", "2016-01-01", "It is outside the partnership's dates (2010-01-01 to 2012-01-01)."),
        (9, "E", "2012-01-01", TOLD.format("2010-01-01 to 2012-01-01")),
        (10, "B", "2016-06-01", TOLD.format("2016-06-01 to …")),
    ]
    assert not [wrong for p in made.partnerships for wrong in p.broken_rules()]
