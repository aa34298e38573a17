"""docs/coverage.md names only what exists, and every form and task once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from graphsvc_web.overview_tables import OVERVIEWS

from graphsvc.model.record_types import RECORD_TYPES

ROOT = Path(__file__).resolve().parents[2]
PARTS = [f"form {c}" for c in "abcdef"] + [f"task {c}" for c in "abcdefghij"]


def rows() -> list[list[str]]:
    """Cells of each row of the table."""
    lines = (ROOT / "docs" / "coverage.md").read_text("utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return table[2:]


def test_every_form_and_task_has_one_row() -> None:
    assert [row[0] for row in rows()] == PARTS


def test_types_files_and_tests_exist() -> None:
    for _part, stored, _page, cypher, _export, test in rows():
        assert all(label.strip() in RECORD_TYPES for label in stored.split(",")), stored
        assert (ROOT / cypher).is_file(), cypher
        file, name = test.split("::")
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), test


def test_pages_and_exports_exist(app: Any) -> None:
    routes = app.url_map.bind("localhost")
    for row in rows():
        for path in (row[2], row[4]):
            endpoint, given = routes.match(path)
            assert endpoint != "overviews.overview" or given["name"] in OVERVIEWS, path
