"""Territories that ship with the project and areas of needs enter the graph when something first links to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graphsvc.model.base import Record
from graphsvc.model.mapping import to_node
from graphsvc.model.poland import poland, service_area
from graphsvc.model.territories import ServiceArea, Territory
from graphsvc.model.vocabulary import Concept, Vocabulary
from graphsvc.store.driver import Run

CODED = ("Territory", "ServiceArea")


def _wanted(records: Sequence[Record], areas: Mapping[str, Concept]) -> Iterator[str]:
    """The codes that records link to, with all above each."""
    for record in records:
        for row in to_node(record).links:
            if row.link.target in CODED:
                yield row.key
                if row.key in poland().by_code:
                    yield from poland().above(row.key)
                elif row.key in areas:
                    yield from areas[row.key].extra.get("area", ())


def missing(run: Run, records: Sequence[Record], vocabulary: Vocabulary) -> list[Record]:
    """The shipped territories and the areas that these link to and that are neither among them nor in the graph.

    A new territory borders on those of its neighbours that are there by then.
    """
    areas = vocabulary.scheme("need_area").by_code
    own = {r.code for r in records if isinstance(r, Territory | ServiceArea)}
    wanted = [code for code in dict.fromkeys(_wanted(records, areas)) if code not in own]
    beside = [n for code in wanted for n in poland().neighbours.get(code, ())]
    there = {row["code"] for row in run("records/codes", codes=list(dict.fromkeys((*wanted, *beside))))} | own
    new = [code for code in wanted if code not in there]
    there |= set(new)
    found: list[Record] = []
    for code in new:
        if code in poland().by_code:
            borders = tuple(n for n in poland().neighbours.get(code, ()) if n in there)
            found.append(poland().get(code).model_copy(update={"borders": borders}))
        elif code in areas:
            found.append(service_area(areas[code]))
    return found
