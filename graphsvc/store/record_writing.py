"""Records written to the graph: only what changed, with an entry in the history, refused when someone was faster."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import neo4j

from graphsvc.errors import ConflictError, Place, RecordError
from graphsvc.i18n import msg, short
from graphsvc.model.base import Record
from graphsvc.model.mapping import LinkRow, NodeRow, to_node
from graphsvc.model.record_types import field_specs, labels_of
from graphsvc.model.vocabulary import Vocabulary, default
from graphsvc.store.driver import Run
from graphsvc.store.nodes import stored_properties
from graphsvc.store.record_reading import AT_ONCE, Stored, read
from graphsvc.store.record_shipped import missing


class ChangedMeanwhileError(ConflictError):
    """Someone saved the record after the one who saves now had read it. Has both versions, to show what differs."""

    def __init__(self, yours: Record, theirs: Record, by: str, at: datetime | None) -> None:
        super().__init__(
            msg("%(who)s changed this record while you were working on it.", who=by or "?"),
            hint=msg("Compare the two versions and save again."),
        )
        self.yours = yours
        self.theirs = theirs
        self.by = by
        self.at = at


@dataclass
class Batch:
    """What one transaction writes."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    unlinks: list[str] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    origins: list[tuple[Record, LinkRow]] = field(default_factory=list)
    """For each row of ``links`` the record it is of, for messages."""


def in_batches(run: Run, name: str, rows: Sequence[Any], into: str = "rows") -> Iterator[neo4j.Record]:
    """A query whose parameter ``into`` is a list, given in pieces; the rows of all of them."""
    for begin in range(0, len(rows), AT_ONCE):
        yield from run(name, **{into: list(rows[begin : begin + AT_ONCE])})


def write(
    run: Run,
    records: Sequence[Record],
    *,
    by: str,
    action: str = "save",
    force: bool = False,
    more: Mapping[str, Any] | None = None,
    vocabulary: Vocabulary | None = None,
) -> list[Record]:
    """The records as they are kept now (with their new versions); those that nothing changes stay as they are.

    ``more`` goes into the entries of the history, which are then made even where nothing changed. ``vocabulary``: whose
    areas of needs may be new to the graph (the shipped ones).
    Raises ChangedMeanwhileError unless ``force``, and RecordError when a link leads nowhere, a number of a register
    is another organisation's, or the record was deleted.
    """
    asked, records = len(records), [*records, *missing(run, records, vocabulary or default())]
    ids = [r.id for r in records]
    list(in_batches(run, "records/lock", ids, "ids"))
    had = read(run, ids)
    batch, kept = Batch(), []
    now = datetime.now(UTC)
    for record in records:
        old = had.get(record.id)
        if old:
            _refuse_conflict(record, old, force)
        new = record.model_copy(update={"version": old.record.version + 1 if old else record.version or 1})
        if old and more is None and _same(old.record, new):
            kept.append(old.record)
            continue
        _add(batch, new, old, by, now, action)
        batch.changes.append(entry(new, old, by, now, action if old else "create") | dict(more or {}))
        kept.append(new)
    _run(run, batch)
    return kept[:asked]


def _refuse_conflict(record: Record, old: Stored, force: bool) -> None:
    if old.archived:
        raise RecordError(msg("This record was deleted."), hint=msg("Bring it back first, in its history."))
    if type(old.record) is not type(record):
        raise ConflictError(
            msg("The id %(id)s belongs to a record of another kind.", id=record.id), hint=msg("Leave the id empty.")
        )
    if not force and old.record.version != record.version and not _same(old.record, record):
        raise ChangedMeanwhileError(record, old.record, old.changed_by, old.changed_at)


def _same(a: Record, b: Record) -> bool:
    return a.model_copy(update={"version": 0}) == b.model_copy(update={"version": 0})


def entry(new: Record, old: Stored | None, by: str, at: datetime, action: str) -> dict[str, Any]:
    """One entry of the history as properties of a node."""
    return {
        "id": str(uuid.uuid4()),
        "record": new.id,
        "label": new.label,
        "action": action,
        "at": at,
        "by": by,
        "version": new.version,
        "before": old.record.model_dump_json() if old else None,
        "after": new.model_dump_json(),
    }


def put_away(run: Run, stored: Stored, by: str, merged_into: str | None = None) -> None:
    """Archive a record: without the label of its type no other query sees it; its links stay."""
    put_all_away(run, [stored], by, merged_into)


def put_all_away(run: Run, found: Sequence[Stored], by: str, merged_into: str | None = None) -> None:
    """Archive records, as ``put_away`` does."""
    now, rows, changes = datetime.now(UTC), [], []
    for stored in found:
        record = stored.record
        new = record.model_copy(update={"version": record.version + 1})
        gone = [label for label in labels_of(record) if label != "Record"]
        own = {"id": record.id, "label": record.label, "gone": gone, "at": now, "by": by}
        rows.append(own | {"version": new.version, "merged_into": merged_into})
        changes.append(entry(new, stored, by, now, "delete") | {"other": merged_into})
    list(in_batches(run, "records/archive", rows))
    list(in_batches(run, "records/note_changes", changes))


