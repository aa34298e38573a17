"""What a form begins with: what is usual, what is on record, and what the address names."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request

from graphsvc.model.base import Record, Value, stable_id
from graphsvc.model.partnerships import Partnership
from graphsvc.model.poland import poland
from graphsvc.model.record_types import FieldSpec, field_specs
from graphsvc.store.record_reading import Stored
from graphsvc_web.current import service
from graphsvc_web.forms import display
from graphsvc_web.forms.controls import Picked, Typed, fields, typed


def of_new(model: type[Record]) -> dict[str, Any]:
    """An empty form; the address may fill fields beforehand."""
    start = {}
    for name, spec in fields(model).items():
        start[name] = _blank(spec, spec.default)
        if _takes_rows(spec):
            start[name] = _added(name, spec)
        elif name in request.args:
            given = [_given(spec, value[:200]) for value in request.args.getlist(name)]
            start[name] = [v for many in given for v in many] if spec.many else given[0]
    return start


def of(stored: Stored) -> dict[str, Any]:
    """What is known; the address may add rows, such as a member that would complete a partnership."""
    start = typed(stored.record, stored.names)
    for name, spec in fields(type(stored.record)).items():
        if _takes_rows(spec):
            start[name] += [{**_joining(stored.record), **row} for row in _added(name, spec)]
    return start


def row(spec: FieldSpec) -> Any:
    """A new row of a field that has several."""
    return _usual(spec.part) if spec.part else Picked("")


def called(label: str, key: str) -> str:
    """What the record of a key is called; the key itself where it is unknown."""
    if key in poland().by_code:
        return poland().get(key).name
    stored = service().records.get_many([stable_id("territory", key) if label == "Territory" else key])
    return next((display.title(s) for s in stored.values() if s.record.label == label), key)


def _blank(spec: FieldSpec, default: Any) -> Any:
    if spec.many:
        return []
    if spec.link and not spec.scheme:
        return Picked("")
    if spec.required and spec.kind is date:
        return date.today().isoformat()
    return default if isinstance(default, bool) else "" if default is None or spec.required else str(default)


def _given(spec: FieldSpec, value: str) -> Any:
    if spec.link and spec.part is None and not spec.scheme:
        picked = Picked(called(spec.link.target, value), value)
        return [picked] if spec.many else picked
    return [value] if spec.many else value


def _takes_rows(spec: FieldSpec) -> bool:
    """Whether the address may add rows to a field, such as members."""
    return bool(spec.part and spec.many and spec.link)


def _added(name: str, spec: FieldSpec) -> list[Typed]:
    """A row for each record that the address names."""
    link, part, keys = spec.link, spec.part, [key[:200] for key in request.args.getlist(name)]
    if link is None or part is None:
        return []
    coded = field_specs(part)[link.key].scheme
    return [{**_usual(part), link.key: key if coded else Picked(called(link.target, key), key)} for key in keys]


def _usual(part: type[Value]) -> Typed:
    """What a new row begins with: a member is a partner, a finding a need, unless said otherwise."""
    return {n: of.default for n, of in field_specs(part).items() if of.default and isinstance(of.default, str)}


def _joining(record: Record) -> dict[str, str]:
    """What the row of a new member begins with: in a partnership that has begun it is one from today on."""
    today = date.today()
    if not isinstance(record, Partnership):
        return {}
    begun = record.starts_on and record.starts_on < today and not record.over(today)
    return {"since": today.isoformat()} if begun else {}
