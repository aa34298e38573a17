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


def test_many_partnerships_are_iterated_twice_alike_and_closed(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", *(f"P{i % 50};Org {i}" for i in range(500)))
    with made:
        first = list(made.partnerships)
        assert first == list(made.partnerships)
        assert [len(p.members) for p in first] == [10] * 50
