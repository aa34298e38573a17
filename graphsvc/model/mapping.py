"""Records as nodes with properties and links, and back: the one place that says how a field is kept in the graph.

Strings that are empty, None and empty tuples are not kept (Neo4j has no null properties), so a missing property
is the field's own empty value. ``source`` is kept as ``source_file``, ``source_row`` and ``source_retrieved_on``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graphsvc.model.base import Link, Record, Source, Value
from graphsvc.model.record_types import FieldSpec, field_specs, labels_of

ORDER = "nth"
"""Property of a relationship: its place in the field's list."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One relationship of a record. ``properties`` are never null."""

    link: Link
    key: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One record as a node."""

    id: str
    labels: Sequence[str]
    properties: Mapping[str, Any]
    links: Sequence[LinkRow]


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items() if v not in (None, "", ())}


def _missing(spec: FieldSpec) -> Any:
    """What a missing property means: the empty value of the field, whatever its default for new records is."""
    if spec.many:
        return ()
    return "" if spec.required or isinstance(spec.default, str) else spec.default


@cache
def _blank(model: type[Value]) -> Any:
    """A record, or a part of one, of which nothing is kept: to copy, which is much faster than to construct."""
    return model.model_construct(**{name: _missing(spec) for name, spec in field_specs(model).items()})


def _part_properties(part: Value, key: str) -> dict[str, Any]:
    return _kept({name: getattr(part, name) for name in field_specs(type(part)) if name != key})


def _links(spec: FieldSpec, value: Any) -> Iterable[LinkRow]:
    link = spec.link
    if link is None or not value:
        return
    for position, item in enumerate(value if spec.many else (value,)):
        if isinstance(item, Value):
            own = _part_properties(item, link.key)
            yield LinkRow(link, getattr(item, link.key), {**own, ORDER: position})
        else:
            yield LinkRow(link, item, {ORDER: position} if spec.many else {})


def to_node(record: Record) -> NodeRow:
    """The record as a node."""
    specs = field_specs(type(record))
    values = {n: getattr(record, n) for n, s in specs.items() if s.link is None and n not in ("source", "id")}
    source = record.source or Source.model_construct(file="", row=None, retrieved_on=None)
    values |= {f"source_{name}": getattr(source, name) for name in field_specs(Source)}
    links = [row for name, s in specs.items() for row in _links(s, getattr(record, name))]
    return NodeRow(record.id, labels_of(record), {"id": record.id, **_kept(values)}, links)


def _plain(value: Any) -> Any:
    """Neo4j's own dates and lists as Python's dates and tuples."""
    if isinstance(value, list):
        return tuple(value)
    return value.to_native() if hasattr(value, "to_native") else value


def _values(model: type[Value], properties: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of which something is kept; they are few of many."""
    specs = field_specs(model)
    return {name: _plain(value) for name, value in properties.items() if name in specs and not specs[name].link}


def _field(spec: FieldSpec, mine: list[LinkRow]) -> Any:
    mine.sort(key=lambda row: (row.properties.get(ORDER, 0), row.key))
    if spec.part is None:
        return tuple(row.key for row in mine) if spec.many else mine[0].key
    return tuple(_part(spec.part, spec.link.key if spec.link else "id", row) for row in mine)


def _part(model: type[Value], key: str, row: LinkRow) -> Value:
    part: Value = _blank(model).model_copy(update={**_values(model, row.properties), key: row.key})
    return part


def from_node(model: type[Record], properties: Mapping[str, Any], links: Sequence[LinkRow]) -> Record:
    """The record of a node; what is in the database is trusted, not checked again."""
    mine: dict[Link | None, list[LinkRow]] = {}
    for row in links:
        mine.setdefault(row.link, []).append(row)
    values = _values(model, properties)
    for name, spec in field_specs(model).items():
        if spec.link in mine:
            values[name] = _field(spec, mine[spec.link])
    file = properties.get("source_file")
    retrieved = _plain(properties.get("source_retrieved_on"))
    source = Source(file=file, row=properties.get("source_row"), retrieved_on=retrieved) if file else None
    record: Record = _blank(model).model_copy(update={**values, "source": source})
    return record
