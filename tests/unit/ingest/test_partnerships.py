"""Partnerships as they come out of the spool."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graphsvc.ingest import read_plan
from tests.unit.ingest.conftest import Plan, refusals


def test_an_organisation_that_left_and_came_back_is_a_member_twice(tmp_path: Path) -> None:
    profile = tmp_path / "dated.toml"
    profile.write_text(
        'name = "d"\n[partnership]\nname = "P"\nends_on = "E"\n[[members]]\ncolumn = "O"\nsince = "S"\nuntil = "U"\n'
    )
    table = tmp_path / "d.csv"
    table.write_text(
        "P;O;S;U;E\nX;Dom;2020-01-01;2020-06-30;2022-12-31\nX;Dom;2021-01-01;;2022-12-31\n"
        "X;Dom;2021-02-01;2021-03-01;2022-12-31\nX;Dom;2023-01-01;;2022-12-31\n"
        "X;Las;2021-02-01;2021-01-31;2022-12-31\n",
        "utf-8",
    )
    made = read_plan(table, profile)
    (only,) = made.partnerships
    assert [(m.since, m.until) for m in only.members] == [
        (date(2020, 1, 1), date(2020, 6, 30)),
        (date(2021, 1, 1), None),
    ]
    assert refusals(made) == [(5, "S", "2023-01-01"), (6, "U", "2021-01-31")]


def test_times_that_share_a_day_are_one(tmp_path: Path) -> None:
    profile = tmp_path / "dated.toml"
    profile.write_text(
        'name = "d"\n[partnership]\nname = "P"\n[[members]]\ncolumn = "O"\nsince = "S"\nuntil = "U"\nrole = "R"\n'
    )
    table = tmp_path / "d.csv"
    table.write_text(
        "P;O;S;U;R\n"
        "X;Touching;2010-01-01;2015-06-30;PAR\nX;Touching;2015-06-30;;LID\n"
        "X;Overlapping;2014-01-01;2020-01-01;LID\nX;Overlapping;2010-01-01;2015-06-30;PAR\n"
        "X;Within;2010-01-01;;LID\nX;Within;2011-01-01;2012-01-01;PAR\n"
        "X;Open;;2015-01-01;PAR\nX;Open;;;LID\n"
        "X;Bridged;2010-01-01;2011-01-01;PAR\nX;Bridged;2013-01-01;2014-01-01;LID\n"
        "X;Bridged;2010-06-01;2013-06-01;WSP\n"
        "X;Apart;2010-01-01;2011-01-01;PAR\nX;Apart;2011-01-02;;LID\n",
        "utf-8",
    )
    made = read_plan(table, profile)
    (only,) = made.partnerships
    assert not list(only.broken_rules())
    spans = [(made.organisations[m.id].name, m.role, str(m.since), str(m.until)) for m in only.members]
    assert spans == [
        ("Touching", "LID", "2010-01-01", "None"),
        ("Overlapping", "LID", "2010-01-01", "2020-01-01"),
        ("Within", "LID", "2010-01-01", "None"),
        ("Open", "LID", "None", "None"),
        ("Bridged", "LID", "2010-01-01", "2014-01-01"),
        ("Apart", "PAR", "2010-01-01", "2011-01-01"),
        ("Apart", "LID", "2011-01-02", "None"),
    ]
    assert made.membership_count == len(spans)


def test_an_end_in_a_year_is_its_last_day(tmp_path: Path) -> None:
    profile = tmp_path / "dated.toml"
    profile.write_text(
        'name = "d"\n[partnership]\nname = "P"\nsigned_on = "Z"\nstarts_on = "B"\nends_on = "E"\n'
        '[[members]]\ncolumn = "O"\nsince = "S"\nuntil = "U"\n'
    )
    table = tmp_path / "d.csv"
    table.write_text(
        "P;Z;B;E;O;S;U\nYear;2015;2015;2015;Dom;2015;2015\nMonth;;03.2015;06.2015;Dom;04.2015;04.2015\n"
        "Day;;15.03.2015;30.06.2016;Dom;2015;2016\nDay;;;;Las;2017;\nDay;;;;Pole;;2014\n",
        "utf-8",
    )
    made = read_plan(table, profile)
    partnerships = list(made.partnerships)
    assert partnerships[0].signed_on == date(2015, 1, 1)
    assert [(p.starts_on, p.ends_on) for p in partnerships] == [
        (date(2015, 1, 1), date(2015, 12, 31)),
        (date(2015, 3, 1), date(2015, 6, 30)),
        (date(2015, 3, 15), date(2016, 6, 30)),
    ]
    assert [(m.since, m.until) for p in partnerships for m in p.members] == [
        (date(2015, 1, 1), date(2015, 12, 31)),
        (date(2015, 4, 1), date(2015, 4, 30)),
        (date(2015, 3, 15), date(2016, 6, 30)),
    ]
    assert refusals(made) == [(5, "S", "2017"), (6, "U", "2014")]


def test_many_partnerships_are_iterated_twice_alike_and_closed(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", *(f"P{i % 50};Org {i}" for i in range(500)))
    with made:
        first = list(made.partnerships)
        assert first == list(made.partnerships)
        assert [len(p.members) for p in first] == [10] * 50
