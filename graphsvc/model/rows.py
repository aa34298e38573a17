"""Records as rows of a table and back: the shape of exports, imports and templates.

A cell of several values joins them by ``|``. A value that is a part (a member, a need) is its key and then its
fields, as in ``4f…;role=LID;since=2024-01-01``. ``\\`` escapes ``|``, ``;`` and itself. An empty cell means the field's
default; ``-`` means deliberately empty. Text that a spreadsheet would run as a formula has an apostrophe before it,
taken off again when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from graphsvc.errors import Place, RecordError
from graphsvc.i18n import msg
from graphsvc.model.base import Link, Record, Source, Value
from graphsvc.model.record_types import FieldSpec, field_specs
from graphsvc.model.validation import build
from graphsvc.model.vocabulary import Vocabulary, default

R = TypeVar("R", bound=Record)
Resolve = Callable[[Link, str], str]
"""The key of the record that a cell names by id, number or name. Raises RecordError."""

EMPTY = "-"
_SIGNS = re.compile(r"[\\|;]")
_FORMULA = re.compile(r"^'*[=+\-@\t\r]")


def columns(model: type[Record], private: bool = False) -> list[str]:
    """The columns of a table of such records. Private fields (e-mails, hashes) only where asked for."""
    names = [n for n, s in field_specs(model).items() if n != "source" and (private or not s.private)]
    return names + [f"source_{name}" for name in field_specs(Source)]


@cache
def _specs(model: type[Record], private: bool) -> dict[str, FieldSpec]:
    specs = field_specs(model)
    return {n: specs[n] for n in columns(model, private) if n in specs}


def _escape(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "tak" if value else "nie"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _part(part: Value, key: str) -> str:
    values = ((n, getattr(part, n)) for n in field_specs(type(part)) if n != key)
    kept = [f"{n}={_escape(_scalar(v))}" for n, v in values if v not in (None, "")]
    return ";".join([_escape(getattr(part, key)), *kept])


def _cell(spec: FieldSpec, value: Any) -> str:
    if not value and value in (None, "", ()):  # no 0
        return EMPTY if value != spec.default and not spec.required else ""
    if not spec.many:
        text = _scalar(value)
    elif spec.part is None:
        text = "|".join(_escape(v) for v in value)
    else:
        text = "|".join(_part(v, spec.link.key if spec.link else "id") for v in value)
    return f"'{text}" if isinstance(value, str | tuple) and _guarded(text) else text


def _guarded(text: str) -> bool:
    return bool(_FORMULA.match(text))


def to_row(record: Record, private: bool = False) -> dict[str, str]:
    """The record as text by column."""
    row = {n: _cell(spec, getattr(record, n)) for n, spec in _specs(type(record), private).items()}
    source = record.source
    return row | {f"source_{n}": _cell(s, getattr(source, n)) if source else "" for n, s in field_specs(Source).items()}


def _split(text: str, sign: str) -> list[str]:
    """Split at ``sign`` where it is not escaped; the escapes stay."""
    pieces, begin, position = [], 0, 0
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == sign:
            pieces.append(text[begin:position])
            begin = position + 1
        position += 1
    return [*pieces, text[begin:]]


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _code(scheme: str | None, text: str, vocabulary: Vocabulary) -> str:
    """The code that is meant by ``text``; the text itself where there is none."""
    return (vocabulary.scheme(scheme).code_of(text) if scheme else None) or text


class _Reader:
    """Turns cells into what ``build`` takes."""

    def __init__(self, resolve: Resolve | None, vocabulary: Vocabulary) -> None:
        self.resolve = resolve
        self.vocabulary = vocabulary

    def value(self, spec: FieldSpec, text: str) -> Any:
        """The value of a cell that is not empty."""
        if text == EMPTY:
            return () if spec.many else "" if isinstance(spec.default, str) else None
        if _guarded(text) and text.startswith("'"):
            text = text[1:]
        if not spec.many:
            return self._one(spec, spec.link, text)
        pieces = [p for p in _split(text, "|") if p.strip()]
        if spec.part is None:
            return [self._one(spec, spec.link, _unescape(p).strip()) for p in pieces]
        return [self._of_part(spec, p) for p in pieces]

    def _one(self, spec: FieldSpec, link: Link | None, text: str) -> str:
        text = _code(spec.scheme, text, self.vocabulary)
        return self.resolve(link, text) if self.resolve and link else text

    def _of_part(self, spec: FieldSpec, text: str) -> dict[str, str]:
        key = spec.link.key if spec.link else "id"
        first, *rest = (_unescape(p).strip() for p in _split(text, ";"))
        inner = field_specs(spec.part) if spec.part else {}
        values = {key: self._one(inner[key], spec.link, first)}
        for piece in rest:
            name, _, value = piece.partition("=")
            known = inner.get(name.strip())
            values[name.strip()] = _code(known.scheme if known else None, value.strip(), self.vocabulary)
        return values


def _cells(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Column and text of each cell that is not empty."""
    for column, content in row.items():
        if isinstance(content, float) and content.is_integer():
            content = int(content)  # spreadsheets keep every number as a fraction
        text = _scalar(content).strip() if content is not None else ""
        if text:
            yield column, text


def from_row(
    model: type[R],
    row: Mapping[str, object],
    resolve: Resolve | None = None,
    vocabulary: Vocabulary | None = None,
    place: Place | None = None,
) -> R:
    """The record of a row (column → cell). Raises RecordError, with ``problems``, naming ``place`` and the field."""
    base = place or Place()
    reader = _Reader(resolve, vocabulary or default())
    specs, source = field_specs(model), field_specs(Source)
    data: dict[str, Any] = {}
    origin: dict[str, Any] = {}
    for column, text in _cells(row):
        if column.startswith("source_") and column[7:] in source:
            origin[column[7:]] = _at(base, column, reader, source[column[7:]], text)
        elif column not in specs:
            raise RecordError(
                msg("There is no such field."),
                place=Place(base.file, base.sheet, base.row, column),
                hint=msg("Columns of this table are: %(columns)s.", columns=", ".join(columns(model))),
            )
        else:
            data[column] = _at(base, column, reader, specs[column], text)
    if origin.get("file"):
        data["source"] = origin
    return build(model, data, vocabulary, base)


def _at(base: Place, column: str, reader: _Reader, spec: FieldSpec, text: str) -> Any:
    try:
        return reader.value(spec, text)
    except RecordError as problem:
        where = Place(base.file, base.sheet, base.row, column)
        raise RecordError(problem.message, place=where, hint=problem.hint) from None
