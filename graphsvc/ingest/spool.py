"""What was read, kept in a temporary SQLite file until it is written: a large file needs little memory.

Partnerships are numbered from 0 in the order of the file. A member is the number of a mention (``mentions.py``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from graphsvc.i18n import Message
from graphsvc.model.imports import Refusal

_TABLES = """
CREATE TABLE partnership (id INTEGER PRIMARY KEY, key TEXT UNIQUE, sheet TEXT, row INTEGER, data TEXT);
CREATE TABLE member (partnership INTEGER, place INTEGER, mention INTEGER, role TEXT, since TEXT, until TEXT,
  PRIMARY KEY (partnership, place)) WITHOUT ROWID;
CREATE TABLE refusal (id INTEGER PRIMARY KEY, data TEXT);
"""
Made = tuple[int, dict[str, Any], str, int]
"""Number of a partnership, its fields, the sheet and row it first stood in."""
Cited = tuple[int, str, str | None, str | None]
"""Number of the mention, role, since, until."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """One partnership: its key, the row it first stood in, its fields as text, its members."""

    key: str
    row: int
    data: dict[str, Any]
    members: list[Cited]


class Spool:
    """A temporary database without a name: ``close`` removes it, and so does the process that ends, however it does."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;")
        self._db.executescript(_TABLES + "BEGIN;")
        self._places = 0
        self._last: tuple[str, Made] | None = None

    def find(self, key: str) -> Made | None:
        """The partnership with this key."""
        if self._last is None or self._last[0] != key:  # rows of one partnership mostly follow each other
            sql = "SELECT id, data, sheet, row FROM partnership WHERE key = ?"
            found = self._db.execute(sql, (key,)).fetchone()
            if found is None:
                return None
            self._last = key, (found[0], json.loads(found[1]), *found[2:])
        return self._last[1]

    def add(self, key: str, data: dict[str, Any], sheet: str, row: int) -> int:
        """The number of a new partnership."""
        sql = "INSERT INTO partnership (key, data, sheet, row) VALUES (?, ?, ?, ?)"
        number = self._db.execute(sql, (key, json.dumps(data), sheet, row)).lastrowid or 0
        self._last = key, (number, data, sheet, row)
        return number

    def update(self, number: int, data: dict[str, Any]) -> None:
        """Replaces the fields of a partnership."""
        self._db.execute("UPDATE partnership SET data = ? WHERE id = ?", (json.dumps(data), number))
        self._last = None

    def members(self, partnership: int, members: list[Cited]) -> None:
        """Adds members to a partnership, after those it has."""
        rows = [(partnership, self._places + i, *m) for i, m in enumerate(members)]
        self._places += len(rows)
        self._db.executemany("INSERT INTO member VALUES (?, ?, ?, ?, ?, ?)", rows)

    def outside(self, partnership: int, start: str, end: str) -> tuple[str | None, str | None] | None:
        """Since and until of a member of the partnership with a day before its start or after its end."""
        sql = """SELECT since, until FROM member
          WHERE partnership = ? AND (coalesce(since, until) < ? OR coalesce(until, since) > ?) LIMIT 1"""
        found: tuple[str | None, str | None] | None = self._db.execute(sql, (partnership, start, end)).fetchone()
        return found

    def refuse(self, refusal: Refusal) -> None:
        """Adds a line to the report."""
        self._db.execute("INSERT INTO refusal (data) VALUES (?)", (_dump(refusal),))

    def refusals(self) -> Collection[Refusal]:
        """The report so far and later."""
        return _Refusals(self._db)

    def __iter__(self) -> Iterator[Spooled]:
        """All partnerships with their members, in the order of the file."""
        members = self._db.execute(
            "SELECT partnership, mention, role, since, until FROM member ORDER BY partnership, place"
        )
        waiting = members.fetchone()
        for number, key, row, data in self._db.execute("SELECT id, key, row, data FROM partnership ORDER BY id"):
            own: list[Cited] = []
            while waiting and waiting[0] == number:
                own.append(waiting[1:])
                waiting = members.fetchone()
            yield Spooled(key, row, json.loads(data), own)

    def close(self) -> None:
        """Removes the temporary file."""
        self._db.close()


class _Refusals(Collection[Refusal]):
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM refusal").fetchone()[0])

    def __iter__(self) -> Iterator[Refusal]:
        for (data,) in self._db.execute("SELECT data FROM refusal ORDER BY id"):
            yield _load(data)

    def __contains__(self, item: object) -> bool:
        return any(item == refusal for refusal in self)


def _dump(r: Refusal) -> str:
    told = [r.file, r.row, r.column, r.value, _packed(r.why), _packed(r.what_to_do), r.sheet, r.scheme]
    return json.dumps(told, default=str)


def _load(data: str) -> Refusal:
    file, row, column, value, why, what, *rest = json.loads(data)
    return Refusal(file, row, column, value, _unpacked(why), _unpacked(what), *rest)


def _packed(message: Message) -> list[Any]:
    params = {k: _packed(v) if isinstance(v, Message) else v for k, v in message.params.items()}
    return [message.text, params, message.plural, message.n]


def _unpacked(packed: list[Any]) -> Message:
    text, params, plural, n = packed
    return Message(text, {k: _unpacked(v) if isinstance(v, list) else v for k, v in params.items()}, plural, n)
