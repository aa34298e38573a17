"""Small networks of which every answer is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from graphsvc.model.network import Network, table

Made = Callable[..., Network]


def make(partnerships: Sequence[tuple[date | None, Sequence[int]]], organisations: int, **more: Any) -> Network:
    """Organisations o0, o1, … ; each partnership a day and its members, the first one leading."""
    overrides = more.pop("of", {})
    orgs = [
        {"id": f"o{k}", "name": f"Organisation {k}", "sector": "ngo", "kind": "", "territory": "", "tags": []}
        | overrides.get(k, {})
        for k in range(organisations)
    ]
    projects = [
        {"id": f"p{k}", "name": f"Partnership {k}", "starts_on": day, "themes": ["care"], "territories": ["T"]}
        for k, (day, _) in enumerate(partnerships)
    ]
    members = [
        {"organisation": m, "partnership": k, "role": "LID" if m == of[0] else "PAR"}
        for k, (_, of) in enumerate(partnerships)
        for m in of
    ]
    return Network(
        organisations=table("organisations", orgs),
        partnerships=table("partnerships", projects),
        memberships=table("memberships", members),
        **{name: table(name, rows) for name, rows in more.items()},
    )


@pytest.fixture
def network_of() -> Made:
    return make


@pytest.fixture
def path_network() -> Network:
    """0–1–2–3 in three partnerships of two, a year apart; 4 alone."""
    days = (date(2010, 1, 1), date(2011, 1, 1), date(2012, 1, 1))
    return make([(days[0], (0, 1)), (days[1], (1, 2)), (days[2], (2, 3))], 5)
