"""A record's fields in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from graphsvc.model.base import Link, Record, Value, stable_id
from graphsvc.model.record_types import FieldSpec, field_specs
from graphsvc.model.words import FIELD_NAMES, RECORD_NAMES, field_name
from graphsvc.store.record_reading import Stored
from graphsvc_web.addresses import address
from graphsvc_web.forms.controls import HIDDEN, called, kind_of
from graphsvc_web.language import day, moment, number, say
from graphsvc_web.templating import label

SHOWN_IN_LISTS = 6
AHEAD = "next_on"
"""A date that is yet to come: nothing is known by it."""
SHARES = frozenset({"score"})
"""Fields from 0 to 1 that are told in per cent."""


def title(stored: Stored) -> str:
    """What a record is called: its name, or its kind with whom and when it is about."""
    record = stored.record
    name = getattr(record, "name", "") or ""
    if name:
        return str(name)
    about = [stored.names[k] for k in keys(record) if k in stored.names][:2]
    when = next(
        (v for n in field_specs(type(record)) if n != AHEAD and isinstance(v := getattr(record, n), date)), None
    )
    parts = [say(RECORD_NAMES[record.label][0]).capitalize(), " – ".join(about), day(when) if when else ""]
    return ", ".join(filter(None, parts))


def keys(record: Record) -> list[str]:
    """Keys of the records that a record's links lead to, those of parts (members, needs) too."""
    found: list[str] = []
    for name, spec in field_specs(type(record)).items():
        value = getattr(record, name)
        if spec.link and value:
            items = value if spec.many else [value]
            found += [_key(spec.link, item) for item in items]
    return found


def _empty(value: Any) -> bool:
    """Nothing that a page would say: not so a number of 0."""
    return value is False or value in (None, "", ())


def _key(link: Link, item: Any) -> str:
    """The key of the record that an item of a field leads to: its own, or that of a part."""
    return str(getattr(item, link.key) if isinstance(item, Value) else item)


def facts(stored: Stored, *, private: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Title and content of every field that has a value: texts, each with the address of what it names or ""."""
    record = stored.record
    return [
        (say(field_name(type(record), name)), _linked(spec, getattr(record, name), stored.names))
        for name, spec in field_specs(type(record)).items()
        if _told(type(record), spec, private) and not _empty(getattr(record, name))
    ]


def _linked(spec: FieldSpec, value: Any, names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(_one(spec, item, names), _url(spec, item, names)) for item in (value if spec.many else (value,))]


def _url(spec: FieldSpec, item: Any, names: Mapping[str, str]) -> str:
    """The page of the record that a link leads to; areas of needs and statuses are codes, which have none, nor have
    territories that are known by their code alone."""
    if spec.link is None or spec.link.target in ("ServiceArea", "Status"):
        return ""
    key = _key(spec.link, item)
    if spec.link.target == "Territory" and names.get(key, key) == key:
        return ""
    return address(spec.link.target, stable_id("territory", key) if spec.link.target == "Territory" else key)


def _told(model: type[Record], spec: FieldSpec, private: bool) -> bool:
    """Whether a page says the field in words: a drawn area is shown instead, what is private and noted is not."""
    told = not spec.private or (private and spec.name not in model.noted)
    return spec.name not in HIDDEN and told and kind_of(model, spec) != "shape"


def words(spec: FieldSpec, value: Any, names: Mapping[str, str]) -> str:
    """One field's value in words."""
    if value in (None, "", ()):
        return ""
    if spec.many:
        return "; ".join(_one(spec, item, names) for item in value)
    return _one(spec, value, names)


def _one(spec: FieldSpec, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, Value):
        inner = field_specs(type(value))
        return ", ".join(filter(None, (_inner(s, getattr(value, n), names) for n, s in inner.items())))
    if spec.scheme:
        return str(label(spec.scheme, value))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return moment(value.timestamp())
    if isinstance(value, date):
        return day(value)
    if spec.name in SHARES:
        return f"{number(100 * value)}%"
    if isinstance(value, int | float):
        return number(value)
    return called(str(value), names)


def _inner(spec: FieldSpec, value: Any, names: Mapping[str, str]) -> str:
    """A field of a part; numbers and days say what they are, as several stand in one line."""
    text = "" if _empty(value) else _one(spec, value, names)
    if text and isinstance(value, int | float | date):
        return f"{str(say(FIELD_NAMES[spec.name])).lower()}: {text}"
    return text


def dated(model: type[Record]) -> str | None:
    """The date that a record is known by: its start, else its first one that is not yet to come."""
    days = [n for n, s in field_specs(model).items() if n not in HIDDEN and kind_of(model, s) == "date"]
    return "starts_on" if "starts_on" in days else next((n for n in days if n != AHEAD), None)


def list_columns(model: type[Record]) -> list[FieldSpec]:
    """The fields that a list shows: short ones, the needed ones and links first."""
    short = [
        s
        for n, s in field_specs(model).items()
        if n not in HIDDEN and not s.private and s.part is None and kind_of(model, s) not in ("area", "lines", "codes")
    ]
    specs, day = field_specs(model), dated(model)
    first = day if day and ("name" not in specs or specs[day].required) else None  # else it is known by its name

    def place(s: FieldSpec) -> tuple[bool, ...]:
        return s.name != "name", not s.required, s.name != first, s.link is None and s.scheme is None, s.name != day

    short.sort(key=place)
    return short[:SHOWN_IN_LISTS]


def changes(
    model: type[Record], found: list[tuple[str, Any, Any]], names: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Field, before and after, in words; of a list what came and what went, unless only its order changed."""
    specs = field_specs(model)
    return [
        (say(field_name(model, name)), words(specs[name], gone, names), words(specs[name], come, names))
        for name, old, new in found
        for gone, come in (_apart(old, new),)
        if name not in HIDDEN and not specs[name].private and (_filled(old) or _filled(new))
    ]


def _apart(old: Any, new: Any) -> tuple[Any, Any]:
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return old, new
    apart = tuple(x for x in old if x not in new), tuple(x for x in new if x not in old)
    return apart if any(apart) else (old, new)


def _filled(value: Any) -> bool:
    return value not in (None, "", ())
