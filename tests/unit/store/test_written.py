"""What a transaction notes of itself, and the count of transactions that a bookmark holds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from graphsvc.store.queries import queries
from graphsvc.store.written import MOST_RECORDS, Written, touched, transactions

DATABASE = bytes.fromhex("42e671d6319c44aa8a1c51d25e405608")


def entry(*calls: tuple[str, dict[str, Any]], updates: bool = True) -> dict[str, Any]:
    written = Written()
    for name, params in calls:
        written.add(queries()[name], params, SimpleNamespace(contains_updates=updates))  # type: ignore[arg-type]
    return written.entry() | {"something": written.something}


def history(*records: str, other: str | None = None) -> tuple[str, dict[str, Any]]:
    return "records/note_changes", {"rows": [{"record": record, "other": other} for record in records]}


@pytest.mark.parametrize(
    ("bookmark", "count"),
    [
        ("FB:kcwQQuZx1jGcRKqKHFHSXkBWCGqQ", 106),  # one byte, from a server
        ("FB:kcwQQuZx1jGcRKqKHFHSXkBWCMkBAJA=", 256),  # two bytes: c9 0100
        ("FB:kcwQQuZx1jGcRKqKHFHSXkBWCMoAAQAAkA==", 65536),  # four: ca 00010000
    ],
)
def test_transactions_counted_by_a_bookmark(bookmark: str, count: int) -> None:
    assert transactions(bookmark) == (DATABASE, count)


@pytest.mark.parametrize("bookmark", ["", "neo4j:bookmark:v1:tx42", "FB:kcwQ", "FB:kcwQQuZx1jGcRKqKHFHSXkBWCGqQ|FB:x"])
def test_a_bookmark_of_another_make_tells_nothing(bookmark: str) -> None:
    assert transactions(bookmark) is None


def test_records_are_told_by_their_history() -> None:
    told = entry(("records/save_nodes", {}), history("b", "a", other="c"), ("records/unlink", {}))
    assert told["records"] == ["a", "b", "c"]


@pytest.mark.parametrize("name", ["accounts/change", "views/delete", "settings/write", "suggestions/note"])
def test_what_is_beside_the_network_touches_no_record(name: str) -> None:
    assert entry((name, {}))["records"] == []


@pytest.mark.parametrize("name", ["imports/create_nodes", "records/erase", "store/schema_record"])
def test_what_names_no_records_is_not_known(name: str) -> None:
    assert entry(history("a"), (name, {}))["records"] is None


def test_too_many_records_are_not_told_one_by_one() -> None:
    assert entry(history(*map(str, range(MOST_RECORDS))))["records"] is not None
    assert entry(history(*map(str, range(MOST_RECORDS + 1))))["records"] is None


def test_what_changed_nothing_is_not_noted() -> None:
    assert not entry(("imports/begin", {}), updates=False)["something"]


def test_records_of_several_entries() -> None:
    assert touched([{"records": ["a", "b"]}, {"records": []}, {"records": ["b", "c"]}], 3) == {"a", "b", "c"}
    assert touched([{"records": ["a"]}, {"records": None}], 2) is None
    assert touched([{"records": ["a"]}], 2) is None  # one is gone
