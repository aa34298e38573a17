"""Who takes part, as rows say it."""

from __future__ import annotations

from pathlib import Path

from graphsvc.ingest import read_plan
from graphsvc.ingest.members import spots
from graphsvc.ingest.profile import load_profile
from graphsvc.ingest.table import Heading
from tests.unit.ingest.conftest import Plan, members, refusals


def test_a_refused_value_leaves_the_rest_of_the_row(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;NIP;Gmina;Rola;WWW;Obszary",
        "A;Gmina Lubin;1234567890;Nigdzie;wódz;nie wiem;US08;kto wie",
        "A;Fundacja Dom;;;;dom.example;",
    )
    assert sorted(refusals(made)) == [
        (2, "Gmina", "Nigdzie"),
        (2, "NIP", "1234567890"),
        (2, "Rola", "wódz"),
        (2, "WWW", "nie wiem"),
    ]
    assert members(made) == {"A": [("Gmina Lubin", "PAR"), ("Fundacja Dom", "PAR")]}
    sites = {o.name: o.website for o in made.organisations.values()}
    assert sites == {"Gmina Lubin": "", "Fundacja Dom": "https://dom.example"}


def test_marks_in_a_wide_table(tmp_path: Path) -> None:
    profile = tmp_path / "wide.toml"
    profile.write_text(
        'name = "wide"\n[partnership]\nname = "P"\n[[members]]\n'
        'columns_like = "(?:Gmina|Fundacja) .*"\nmarks = ["x", "tak"]\n'
    )
    table = tmp_path / "wide.csv"
    table.write_text("P,Gmina A,Fundacja B,Uwagi\nX,x,,x\nY,Tak,X,\n", "utf-8")
    assert members(read_plan(table, profile)) == {
        "X": [("Gmina A", "PAR")],
        "Y": [("Gmina A", "PAR"), ("Fundacja B", "PAR")],
    }


def test_hidden_characters_are_taken_out(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", "A;Fun\u202edacja\u200b Do\u0007m", "A;Fundacja Do m")
    assert [o.name for o in made.organisations.values()] == ["Fundacja Do m"]


def test_a_column_is_looked_for_once_among_thousands() -> None:
    asked: list[str] = []

    class Counted(Heading):
        def index(self, name: str) -> int:
            asked.append(name)
            return super().index(name)

    rules = load_profile("partnerstwa").members[0]
    found = list(spots(rules, Counted(1, ("Partnerstwo", "Organizacja", *map(str, range(1000))))))
    assert [spot.index for spot in found] == [1]
    assert asked.count("Organizacja") == 1
