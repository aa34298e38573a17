"""What each transaction wrote, noted within it: so that a network that is kept can be brought up to date from little.

A transaction of ``Store`` ends by adding one entry: its number, and the ids of the records that it touched, where that
is known. Writes of others (the shell, another program) leave no entry. They are found out by the database's own count
of transactions, which its bookmark holds: between two states it grows by more than the entries do.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import neo4j

from graphsvc.store.queries import Query

KEPT = 10_000
"""Entries kept, the newest of them."""
MOST_RECORDS = 1_000
"""Records beyond which a transaction is not told one by one."""
BESIDE = frozenset({"accounts", "views", "settings", "scenarios", "suggestions", "gds"})
"""Folders of queries that write nothing which a network has."""
HISTORY = "records/note_changes"
"""Goes with all that is written to records, but for erasing one, and names them."""
ERASE = "records/erase"

_UUID = b"\x91\xcc\x10"
_SIZES = {0xC8: 1, 0xC9: 2, 0xCA: 4, 0xCB: 8}


@dataclass
class Written:
    """What one transaction has written so far. ``records``: ids; ``known``: whether those are all."""

    something: bool = False
    known: bool = True
    records: set[str] = field(default_factory=set)

    def add(self, query: Query, params: Mapping[str, Any], counters: neo4j.SummaryCounters) -> None:
        """Take one query into account."""
        if not counters.contains_updates:
            return
        self.something = True
        folder = query.name.partition("/")[0]
        if query.name == HISTORY:
            self.records |= {id for row in params["rows"] for id in (row["record"], row.get("other")) if id}
        elif query.name == ERASE or folder not in BESIDE | {"records"}:
            self.known = False

    def entry(self) -> dict[str, Any]:
        """The parameters of the query that notes it."""
        told = self.known and len(self.records) <= MOST_RECORDS
        return {"id": uuid4().hex, "records": sorted(self.records) if told else None, "kept": KEPT}


def transactions(bookmark: str) -> tuple[bytes, int] | None:
    """The database and its count of transactions that a bookmark holds; None for one of another make.

    Neo4j writes it as base64 of a list in Bolt's packing: the database's 16 bytes, a whole number, an empty list.
    """
    try:
        raw = base64.b64decode(bookmark.removeprefix("FB:"), validate=False)
    except binascii.Error:
        return None
    if not raw.startswith(_UUID) or len(raw) < 21 or raw[-1:] != b"\x90":
        return None
    database, number = raw[3:19], raw[19:-1]
    size = _SIZES.get(number[0], 0)
    if len(number) != 1 + size:
        return None
    return database, int.from_bytes(number[1:] if size else number, "big", signed=True)


def touched(rows: Sequence[Mapping[str, Any]], expected: int) -> set[str] | None:
    """The records that some entries name together; None when an entry is missing or does not know."""
    if len(rows) < expected or any(row["records"] is None for row in rows):
        return None
    return {id for row in rows for id in row["records"]}
