"""The real Danish file: figures counted apart from this code, and what was looked at by eye."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest

from graphsvc.ingest import read_plan, to_network
from graphsvc.model.imports import ImportPlan

FILE = Path(str(files("graphsvc.data") / "denmark" / "projects-2007-2013.csv"))


@pytest.fixture(scope="module")
def plan() -> Iterator[ImportPlan]:
    with read_plan(FILE, "denmark") as made:
        yield made


def names(plan: ImportPlan, *rows: int) -> dict[int, list[str]]:
    return {
        p.source.row: [plan.organisations[m.id].name for m in p.members]
        for p in plan.partnerships
        if p.source and p.source.row in rows
    }


def test_every_row_is_a_partnership(plan: ImportPlan) -> None:
    assert plan.partnership_count == 598  # rows of the file
    assert 1080 <= len(plan.organisations) <= 1120  # "about 1,100"
    assert [(r.row, r.value) for r in plan.refused] == [(60, "project"), (163, "project"), (412, "project")]
    assert 20 <= len(plan.doubtful) <= 40  # few enough to be read


def test_pairs_that_first_meet_after_2011(plan: ImportPlan) -> None:
    # counted by others on the same file: about 565 pairs, 183 organisations, 944 known, 637 with one project
    cut = date(2011, 1, 1)
    early, late = (
        [{m.id for m in p.members} for p in plan.partnerships if (p.starts_on < cut) is side] for side in (True, False)
    )
    known = set().union(*early)
    met, after = ({frozenset(x) for ids in part for x in combinations(ids, 2)} for part in (early, late))
    first = {x for x in after - met if x <= known}
    assert len(known) == pytest.approx(944, abs=4)
    assert sum(sum(o in ids for ids in early) == 1 for o in known) == pytest.approx(637, abs=4)
    assert len(first) == pytest.approx(565, abs=12)
    assert len(set().union(*first)) == pytest.approx(183, abs=3)


def test_rows_looked_at(plan: ImportPlan) -> None:
    read = names(plan, 18, 156, 237, 540, 558)
    assert read[18][2:4] == ["Erhvervsrådet Herning og Ikast-Brande", "Nordvestjysk Erhvervsråd V.M.B.A."]
    assert read[156][-1] == "Business Center Bornholm"  # "… . Den Erhvervsdrivende Fond"
    assert read[237][-3:] == ["SOSU Næstved", "SOSU Nykøbing F", "SOSU Greve"]
    assert read[540][-2:] == ["Karup Lufthavn A.M.B.A", "Aarhus Lufthavn"]
    assert len(read[558]) == 109  # KOMPETENCEmidt


def test_sectors_places_and_numbers(plan: ImportPlan) -> None:
    by_name = {o.name: o for o in plan.organisations.values()}
    expected = {
        "Helsingør Kommune": ("local_government", "GMI", "DK:Hovedstaden"),
        "Region Nordjylland": ("local_government", "WOJ", "DK:Nordjylland"),
        "Beskæftigelsesindsats i statslige Jobcentre": ("labour_office", "PUP", None),
        "Syddansk Universitet": ("school", "UCZ", "DK:Syddanmark"),
        "Produktionsskolen i Herning Kommune": ("school", "SPO-PON", "DK:Midtjylland"),
        "Toksværd Planteskole": ("business", "", None),
        "Væksthus Midtjylland": ("business", "IOB", "DK:Midtjylland"),
        "Skagen Museum": ("ngo", "NGO", "DK:Nordjylland"),
        "Crestwing ApS": ("business", "", "DK:Nordjylland"),
    }
    assert {n: (by_name[n].sector, by_name[n].kind, by_name[n].territory) for n in expected} == expected
    assert by_name["Crestwing ApS"].foreign_id == "CVR:34624100"
    assert sum(o.sector == "other" for o in by_name.values()) < 0.12 * len(by_name)


def test_the_network_is_the_plan(plan: ImportPlan) -> None:
    network = to_network(plan)
    assert network.organisations.num_rows == len(plan.organisations)
    assert network.partnerships.num_rows == 598
    assert network.memberships.num_rows == plan.membership_count
    assert network.organisations["id"].to_pylist() == list(plan.organisations)
    assert network.memberships.slice(0, 1).to_pylist()[0] == {
        "organisation": 0,
        "partnership": 0,
        "role": "LID",
        "since": None,
        "until": None,
    }
    assert network.partnerships.slice(0, 1)["themes"].to_pylist() == [["WIE"]]
    assert {t["code"] for t in network.territories.to_pylist()} >= {"DK:Nordjylland", "DK:Bornholm"}
