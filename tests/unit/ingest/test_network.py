"""A plan as the tables that snapshots are taken of."""

from __future__ import annotations

from datetime import date

from graphsvc.ingest import to_network
from tests.unit.ingest.conftest import Plan


def test_tables_worked_out_by_hand(plan: Plan) -> None:
    network = to_network(
        plan(
            "Partnerstwo;Organizacja;Rola;Od;Teren;Obszary;Sektor",
            "A;Gmina Lubin;lider;2020-01-02;0211;US08;local_government",
            "A;Dom;;2020-01-02;0211;US08;",
            "B;Dom;;;;;",
        )
    )
    assert network.organisations.select(["name", "sector", "territory", "tags", "founder"]).to_pylist() == [
        {"name": "Gmina Lubin", "sector": "local_government", "territory": "", "tags": [], "founder": None},
        {"name": "Dom", "sector": "other", "territory": "", "tags": [], "founder": None},
    ]
    assert network.partnerships.select(["name", "starts_on", "themes", "territories", "source"]).to_pylist() == [
        {
            "name": "A",
            "starts_on": date(2020, 1, 2),
            "themes": ["US08"],
            "territories": ["0211"],
            "source": "table.csv",
        },
        {"name": "B", "starts_on": None, "themes": [], "territories": [], "source": "table.csv"},
    ]
    assert network.memberships.select(["organisation", "partnership", "role"]).to_pylist() == [
        {"organisation": 0, "partnership": 0, "role": "LID"},
        {"organisation": 1, "partnership": 0, "role": "PAR"},
        {"organisation": 1, "partnership": 1, "role": "PAR"},
    ]
    assert network.territories["code"].to_pylist() == ["02", "0211"]
    assert network.needs.num_rows == 0
