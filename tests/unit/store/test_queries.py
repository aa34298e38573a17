from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graphsvc.errors import QueryFileError
from graphsvc.store.queries import Queries, parse, queries

GOOD = """// Organisations near a text,
// best first.
// params: text: STRING, limit: INTEGER,
//   day: DATE?
// returns: id: STRING, tags: LIST<STRING>
MATCH (o {day: $day}) WHERE o.name = $text AND o.note <> '$none' // $neither
RETURN o.id AS id, o.tags AS tags LIMIT $limit;
"""


def test_header_says_purpose_parameters_and_columns() -> None:
    query = parse("a/b", GOOD)
    assert query.purpose == "Organisations near a text, best first."
    assert query.params == {"text": "STRING", "limit": "INTEGER", "day": "DATE?"}
    assert query.returns == {"id": "STRING", "tags": "LIST<STRING>"}
    assert query.text.startswith("MATCH")
    assert query.text.endswith("LIMIT $limit")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (GOOD.replace("limit: INTEGER", "limit: NUMBER"), "NUMBER"),
        (GOOD.replace("text: STRING, ", ""), "text"),
        (GOOD.replace("$day", "1"), "day"),
        ("MATCH (n) RETURN n", "purpose"),
        ("// Only a comment.", "purpose"),
    ],
)
def test_malformed_files_are_refused_at_load(content: str, named: str) -> None:
    with pytest.raises(QueryFileError, match=named) as caught:
        parse("a/b", content)
    assert "cypher/a/b.cypher" in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "x", "limit": 1},
        {"text": "x", "limit": 1, "day": None, "more": 1},
        {"text": 5, "limit": 1, "day": None},
        {"text": "x", "limit": True, "day": None},
        {"text": "x", "limit": 1.5, "day": None},
        {"text": "x", "limit": 1, "day": datetime(2026, 1, 1, tzinfo=UTC)},
        {"text": None, "limit": 1, "day": None},
    ],
)
def test_parameters_that_do_not_fit_fail_before_they_are_sent(wrong: dict[str, object]) -> None:
    with pytest.raises(QueryFileError, match="parameter"):
        parse("a/b", GOOD).check(wrong)


def test_parameters_that_fit() -> None:
    query = parse("a/b", GOOD)
    query.check({"text": "x", "limit": 1, "day": None})
    query.check({"text": "x", "limit": 1, "day": date(2026, 1, 1)})
    nested = parse("c", "// P.\n// params: rows: LIST<LIST<FLOAT?>>\nRETURN $rows AS rows")
    nested.check({"rows": [[1.0, None], []]})
    with pytest.raises(QueryFileError, match="rows"):
        nested.check({"rows": [["x"]]})


def test_names_are_paths_and_migrations_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "0001_x.cypher").write_text("CREATE CONSTRAINT", "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.cypher").write_text(GOOD, "utf-8")
    found = Queries(tmp_path)
    assert list(found) == ["a/b"]
    with pytest.raises(QueryFileError, match="no such file"):
        found["a/c"]


def test_all_shipped_files_load() -> None:
    assert {"imports/begin", "network/memberships", "records/search", "store/ping"} <= set(queries())
