"""Territories and areas of needs that ship with the project enter the graph when something first links to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from graphsvc.model.base import Record
from graphsvc.model.mapping import to_node
from graphsvc.model.poland import poland, service_areas
from graphsvc.model.territories import ServiceArea, Territory
from graphsvc.store.driver import Run

CODED = ("Territory", "ServiceArea")


@cache
def _areas() -> dict[str, ServiceArea]:
    return {area.code: area for area in service_areas()}


def _wanted(records: Sequence[Record]) -> Iterator[str]:
    """The codes that records link to, with all above each."""
    for record in records:
        for row in to_node(record).links:
            if row.link.target in CODED:
                yield row.key
                if row.key in poland().by_code:
                    yield from poland().above(row.key)
                elif row.key in _areas():
                    yield from _areas()[row.key].broader


def missing(run: Run, records: Sequence[Record]) -> list[Record]:
    """The shipped records that these link to and that are neither among them nor in the graph.

    A new territory borders on those of its neighbours that are there by then.
    """
    own = {r.code for r in records if isinstance(r, Territory | ServiceArea)}
    wanted = [code for code in dict.fromkeys(_wanted(records)) if code not in own]
    beside = [n for code in wanted for n in poland().neighbours.get(code, ())]
    there = {row["code"] for row in run("records/codes", codes=list(dict.fromkeys((*wanted, *beside))))} | own
    new = [code for code in wanted if code not in there]
    there |= set(new)
    found: list[Record] = []
    for code in new:
        if code in poland().by_code:
            borders = tuple(n for n in poland().neighbours.get(code, ()) if n in there)
            found.append(poland().get(code).model_copy(update={"borders": borders}))
        elif code in _areas():
            found.append(_areas()[code])
    return found
