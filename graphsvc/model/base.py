"""What every record has: an id that is never reused, a source, a version; and how its fields map to the graph.

A field annotated with ``Link`` is kept as relationships; all others are properties of the record's node.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from graphsvc.i18n import Message, msg
from graphsvc.model.fieldtypes import RuleError

NAMESPACE = uuid.UUID("6f3f4a52-6d0b-5d52-9f5b-6a7b1f0e8c11")


def stable_id(*parts: str) -> str:
    """The same id for the same parts, always: importing again finds what it wrote before."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


@dataclass(frozen=True, slots=True)
class Link:
    """A field kept as relationships ``type`` to nodes with ``target`` as label.

    ``direction``: ``out`` from the record to the target, ``in`` from the target to the record. A plain string
    in the field is the target's key; a model has the key in ``key`` and the relationship's properties beside it.
    """

    type: str
    target: str
    direction: Literal["out", "in"] = "out"
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Code:
    """A field that holds codes of a scheme of the controlled vocabulary."""

    scheme: str


@dataclass(frozen=True, slots=True)
class Private:
    """A field that never leaves the service in an export."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field that holds an area drawn on the map, as GeoJSON."""


class Value(BaseModel):
    """A frozen part of a record."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Source(Value):
    """Where a record came from."""

    file: str
    row: int | None = None
    retrieved_on: date | None = None


class Record(Value):
    """A node of the graph that people see and change."""

    label: ClassVar[str]
    private: ClassVar[bool] = False
    """Never exported: contact data."""
    noted: ClassVar[frozenset[str]] = frozenset()
    """Fields that the program notes itself: no form asks for them."""
    about: ClassVar[Message | None] = None
    """What its form says beforehand."""
    coded: ClassVar[str] = ""
    """For types whose id follows from their ``code``: what ``stable_id`` is made of beside it."""
    repeated: ClassVar[tuple[str, ...]] = ()
    """For types of which there are several alike (a year's deliveries, a day's calls): fields that tell them apart in
    tables without ids, beside those that tell any."""
    id: str = Field(default_factory=lambda: str(uuid.uuid4()), min_length=1, max_length=100)
    source: Source | None = None
    version: int = 0
    """Counts the changes; a save that names an older version is refused (ConflictError)."""

    def broken_rules(self) -> Iterator[RuleError]:
        """What the record's fields together get wrong; such a record is not saved."""
        return iter(())

    def warnings(self) -> Iterator[RuleError]:
        """What looks wrong but may be right; shown, and saved all the same."""
        return iter(())


def in_order(record: Value, first: str, last: str, field: str | None = None) -> Iterator[RuleError]:
    """A broken rule when the date in ``last`` is before the one in ``first``."""
    begin, end = getattr(record, first), getattr(record, last)
    if begin and end and end < begin:
        yield RuleError(
            msg("The end (%(end)s) is before the start (%(start)s).", start=begin, end=end),
            msg("Correct one of the two dates."),
            field or last,
        )


def wanting(value: object, field: str, hint: Message) -> Iterator[RuleError]:
    """A warning when ``value`` is empty."""
    if not value:
        yield RuleError(msg("Nothing is written here yet."), hint, field)


def needed(value: object, field: str, hint: Message) -> Iterator[RuleError]:
    """A broken rule when ``value`` is empty."""
    if not value:
        yield RuleError(msg("This field is needed."), hint, field)
