"""Taking an import back: what it made and nobody used or changed since goes, what it changed is as it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graphsvc.errors import NotFoundError
from graphsvc.i18n import msg
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.store.driver import Run, Store
from graphsvc.store.record_reading import plain, read
from graphsvc.store.record_writing import put_all_away, write
from graphsvc.store.records import change_of


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import that was finished. ``made``: whether it can be taken back."""

    id: str
    file: str
    at: datetime
    partnerships: int
    made: bool
    status: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many records of each kind are gone, how many are as they were, and how many stayed: they were changed or
    used since."""

    partnerships: int
    organisations: int
    restored: int
    stayed: int


class PastImports:
    """The imports of ``store``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def recent(self, limit: int = 10) -> Sequence[PastImport]:
        """The last ones, newest first."""
        return [PastImport(**plain(row.data())) for row in self._store.read("imports/recent", limit=limit)]

    def take_back(self, id: str, by: str) -> TakenBack:
        """All in one transaction. Raises NotFoundError where there is nothing to take back: no such import, one taken
        back before, or one too large to be remembered."""
        return self._store.transact(lambda run: _take_back(run, id, by))


def _take_back(run: Run, id: str, by: str) -> TakenBack:
    found = run("imports/made", id=id)
    if not found:
        raise NotFoundError(
            msg("This import can't be taken back."),
            hint=msg("It changed nothing, was taken back before, or is too large."),
        )
    entries = sorted((change_of(row) for row in found[0]["changes"]), key=lambda change: change.version)
    changed = {change.record: change for change in entries}
    made = {record: int(version) for version, record in (text.split(" ", 1) for text in found[0]["created"])}
    versions = made | {record: change.version for record, change in changed.items()}
    run("records/lock", ids=sorted(versions))
    own = {
        record: stored
        for record, stored in read(run, versions).items()
        if not stored.archived and stored.record.version == versions[record]
    }
    before = (changed[record].old() for record in own if record not in made)
    restored = write(run, [old for old in before if old], by=by, action="restore", force=True)
    partnerships = [own[r] for r in made if r in own and isinstance(own[r].record, Partnership)]
    put_all_away(run, partnerships, by)
    ids = [r for r in made if r in own and isinstance(own[r].record, Organisation)]
    unused = {row["id"] for row in run("imports/unused", ids=ids)}
    put_all_away(run, [own[r] for r in unused], by)
    run("imports/taken_back", id=id, by=by)
    done = len(partnerships) + len(unused) + len(restored)
    return TakenBack(len(partnerships), len(unused), len(restored), len(versions) - done)
