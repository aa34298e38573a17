"""What the database gives, as Python has it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import neo4j.time
import pytest

from graphsvc.store.record_reading import plain


@pytest.fixture
def warsaw(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Warsaw")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("warsaw")
def test_moments_are_told_by_the_clock_of_the_machine() -> None:
    at = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    row = plain({"at": neo4j.time.DateTime.from_native(at), "on": neo4j.time.Date(2026, 6, 30), "name": "x"})
    assert (row["at"], row["on"], row["name"]) == (at, date(2026, 6, 30), "x")
    assert (row["at"].day, row["at"].hour) == (1, 0)
