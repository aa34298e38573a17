"""A path A - B - C made by two partnerships of two, a triangle D, E, F made by one of three, and G alone."""

from datetime import date

import pytest

from graphsvc.model.network import Network, table

SECTORS = {"A": "ngo", "B": "business", "C": "ngo", "D": "school", "E": "school", "F": "ngo", "G": "ngo"}
PARTNERSHIPS = [("AB", 2010), ("BC", 2011), ("DEF", 2012)]


@pytest.fixture
def network() -> Network:
    orgs = [
        {
            "id": k,
            "name": k,
            "sector": s,
            "territory": "0201" if k in "ABC" else "14",
            "active_from": date(2009, 1, 1),
        }
        for k, s in SECTORS.items()
    ]
    row = {key: i for i, key in enumerate(SECTORS)}
    return Network(
        organisations=table("organisations", orgs),
        partnerships=table("partnerships", [{"id": p, "starts_on": date(y, 1, 1)} for p, y in PARTNERSHIPS]),
        memberships=table(
            "memberships",
            [{"organisation": row[o], "partnership": i} for i, (p, _) in enumerate(PARTNERSHIPS) for o in p],
        ),
    )
