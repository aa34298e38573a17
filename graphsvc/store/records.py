"""All records of the graph: read, listed, saved, put away, brought back; with who did what when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from graphsvc.errors import ConflictError, NotFoundError, Place
from graphsvc.i18n import msg, short
from graphsvc.model.base import Record
from graphsvc.model.history import Change
from graphsvc.model.organisations import Organisation
from graphsvc.model.record_types import RECORD_TYPES, record_type
from graphsvc.model.tables import TableRead
from graphsvc.model.validation import joined, problems
from graphsvc.model.vocabulary import Vocabulary, default
from graphsvc.store.driver import Run, Store
from graphsvc.store.record_merging import merge, split, undo_merge, undo_split
from graphsvc.store.record_reading import (
    ALL,
    INCOMING,
    OUT,
    POLISH,
    Filters,
    Found,
    Page,
    Stored,
    listed,
    lucene,
    of_type,
    page,
    plain,
    read,
    search,
)
from graphsvc.store.record_tables import Importer
from graphsvc.store.record_writing import put_away, take_out, write

R = TypeVar("R", bound=Record)


class Records:
    """Every method raises DatabaseError when the database does not answer, NotFoundError for ids that are not there."""

    def __init__(self, store: Store, vocabulary: Callable[[], Vocabulary] = default) -> None:
        self._store = store
        self._vocabulary = vocabulary

    # Reading

    def get(self, id: str, label: str | None = None) -> Stored:
        """A record with the names at the ends of its links; an archived one too. ``label``: of this type only."""
        found = self._got(read(self._store.read, [id]), id)
        if label not in (None, found.record.label):
            raise _missing(id)
        return found

    def typed(self, id: str, model: type[R]) -> R:
        """The record itself, of the type expected."""
        record: R = self.get(id, model.label).record  # type: ignore[assignment]  # the label says so
        return record

    def get_many(self, ids: Iterable[str]) -> dict[str, Stored]:
        """Records by id; those that are not there are left out."""
        return read(self._store.read, ids)

    def find(
        self,
        label: str,
        filters: Filters | None = None,
        *,
        sort: str = "name",
        descending: bool = False,
        skip: int = 0,
        limit: int = 50,
    ) -> Page:
        """A page of one type's records, names in Polish order."""
        return page(self._store.read, label, filters or Filters(), sort, descending, skip, limit)

    def ids(self, label: str, filters: Filters | None = None) -> list[str]:
        """The ids of all records of one type that pass, names in Polish order."""
        return listed(self._store.read, label, filters or Filters(), "name", False, 0, ALL)[0]

    def search(self, text: str, label: str | None = None, limit: int = 20) -> list[Found]:
        """By the beginnings of words, case and diacritics folded: for autocomplete."""
        return search(self._store.read, text, label, limit)

    def duplicates(self, id: str, limit: int = 10) -> list[Mapping[str, Any]]:
        """Organisations with a similar name: ``id``, ``name``, ``territory``, ``score``."""
        words = lucene(self.typed(id, Organisation).name).replace(" AND ", " OR ")
        return [r.data() for r in self._store.read("records/duplicates", id=id, text=words or "-", limit=limit)]

    def pointing_at(self, id: str) -> list[Mapping[str, Any]]:
        """What refers to a record: ``id``, ``label``, ``name``, ``since``; newest of each label first."""
        return [plain(r.data()) for r in self._store.read("records/pointing", id=id, outgoing=OUT, incoming=INCOMING)]

    def stale(self, before: date, territory: str = "", skip: int = 0, limit: int = 50) -> list[Mapping[str, Any]]:
        """Active organisations not confirmed since ``before``, oldest first; each row has the ``total``."""
        chosen = {"day": date.today(), "before": before, "territory": territory, "letters": POLISH}
        rows = self._store.read("records/stale", **chosen, skip=skip, limit=limit)
        return [plain(r.data()) for r in rows]

    def counts(self) -> dict[str, int]:
        """How many records of each type."""
        found = {r["label"]: r["count"] for r in self._store.read("records/counts")}
        return {label: found.get(label, 0) for label in RECORD_TYPES}

    def all(self, label: str, private: bool = False) -> Iterator[Record]:
        """Every record of a type, for exports; private types only where asked for."""
        if record_type(label).private and not private:
            return
        ids = self._store.read(of_type("records/ids", label))[0]["ids"]
        for begin in range(0, len(ids), 1_000):
            found = read(self._store.read, ids[begin : begin + 1_000])
            yield from (found[i].record for i in ids[begin : begin + 1_000] if i in found)

    # Writing

    def save(self, record: R, by: str) -> R:
        """Create or change one record; see ``save_many``."""
        saved: R = self.save_many([record], by)[0]  # type: ignore[assignment]  # the same type comes back
        return saved

    def save_many(
        self, records: Sequence[Record], by: str, *, action: str = "save", force: bool = False
    ) -> list[Record]:
        """Create or change records in one transaction: all or none. They come back with their new versions.

        Raises RecordError (with ``problems``) when a rule is broken, and ChangedMeanwhileError when someone saved one
        of them since it was read, unless ``force`` (for imports, which name what they change by id).
        """
        words = self._vocabulary()
        found = [p for r in records for p in problems(r, words)]
        if found:
            raise joined(found)
        return self._store.transact(
            lambda run: write(run, records, by=by, action=action, force=force, vocabulary=words)
        )

    def read_table(
        self,
        label: str,
        names: Sequence[str],
        rows: Iterable[tuple[Place, Sequence[object]]],
        titles: Sequence[object] = (),
    ) -> TableRead:
        """A table's rows as records over those that they update; writes nothing.

        ``names``: what ``tables.header`` made of ``titles``; problems name a column by its title where those are given.
        """
        return Importer(self._store, self._vocabulary()).read(record_type(label), names, rows, titles)

    def import_tables(self, tables: Sequence[TableRead], by: str) -> list[Record]:
        """Save what tables gave, in one transaction; the records in order. Raises RecordError if a row was refused.

        Records may link to each other across the tables by their ids.
        """
        refused = [problem for table in tables for problem in table.refused]
        if refused:
            raise joined(refused)
        return self.save_many([r for t in tables for r in t.records], by, action="import", force=True)

    def delete(self, id: str, by: str, version: int | None = None) -> None:
        """Put a record away; its links stay, for an undo."""
        self._store.transact(lambda run: self._archive(run, id, by, version))

    def take_out(self, id: str, by: str) -> Record:
        """Bring back what was put away."""
        return self._store.transact(lambda run: take_out(run, self._got(read(run, [id]), id), by))

    def erase(self, id: str) -> None:
        """A record and all of its history, gone for good: personal data that someone asks to have erased."""
        if not self._store.write("records/erase", id=id):
            raise _missing(id)

    def merge(self, keep: str, gone: str, by: str) -> Organisation:
        """Make two organisations one: ``keep`` gets the links, other names and missing fields of ``gone``."""
        return self._store.transact(lambda run: merge(run, keep, gone, by))

    def split(self, id: str, new: Organisation, moved: Sequence[str], by: str) -> Organisation:
        """Make one organisation two: links to the records in ``moved`` go to the new one."""
        return self._store.transact(lambda run: split(run, id, new, moved, by))

    # History

    def history(self, id: str) -> list[Change]:
        """What was done to a record, newest first."""
        return [change_of(r["change"]) for r in self._store.read("records/history", record=id)]

    def newest_changes(self, ids: Sequence[str]) -> dict[str, str]:
        """The id of what was done last to each record."""
        return {r["record"]: r["change"] for r in self._store.read("records/newest_changes", ids=list(ids))}

    def recent(self, skip: int = 0, limit: int = 50, hidden: Sequence[str] = ()) -> list[Change]:
        """What was done last, by anyone; nothing of records of the ``hidden`` types."""
        rows = self._store.read("records/recent_changes", skip=skip, limit=limit, hidden=list(hidden))
        return [change_of(r["change"]) for r in rows]

    def change(self, id: str) -> Change:
        """One entry of the history."""
        rows = self._store.read("records/change", id=id)
        if not rows:
            raise NotFoundError(
                msg("There is no such entry in the history."), hint=msg("Look at the record's history.")
            )
        return change_of(rows[0]["change"])

    def archived(self, skip: int = 0, limit: int = 50) -> list[Mapping[str, Any]]:
        """What was put away: ``id``, ``label``, ``name``, ``at``, ``by``, ``merged_into``; newest first."""
        return [plain(r.data()) for r in self._store.read("records/archived", skip=skip, limit=limit)]

    def restore(self, id: str, version: int, by: str) -> Record:
        """Give a record the content that it had as of a version, as a new version."""
        past = next((c for c in self.history(id) if c.version == version), None)
        content = past.new() if past else None
        if content is None:
            raise NotFoundError(
                msg("The record has no version %(version)s.", version=version), hint=msg("Look at its history.")
            )
        return self._store.transact(lambda run: write(run, [content], by=by, action="restore", force=True))[0]

    def undo(self, change_id: str, by: str) -> None:
        """Take back the last thing done to a record, or a merge also later: what was changed since stays then. Raises
        ConflictError when something else was done to it since."""
        self.undo_all([change_id], by)

    def undo_all(self, changes: Sequence[str], by: str) -> None:
        """Take back the last thing done to each of some records (ids of changes), all or none.

        Raises ConflictError when something was done to one of them since.
        """
        self._take_back([self.change(id) for id in changes], by)

    def undo_step(self, change_id: str, by: str) -> None:
        """Take back what the step of a change did to records of its type, all or none: a table's import.

        Raises ConflictError when something was done to one of them since.
        """
        rows = self._store.read("records/changes_together", id=change_id)
        self._take_back([change_of(r["change"]) for r in rows] or [self.change(change_id)], by)

    def _take_back(self, changes: Sequence[Change], by: str) -> None:
        def back(run: Run) -> None:
            for change in changes:
                self._undo(run, change, by)

        self._store.transact(back)

    def _undo(self, run: Run, change: Change, by: str) -> None:
        run("records/lock", ids=[change.record])
        now = self._got(read(run, [change.record]), change.record)
        if change.action == "merge" and not now.archived:
            undo_merge(run, change, now.record, by)
            return
        if now.record.version != change.version:
            raise ConflictError(
                msg("Something else was done to this record since."), hint=msg("Undo the newest change first.")
            )
        if change.action == "delete":
            take_out(run, now, by)
        elif change.action in ("create", "take_out"):
            self._archive(run, change.record, by, None)
        elif change.action == "split":
            undo_split(run, change, by)
        elif old := change.old():
            write(run, [old], by=by, action="restore", force=True)

    def _archive(self, run: Run, id: str, by: str, version: int | None) -> None:
        run("records/lock", ids=[id])
        now = self._got(read(run, [id]), id)
        if now.archived:
            return
        if version is not None and version != now.record.version:
            raise ConflictError(
                msg("%(who)s changed this record while you were working on it.", who=now.changed_by or "?"),
                hint=msg("Look at it again before you delete it."),
            )
        put_away(run, now, by)

    def _got(self, found: Mapping[str, Stored], id: str) -> Stored:
        if id not in found:
            raise _missing(id)
        return found[id]


def change_of(properties: Mapping[str, Any]) -> Change:
    """An entry of the history, as its node has it."""
    own = plain(properties)
    return Change(**{**own, "moved": tuple(own.get("moved", ()))})


def _missing(id: str) -> NotFoundError:
    return NotFoundError(
        msg("There is no record with id %(id)s.", id=short(id)), hint=msg("It may have been deleted; search by name.")
    )