def take_out(run: Run, stored: Stored, by: str, *, merged: bool = False) -> Record:
    """Bring back what was put away; a number of a register that another organisation got since is refused.

    What was merged into another comes back only by undoing that (``merged``). Raises ConflictError otherwise.
    """
    record = stored.record
    if stored.merged_into and not merged:
        raise ConflictError(
            msg("This organisation was merged into another one."), hint=msg("Undo the merge on the other one's page.")
        )
    new = record.model_copy(update={"version": record.version + 1})
    row = to_node(new)
    _refuse_numbers(
        run, [{"id": new.id, "properties": stored_properties(row.labels, row.properties, unit=_is_unit(row))}]
    )
    run("records/take_out", id=new.id, labels=list(row.labels), version=new.version)
    run("records/note_changes", rows=[entry(new, stored, by, datetime.now(UTC), "take_out")])
    return new


def _is_unit(row: NodeRow) -> bool:
    return any(link.link.type == "FOUNDED" for link in row.links)


def _add(batch: Batch, new: Record, old: Stored | None, by: str, now: datetime, action: str) -> None:
    row = to_node(new)
    known = {*field_specs(type(new)), "source_file", "source_row", "source_retrieved_on", "nip_unique"}
    others = {k: v for k, v in old.properties.items() if k not in known} if old else {}
    meta = {"created_at": now, "created_by": by} | others | {"changed_at": now, "changed_by": by}
    properties = stored_properties(row.labels, {**meta, **row.properties}, unit=_is_unit(row))
    gone = [x for x in (old.labels if old else ()) if x not in row.labels]
    batch.nodes.append({"id": new.id, "properties": properties, "labels": list(row.labels), "gone": gone})
    _link_changes(batch, new, row.links, old.refs if old else (), strict=action == "save")


def _link_changes(
    batch: Batch, record: Record, new: Iterable[LinkRow], old: Sequence[tuple[LinkRow, str]], *, strict: bool
) -> None:
    """``strict``: nothing new leads to a record that was deleted; what led there before may stay, also changed."""
    left, known = list(old), {(row.link, row.key) for row, _ in old}
    for row in new:
        same = next((pair for pair in left if _same_link(pair[0], row)), None)
        if same:
            left.remove(same)
            continue
        link, deleted = row.link, not strict or (row.link, row.key) in known
        own = {"id": record.id, "key": row.key, "target": link.target, "type": link.type, "direction": link.direction}
        batch.links.append(own | {"properties": dict(row.properties), "number": len(batch.links), "deleted": deleted})
        batch.origins.append((record, row))
    batch.unlinks += [ref for _, ref in left]


def _same_link(a: LinkRow, b: LinkRow) -> bool:
    plain = {k: getattr(v, "to_native", lambda v=v: v)() for k, v in a.properties.items() if k != "merged_from"}
    return a.link == b.link and a.key == b.key and plain == dict(b.properties)


def _run(run: Run, batch: Batch) -> None:
    _refuse_numbers(run, batch.nodes)
    list(in_batches(run, "records/save_nodes", batch.nodes))
    list(in_batches(run, "records/unlink", batch.unlinks, "refs"))
    made = {n for row in in_batches(run, "records/link", batch.links) for n in row["numbers"]}
    for number, (record, row) in enumerate(batch.origins):
        if number not in made:
            raise _nowhere(record, row)
    list(in_batches(run, "records/note_changes", batch.changes))


def _nowhere(record: Record, row: LinkRow) -> RecordError:
    fields = field_specs(type(record))
    name = next((n for n, s in fields.items() if s.link == row.link), None)
    return RecordError(
        msg("There is no record “%(key)s” to link to, or it was deleted.", key=short(row.key)),
        place=Place(field=name),
        hint=msg("Choose one from the list, or save that one first."),
    )


def _refuse_numbers(run: Run, nodes: Sequence[dict[str, Any]]) -> None:
    keys = ("krs", "regon", "nip_unique")
    asked = [
        {"id": n["id"], **{k: n["properties"].get(k) for k in keys}}
        for n in nodes
        if any(k in n["properties"] for k in keys)
    ]
    for row in in_batches(run, "records/same_number", asked):
        raise RecordError(
            msg("“%(name)s” has this number already.", name=row["name"]),
            place=Place(field=row["field"]),
            hint=msg("Open that organisation and change it; if both are one, merge them."),
        )
    _refuse_twice(asked)


def _refuse_twice(asked: Sequence[dict[str, Any]]) -> None:
    for field_name in ("krs", "regon", "nip_unique"):
        seen: set[str] = set()
        for row in asked:
            number = row[field_name]
            if number in seen:
                raise RecordError(
                    msg("Two of the records have the same number %(number)s.", number=number),
                    place=Place(field=field_name.removesuffix("_unique")),
                    hint=msg("Keep one of them, or correct the number."),
                )
            if number:
                seen.add(number)
