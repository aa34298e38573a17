"""What a form sent: kept as typed for showing it again, and made into what ``model.validation.build`` takes."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from graphsvc.errors import Place, RecordError
from graphsvc.i18n import msg, short
from graphsvc.model.base import Link, Value
from graphsvc.model.fieldtypes import folded
from graphsvc.model.poland import poland
from graphsvc.model.record_types import FieldSpec, field_specs
from graphsvc.store.records import Records
from graphsvc_web.forms.controls import Picked, fields, kind_of

Form = MultiDict[str, str]


def read(model: type[Value], form: Form, prefix: str = "") -> dict[str, Any]:
    """Everything typed, field by field."""
    return {name: _read(model, spec, form, f"{prefix}{name}") for name, spec in fields(model).items()}


def _read(model: type[Value], spec: FieldSpec, form: Form, name: str) -> Any:
    kind = kind_of(model, spec)
    if kind == "parts":
        return _rows(spec, form, name)
    if kind == "links":
        return _picked(form, name)
    if kind == "link":
        return next(iter(_picked(form, name)), Picked(""))
    if kind == "codes":
        return [v for v in form.getlist(name) if v]
    if kind == "lines":
        return [line.strip() for line in form.get(name, "").splitlines() if line.strip()]
    if kind == "check":
        return form.get(name) == "1"
    return form.get(name, "")


def _picked(form: Form, name: str) -> list[Picked]:
    texts, keys = form.getlist(name), form.getlist(f"{name}.key")
    keys += [""] * (len(texts) - len(keys))
    return [Picked(t.strip(), k) for t, k in zip(texts, keys, strict=False) if t.strip()]


def _rows(spec: FieldSpec, form: Form, name: str) -> list[dict[str, Any]]:
    part = spec.part
    assert part is not None  # noqa: S101 called for parts only
    key = spec.link.key if spec.link else "id"
    count = min(form.get(f"{name}-count", 0, int), len(form))  # each row has fields of its own
    rows = []
    for number in range(count):
        prefix = f"{name}-{number}-"
        if form.get(f"{prefix}remove") == "1":
            continue
        row = read(part, form, prefix)
        if spec.link and not field_specs(part)[key].scheme:
            row[key] = next(iter(_picked(form, f"{prefix}{key}")), Picked(""))
        rows.append(row)
    return rows


def data(model: type[Value], typed: dict[str, Any], records: Records) -> tuple[dict[str, Any], list[RecordError]]:
    """Field → value for ``build``, and what was picked by a text that names no record or several."""
    found: dict[str, Any] = {}
    problems: list[RecordError] = []
    for name, spec in fields(model).items():
        value = typed[name]
        if spec.part is not None:
            found[name] = [_part(spec, name, row, records, problems) for row in value if _filled(row)]
        elif spec.link and not spec.scheme:
            keys = [_key(spec.link, p, name, records, problems) for p in (value if spec.many else [value])]
            found[name] = keys if spec.many else keys[0] if keys else None
        else:
            found[name] = value
        if found[name] == "" and not spec.required and not isinstance(spec.default, str):
            found[name] = spec.default
    return found, problems


def problems_of(wrong: list[RecordError], found: RecordError) -> list[RecordError]:
    """What was picked wrongly, and what ``build`` found in other fields: that a key is lacking follows."""
    told = tuple(problem.place.field for problem in wrong if problem.place and problem.place.field)
    own = (p for p in found.problems or (found,) if not (p.place and (p.place.field or "").startswith(told)))
    return [*wrong, *own]


def _filled(row: dict[str, Any]) -> bool:
    """A row in which nothing but defaults stands is not meant."""
    return any(v.text if isinstance(v, Picked) else v for k, v in row.items() if k not in ("role", "level", "what"))


def _part(
    spec: FieldSpec, name: str, row: dict[str, Any], records: Records, problems: list[RecordError]
) -> dict[str, Any]:
    part = spec.part
    assert part is not None  # noqa: S101 called for parts only
    made = {}
    for inner, value in row.items():
        if isinstance(value, Picked):
            link = spec.link or field_specs(part)[inner].link
            made[inner] = _key(link, value, name, records, problems) if link else value.text
        elif value != "" or isinstance(field_specs(part)[inner].default, str):
            made[inner] = value
    return made


def _key(link: Link, picked: Picked, name: str, records: Records, problems: list[RecordError]) -> str | None:
    """The key of what was picked, or of the only record whose name is what was typed."""
    if not picked.text:
        return None
    if picked.key:
        return picked.key
    found = lookup(records, link.target, picked.text, 20)
    same = [key for key, text, _hint in found if folded(text) == folded(picked.text)]
    if len(same) == 1:
        return same[0]
    problems.append(
        RecordError(
            msg("“%(value)s” is not in the list.", value=short(picked.text))
            if not same
            else msg("Several are called “%(value)s”.", value=short(picked.text)),
            place=Place(field=name),
            hint=msg("Type a part of the name and choose from the list."),
        )
    )
    return None


def lookup(records: Records, label: str, text: str, limit: int) -> list[tuple[str, str, str]]:
    """Key, name and hint of the records of a type whose name has the typed words."""
    found = records.search(text, label, limit)
    if label != "Territory":
        return [(f.id, f.name, f.hint) for f in found]
    own = [(f.hint, f.name, f.hint) for f in found if f.hint not in poland().by_code]
    return [*((t.code, t.name, t.code) for t in poland().search(text, limit)), *own][:limit]
