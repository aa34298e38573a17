"""Records read from the graph: by id, in filtered pages, by the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import neo4j

from graphsvc.model.base import Link, Record
from graphsvc.model.fieldtypes import folded
from graphsvc.model.mapping import LinkRow, from_node
from graphsvc.model.record_types import RECORD_TYPES, field_specs, record_type
from graphsvc.store.driver import Run
from graphsvc.store.queries import Query, queries

LINKS: dict[tuple[str, str, str], Link] = {
    (s.link.type, s.link.direction, s.link.target): s.link
    for model in RECORD_TYPES.values()
    for s in field_specs(model).values()
    if s.link
}
OUT = sorted({link.type for link in LINKS.values() if link.direction == "out"})
INCOMING = sorted({link.type for link in LINKS.values() if link.direction == "in"})
POLISH = [["ą", "a{"], ["ć", "c{"], ["ę", "e{"], ["ł", "l{"], ["ń", "n{"], ["ó", "o{"], ["ś", "s{"], ["ź", "z{"],
          ["ż", "z|"]]  # fmt: skip
"""Letters with what they sort as: behind the plain one, since ``{`` comes after ``z``."""


def alphabetic(text: str) -> str:
    """What a text sorts by in Polish order, as lists of records do."""
    text = text.lower()
    for letter, plain_one in POLISH:
        text = text.replace(letter, plain_one)
    return text


IN_NAMES = frozenset({"Organisation", "Partnership", "Territory", "Meeting"})
"""Types in the full-text index ``names``; all others are in ``record_texts``."""
ALL = 2**31 - 1
"""A page that every record is on; the largest number that Cypher cuts a list at."""
AT_ONCE = 2_000
"""Records that one query reads."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with what the database knows of it besides."""

    record: Record
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of the records that its links lead to, by the key in the field."""
    refs: Sequence[tuple[LinkRow, str]] = ()
    """Its links with their element ids."""
    labels: Sequence[str] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def archived(self) -> bool:
        """Put away: shown only in its history."""
        return "archived_at" in self.properties

    @property
    def merged_into(self) -> str | None:
        """The id of the organisation that it was put together with, for as long as it is."""
        return self.properties.get("merged_into")

    @property
    def changed_at(self) -> datetime | None:
        """When it was saved last."""
        moment = self.properties.get("changed_at")
        return local(moment) if moment is not None else None

    @property
    def changed_by(self) -> str:
        """Who saved it last."""
        return str(self.properties.get("changed_by", ""))


@dataclass(frozen=True, slots=True)
class Filters:
    """Which records a list shows; each names fields of the type. All must hold.

    ``values``: one of them (codes, texts, flags; for links the ids or codes at the other end, a territory with all
    below it). ``ranges``: first and last, either may be None. ``empty``: fields without a value.
    """

    values: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[date | float | None, date | float | None]] = field(default_factory=dict)
    empty: Sequence[str] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    rows: Sequence[Stored]
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """A record that a search found; ``hint`` (a territory, a day) tells namesakes apart."""

    id: str
    label: str
    name: str
    hint: str


def local(value: Any) -> Any:
    """The driver's date or time as Python's; a moment by the clock of this machine, not by UTC."""
    own = value.to_native() if hasattr(value, "to_native") else value
    return own.astimezone() if isinstance(own, datetime) else own


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """A row with Python's own dates and times (see ``local``)."""
    return {k: local(v) for k, v in values.items()}


def of_type(name: str, label: str) -> Query:
    """A query file that works on one type: planned with that label, since a parameter can't use its index."""
    record_type(label)
    query = queries()[name]
    return replace(query, text=query.text.replace("AnyRecord", label))


@cache
def _link(type: str, direction: str, labels: tuple[str, ...]) -> Link | None:
    own = (LINKS.get((type, direction, label)) for label in labels)
    return next(filter(None, own), None)


def _stored(row: neo4j.Record) -> Stored | None:
    label = next((x for x in row["labels"] if x in RECORD_TYPES), None)
    if label is None:
        return None
    refs, names = [], {}
    for raw in row["links"]:
        link = _link(raw["type"], raw["direction"], tuple(raw["labels"]))
        if link is not None:
            key = raw[link.key]
            names[key] = raw["name"] or key
            refs.append((LinkRow(link, key, raw["properties"]), raw["ref"]))
    record = from_node(RECORD_TYPES[label], row["properties"], [link for link, _ in refs])
    return Stored(record, names, refs, row["labels"], row["properties"])


def read(run: Run, ids: Iterable[str]) -> dict[str, Stored]:
    """Records by id; ids that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Stored] = {}
    for begin in range(0, len(wanted), AT_ONCE):
        for row in run("records/get", ids=wanted[begin : begin + AT_ONCE], out=OUT, incoming=INCOMING):
            if stored := _stored(row):
                found[stored.record.id] = stored
    return found


def _numbers_for(filters: Filters, label: str, run: Run) -> dict[str, Any]:
    specs = field_specs(record_type(label))
    equal: dict[str, list[Any]] = {}
    among: dict[str, list[Any]] = {}
    links: list[dict[str, Any]] = []
    for name, values in filters.values.items():
        spec = specs[name]
        if spec.link:
            out = spec.link.direction == "out"
            links.append({"type": spec.link.type, "out": out, "keys": list(values)})
        else:
            (among if spec.many else equal)[name] = list(values)
    if filters.text.strip():
        equal["id"] = [f.id for f in search(run, filters.text, label, ALL)]
    ranges = [{"field": name, "first": a, "last": b} for name, (a, b) in filters.ranges.items()]
    return {"equal": equal, "among": among, "links": links, "ranges": ranges, "empty": list(filters.empty)}


def listed(
    run: Run, label: str, filters: Filters, sort: str, descending: bool, skip: int, limit: int
) -> tuple[list[str], int]:
    """The ids on a page of one type's records, and how many there are on all pages.

    Raises NotFoundError for a type that does not exist."""
    chosen = _numbers_for(filters, label, run)
    order = {"sort": sort, "descending": descending, "letters": POLISH, "skip": skip, "limit": limit}
    row = run(of_type("records/list", label), **chosen, **order)[0]
    return row["ids"], row["total"]


def page(run: Run, label: str, filters: Filters, sort: str, descending: bool, skip: int, limit: int) -> Page:
    """A page of one type's records. Raises NotFoundError for a type that does not exist."""
    ids, total = listed(run, label, filters, sort, descending, skip, limit)
    found = read(run, ids)
    return Page([found[i] for i in ids if i in found], total)


def lucene(text: str) -> str:
    """Words that all must be there, each as a beginning, whole ones first: what people mean by a part of a name."""
    words = re.findall(r"\w+", folded(text))
    return " AND ".join(f"({word}^3 OR {word}*)" for word in words[:20])


def _misspelt(text: str) -> str:
    """The same words, of which one or two letters may differ; none in short ones."""
    words = re.findall(r"\w+", folded(text))
    return " ".join(f"{word}~{0 if len(word) < 4 else 1 if len(word) < 8 else 2}" for word in words[:20])


def search(run: Run, text: str, label: str | None = None, limit: int = 20) -> list[Found]:
    """Records of one type, or of those in the index of names: by number of a register, by the beginnings of all words,
    else by words spelt nearly so; best first. Nothing where no word is given."""
    text = text[:300]
    if label in (None, "Organisation") and (found := _by_number(run, text)):
        return found[:limit]
    index = "names" if label is None or label in IN_NAMES else "record_texts"
    for wanted in (lucene(text), _misspelt(text)):
        rows = run("records/search", index=index, text=wanted, label=label, limit=limit) if wanted else ()
        if found := [Found(r["id"], r["label"], r["name"], r["hint"] or "") for r in rows]:
            return found
    return []


def _by_number(run: Run, text: str) -> list[Found]:
    number = text.strip()
    digits = re.sub(r"[\s-]", "", number)
    spellings = {number, digits, digits.zfill(10)} if digits.isdigit() else {number}
    rows = run("records/number", numbers=sorted(filter(None, spellings)))
    return [Found(r["id"], r["label"], r["name"], r["hint"] or "") for r in rows]
