"""From what people type to a record, or to sentences that say for each field what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from pydantic import ValidationError

from graphsvc.errors import Place, RecordError
from graphsvc.i18n import Message, msg, short
from graphsvc.model.base import Record, Value
from graphsvc.model.fieldtypes import RuleError
from graphsvc.model.poland import poland
from graphsvc.model.record_types import FieldSpec, field_specs
from graphsvc.model.territories import Territory
from graphsvc.model.vocabulary import Vocabulary, default

R = TypeVar("R", bound=Record)

_REASONS: dict[str, tuple[Message, Message]] = {
    "missing": (msg("This field is needed."), msg("Fill it in.")),
    "string_type": (msg("This field is needed."), msg("Fill it in.")),
    "string_too_long": (msg("The text is too long."), msg("At most %(max_length)s characters are allowed.")),
    "date": (msg("“%(value)s” is not a date."), msg("Write it as 2026-03-31 or 31.03.2026.")),
    "datetime": (msg("“%(value)s” is not a time."), msg("Write it as 2026-03-31 14:30.")),
    "int": (msg("“%(value)s” is not a whole number."), msg("Write digits only.")),
    "float": (
        msg("“%(value)s” is not a number."),
        msg("Write digits, with a comma or a point for the fraction."),
    ),
    "bool": (msg("“%(value)s” is neither yes nor no."), msg("Choose yes or no.")),
    "greater_than_equal": (msg("“%(value)s” is too small."), msg("The least is %(ge)s.")),
    "less_than_equal": (msg("“%(value)s” is too large."), msg("The most is %(le)s.")),
    "extra_forbidden": (msg("There is no such field."), msg("Delete it, or correct its name.")),
}
"""pydantic's kinds of errors in our words; of a kind like ``date_parsing`` the part before ``_`` counts."""
_OTHER = (msg("“%(value)s” can't be used here."), msg("Type it again."))


def _place(where: Sequence[Any], base: Place) -> Place:
    field = str(where[0]) if where else None
    return Place(base.file, base.sheet, base.row, base.column, field)


def _own_words(error: Mapping[str, Any], base: Place) -> RecordError:
    context = error.get("ctx", {})
    cause = context.get("error")
    place = _place(error["loc"], base)
    if isinstance(cause, RuleError):
        return RecordError(cause.message, place=place, hint=cause.hint)
    kind = error["type"]
    text, hint = _REASONS.get(kind) or _REASONS.get(kind.split("_")[0]) or _OTHER
    params = {**context, "value": short(str(error["input"]))}
    return RecordError(Message(text.text, params), place=place, hint=Message(hint.text, params))


def _codes(value: Value, vocabulary: Vocabulary) -> Iterator[tuple[str, RecordError]]:
    """Field and problem of each unknown code, in parts of a record too."""
    for name, spec in field_specs(type(value)).items():
        content = getattr(value, name)
        for item in content if spec.many else (content,):
            if isinstance(item, Value):
                yield from ((name, problem) for _, problem in _codes(item, vocabulary))
            elif spec.scheme and item:
                yield from ((name, problem) for problem in _code(spec, item, vocabulary))


def _code(spec: FieldSpec, code: str, vocabulary: Vocabulary) -> Iterator[RecordError]:
    try:
        vocabulary.check(spec.scheme or "", code)
    except RecordError as problem:
        yield problem


def problems(record: Record, vocabulary: Vocabulary | None = None, place: Place | None = None) -> list[RecordError]:
    """What keeps a record from being saved: unknown codes and broken rules; empty if nothing does."""
    base = place or Place()
    found = [
        RecordError(p.message, place=_place([name], base), hint=p.hint)
        for name, p in _codes(record, vocabulary or default())
    ]
    for rule in record.broken_rules():
        found.append(RecordError(rule.message, place=_place([rule.field], base), hint=rule.hint))
    return found


def warnings(
    record: Record, typed: Mapping[str, Any], place: Place | None = None, vocabulary: Vocabulary | None = None
) -> list[RecordError]:
    """What looks wrong but is saved all the same; ``typed`` is what the record was built from."""
    base = place or Place()
    found = []
    krs = str(typed.get("krs") or "").strip()
    if krs.isdigit() and len(krs) < len(getattr(record, "krs", None) or ""):
        padded = msg(
            "The KRS number “%(value)s” lost its leading zeros; it is kept as %(krs)s.", value=krs, krs=krs.zfill(10)
        )
        found.append(RecordError(padded, place=_place(["krs"], base), hint=msg("Compare it with the register.")))
    rules = chain(record.warnings(), _limits(record, vocabulary or default()))
    return found + [RecordError(w.message, place=_place([w.field], base), hint=w.hint) for w in rules]


def _limits(record: Record, words: Vocabulary) -> Iterator[RuleError]:
    gmina = poland().by_code.get(record.parent or "") if isinstance(record, Territory) else None
    if isinstance(record, Territory) and gmina:
        yield from record.over_limits(words.limit("rew_area") / 100, words.limit("rew_people") / 100, gmina)


def joined(found: Sequence[RecordError]) -> RecordError:
    """One error that carries several: it reads as the first, ``problems`` has all."""
    first = found[0]
    error = RecordError(first.message, place=first.place, hint=first.hint)
    error.problems = tuple(found)
    return error


def build(
    model: type[R], data: Mapping[str, Any], vocabulary: Vocabulary | None = None, place: Place | None = None
) -> R:
    """The record that ``data`` (field → text, list or part) describes.

    ``place`` (file, sheet, row) goes into every message. Raises RecordError whose ``problems`` has one for each field.
    """
    record = typed(model, data, place)
    found = problems(record, vocabulary, place)
    if found:
        raise joined(found)
    return record


def typed(model: type[R], data: Mapping[str, Any], place: Place | None = None) -> R:
    """Like ``build``, codes and rules not yet looked at: saving does."""
    try:
        return model.model_validate({name: _once(model, name, value) for name, value in data.items()})
    except ValidationError as wrong:
        raise joined([_own_words(dict(e), place or Place()) for e in wrong.errors(include_url=False)]) from None


def _once(model: type[Record], name: str, value: Any) -> Any:
    """Codes, lines and keys of other records without doubles."""
    spec = field_specs(model).get(name)
    plain = spec is not None and spec.many and spec.part is None and isinstance(value, list | tuple)
    return list(dict.fromkeys(value)) if plain else value
