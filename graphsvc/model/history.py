"""What was done to a record, by whom and when; and what that changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphsvc.model.base import Record
from graphsvc.model.record_types import field_specs, record_type


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history. ``action``: create, save, restore, delete, take_out, merge, split."""

    id: str
    record: str
    label: str
    action: str
    at: datetime
    by: str
    version: int
    """The record's version after it."""
    before: str | None = None
    """The record as JSON; None where there was none."""
    after: str | None = None
    other: str | None = None
    """The second record of a merge or a split."""
    moved: tuple[str, ...] = ()
    """The records whose links a split moved."""

    def old(self) -> Record | None:
        """The record before."""
        return record_type(self.label).model_validate_json(self.before) if self.before else None

    def new(self) -> Record | None:
        """The record after."""
        return record_type(self.label).model_validate_json(self.after) if self.after else None

    def fields(self) -> list[tuple[str, Any, Any]]:
        """Field, old and new value of all that it changed."""
        return differences(self.old(), self.new())


def differences(old: Record | None, new: Record | None) -> list[tuple[str, Any, Any]]:
    """Field, old and new value where two versions of a record differ; their version numbers aside."""
    some = new or old
    names = [n for n in field_specs(type(some)) if n not in ("version", "id")] if some else []
    pairs = [(n, getattr(old, n, None), getattr(new, n, None)) for n in names]
    return [pair for pair in pairs if pair[1] != pair[2]]
