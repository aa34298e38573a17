"""``results.json``: one row for each function, size and engine, of whatever benchmark of this folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")
Json = Mapping[str, Any]
"""A row: function, size, engine, seconds, checksum, and what else its benchmark tells."""


def load() -> list[Json]:
    """All rows measured so far."""
    rows: list[Json] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    return rows


def keep(rows: Iterable[Json]) -> None:
    """Write rows in place of older ones of the same function, size and engine."""
    new = {_key(row): row for row in rows}
    all_rows = [row for row in load() if _key(row) not in new] + list(new.values())
    draft = RESULTS.with_suffix(".part")
    draft.write_text("[\n" + ",\n".join(map(json.dumps, all_rows)) + "\n]\n", "utf-8")
    draft.replace(RESULTS)


def _key(row: Json) -> tuple[str, str, str]:
    return row["function"], row["size"], row["engine"]
