"""Controls of a form: one per field, with its value as text, so that nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, get_args

from graphsvc.i18n import Message
from graphsvc.model.base import Drawn, Record, Value
from graphsvc.model.fieldtypes import Text
from graphsvc.model.poland import poland
from graphsvc.model.record_types import FieldSpec, field_specs
from graphsvc.model.words import FIELD_NAMES, field_name
from graphsvc_web.current import service

HIDDEN = frozenset({"id", "version", "source"})
_LONG = frozenset(get_args(Text)[1:])

Typed = Mapping[str, Any]
"""Field → text, list of texts, list of (text, key) for links, or list of Typed for parts."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A record at the other end of a link: what stands in the field, and its key once it is known."""

    text: str
    key: str = ""


@dataclass(slots=True)
class Control:
    """One field of a form. ``value``: text, texts, Picked, or rows of controls, as ``kind`` says."""

    name: str
    """The name in the form: ``members-0-role`` in a part."""
    title: Message
    kind: str
    value: Any
    required: bool = False
    target: str = ""
    """Label of the records that a link leads to."""
    options: Sequence[tuple[str, str]] = ()
    rows: list[list[Control]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def short(self) -> str:
        """What it holds in a few words, for where it is folded."""
        match self.kind:
            case "codes":
                held = [text for code, text in self.options if code in (self.value or ())]
            case "select":
                held = [text for code, text in self.options if code == self.value]
            case "links":
                held = [picked.text for picked in self.value or ()]
            case "link":
                held = [self.value.text] if self.value else []
            case "parts":
                held = [next(filter(None, (c.short for c in row)), "") for row in self.rows]
            case _:
                held = [str(self.value or "")]
        return ", ".join(filter(None, held))


def kind_of(model: type[Value], spec: FieldSpec) -> str:
    """Which control suits a field."""
    if spec.part is not None:
        return "parts"
    if spec.scheme:
        return "codes" if spec.many else "select"
    if spec.link:
        return "links" if spec.many else "link"
    if spec.many:
        return "lines"
    if any(isinstance(m, Drawn) for m in model.model_fields[spec.name].metadata):
        return "shape"
    if spec.kind is str and _LONG & set(model.model_fields[spec.name].metadata):
        return "area"
    return {bool: "check", int: "number", float: "number", date: "date", datetime: "time"}.get(spec.kind, "text")


def fields(model: type[Value]) -> dict[str, FieldSpec]:
    """The fields that people fill in."""
    hidden = HIDDEN | model.noted if issubclass(model, Record) else frozenset()
    return {n: s for n, s in field_specs(model).items() if n not in hidden}


def controls(model: type[Value], typed: Typed, language: str, prefix: str = "") -> list[Control]:
    """The controls of a record or of one part."""
    return [_control(model, spec, typed.get(name), language, prefix) for name, spec in fields(model).items()]


def _control(model: type[Value], spec: FieldSpec, value: Any, language: str, prefix: str) -> Control:
    kind = kind_of(model, spec)
    name = f"{prefix}{spec.name}"
    made = Control(
        name, field_name(model, spec.name), kind, value, spec.required, spec.link.target if spec.link else ""
    )
    if spec.scheme:
        known = {value} if isinstance(value, str) else set(value or ())
        codes = service().vocabulary().scheme(spec.scheme)
        made.options = [(c.code, c.label(language)) for c in codes if not c.retired or c.code in known]
    if spec.part is not None:
        made.rows = [_row(spec, row, language, f"{name}-{number}-") for number, row in enumerate(value or ())]
    return made


def _row(spec: FieldSpec, row: Typed, language: str, prefix: str) -> list[Control]:
    part = spec.part
    assert part is not None  # noqa: S101 called for parts only
    made = controls(part, row, language, prefix)
    for control in made:
        if spec.link and control.name == f"{prefix}{spec.link.key}" and control.kind in ("link", "text"):
            control.kind, control.target = "link", spec.link.target
            # whom to choose: "Identifier" told nobody
            control.title = FIELD_NAMES.get(spec.link.target.lower(), control.title)
    return made


def typed(record: Record, names: Mapping[str, str]) -> dict[str, Any]:
    """A record as what would have been typed; ``names`` of the records that its links lead to."""
    return {n: _typed(s, getattr(record, n), names) for n, s in fields(type(record)).items()}


def called(key: str, names: Mapping[str, str]) -> str:
    """What the record of a key is called. A neighbouring territory of an import may be known by its code alone."""
    name = names.get(key, key)
    return poland().by_code[key].name if name == key and key in poland().by_code else name


def _typed(spec: FieldSpec, value: Any, names: Mapping[str, str]) -> Any:
    if spec.part is not None:
        key = spec.link.key if spec.link else "id"
        inner = field_specs(spec.part)
        rows = value if spec.many else [value] if value else []
        return [
            {
                n: Picked(called(getattr(part, n), names), getattr(part, n))
                if n == key and not s.scheme
                else text(getattr(part, n))
                for n, s in inner.items()
            }
            for part in rows
        ]
    if spec.link and not spec.scheme:
        keys = value if spec.many else [value] if value else []
        picked = [Picked(called(k, names), k) for k in keys]
        return picked if spec.many else next(iter(picked), Picked(""))
    if spec.many:
        return list(value)
    return value if isinstance(value, bool) else text(value)


def text(value: Any) -> str:
    """A value as people type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
