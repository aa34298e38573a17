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


def test_many_partnerships_are_iterated_twice_alike_and_closed(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", *(f"P{i % 50};Org {i}" for i in range(500)))
    with made:
        first = list(made.partnerships)
        assert first == list(made.partnerships)
        assert [len(p.members) for p in first] == [10] * 50
