"""Who runs the service, kept in the database with its history."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from graphsvc.model.operator import Operator
from graphsvc.store.driver import Store

NAME = "operator"
DAYS = ("published", "drawn_up")


class Operators:
    """Every method raises DatabaseError when the database does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self) -> Operator:
        """What was said last; nothing at first."""
        rows = self._store.read("settings/read", name=NAME)
        return _operator(rows[0]["value"]) if rows else Operator()

    def save(self, said: Operator, by: str) -> None:
        """What is said from now on; what was said before stays in the history."""
        value = json.dumps(asdict(said), ensure_ascii=False, default=str)
        self._store.write("settings/write", name=NAME, value=value, at=datetime.now(UTC), by=by)

    def before(self) -> Operator:
        """What was said before the last change; nothing where there was none."""
        rows = self._store.read("settings/history", name=NAME)[1:2]
        return _operator(rows[0]["value"]) if rows else Operator()


def _operator(value: str) -> Operator:
    said: dict[str, Any] = json.loads(value)
    return Operator(**{**said, **{day: date.fromisoformat(said[day]) for day in DAYS if said[day]}})
