"""A small import, made by hand, and graphs as plain values for comparing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from graphsvc.model.base import Source, stable_id
from graphsvc.model.imports import ImportPlan
from graphsvc.model.organisations import Organisation, Status
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.territories import Territory
from graphsvc.store.driver import Store

TERRITORY = Territory(code="0262", name="Legnica", level="powiat")

GRAPH = """
MATCH (n) WHERE NOT n:(SchemaVersion|Change|Written|WrittenCounter)
RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties,
       [(n)-[r]->(m) | [type(r), coalesce(m.id, m.code), properties(r)]] AS links
"""
MOMENTS = {"started_at", "finished_at", "created", "changes"}
"""What two imports of one file do not have in common: when they were, and in what order they made what."""


def organisation(number: int, **more: Any) -> Organisation:
    values: dict[str, Any] = {"name": f"Org {number}", "sector": ("ngo", "business", "other")[number % 3]}
    return Organisation(id=stable_id("org", str(number)), **{**values, **more})


def partnership(number: int, members: Iterable[int], **more: Any) -> Partnership:
    values: dict[str, Any] = {
        "name": f"Partnership {number}",
        "starts_on": date(2010, 1, 1 + number % 28),
        "territories": ("0262",),
        "source": Source(file="sample.csv", row=number + 2),
    }
    own = tuple(Member(id=stable_id("org", str(m)), role="LID" if i == 0 else "PAR") for i, m in enumerate(members))
    return Partnership(id=stable_id("partnership", str(number)), members=own, **{**values, **more})


def plan(
    partnerships: list[Partnership], organisations: list[Organisation], sha256: str = "0" * 64, file: str = "sample.csv"
) -> ImportPlan:
    return ImportPlan(
        file=file,
        sha256=sha256,
        profile="sample",
        territories=(TERRITORY,),
        organisations={o.id: o for o in organisations},
        partnerships=partnerships,
        partnership_count=len(partnerships),
        membership_count=sum(len(p.members) for p in partnerships),
    )


def circle(organisations: int, partnerships: int, size: int = 3) -> ImportPlan:
    """Partnership i has the members i, 2i+1, 4i+2 … (mod the number of organisations), each once."""
    made = []
    for number in range(partnerships):
        members = dict.fromkeys((number * 2**k + k) % organisations for k in range(size))
        made.append(partnership(number, members))
    return plan(
        made,
        [
            organisation(n, territory="0262" if n % 2 else None, statuses=(Status(code="PS"),) if n % 5 == 0 else ())
            for n in range(organisations)
        ],
    )


def graph(store: Store) -> list[Any]:
    """All nodes with their links, without moments, in a fixed order."""
    with store.session() as session:
        rows = []
        for r in session.run(GRAPH):
            properties = {k: str(v) for k, v in r["properties"].items() if k not in MOMENTS}
            links = sorted(repr((t, to, sorted((k, str(v)) for k, v in p.items()))) for t, to, p in r["links"])
            rows.append((r["id"] or "", sorted(r["labels"]), sorted(properties.items()), links))
    return sorted(rows)
