"""Two organisations made one, and one made two; both can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from graphsvc.errors import ConflictError, NotFoundError, RecordError
from graphsvc.i18n import msg, short
from graphsvc.model.base import Record
from graphsvc.model.history import Change, differences
from graphsvc.model.organisations import Organisation
from graphsvc.model.record_types import field_specs
from graphsvc.store.driver import Run
from graphsvc.store.record_reading import Stored, read
from graphsvc.store.record_writing import put_away, take_out, write

_ONE = [s.link for s in field_specs(Organisation).values() if s.link and not s.many]
SINGLE = {f"single_{way}": [link.type for link in _ONE if link.direction == way] for way in ("out", "in")}
"""Types of links of which an organisation has one at most, by where they lead: it has one founder, and founds many."""
_OWN = frozenset({"id", "version", "name", "other_names", "source", "sector", "kind"})
"""Fields that the organisation that stays keeps, whatever the other has."""
_TIMED = ("needs", "offers", "statuses")
"""Fields whose entries may have ended."""


def _organisations(run: Run, *ids: str) -> list[Stored]:
    run("records/lock", ids=sorted(ids))
    found = read(run, ids)
    for id in ids:
        if id not in found or found[id].archived or not isinstance(found[id].record, Organisation):
            raise NotFoundError(
                msg("There is no organisation with id %(id)s.", id=short(id)), hint=msg("Choose one from the list.")
            )
    return [found[id] for id in ids]


def _as_organisation(stored: Stored) -> Organisation:
    assert isinstance(stored.record, Organisation)  # noqa: S101 _organisations has checked it
    return stored.record


def merge(run: Run, keep: str, gone: str, by: str) -> Organisation:
    """``keep`` gets what ``gone`` has and it lacks; ``gone`` is put away. Raises RecordError for one and the same."""
    if keep == gone:
        raise RecordError(msg("Both are the same organisation."), hint=msg("Choose another one."))
    stays, goes = _organisations(run, keep, gone)
    put_away(run, goes, by, merged_into=keep)
    run("records/copy_links", keep=keep, gone=gone, **SINGLE)
    with_links = _as_organisation(read(run, [keep])[keep])
    filled = _filled(with_links, _as_organisation(goes))
    more = {"other": gone, "before": stays.record.model_dump_json()}
    write(run, [filled], by=by, action="merge", force=True, more=more)
    return _as_organisation(read(run, [keep])[keep])


def _filled(keep: Organisation, gone: Organisation) -> Organisation:
    missing = {
        name: value
        for name in field_specs(Organisation)
        if name not in _OWN and (value := getattr(gone, name)) and not getattr(keep, name)
    }
    for name in _TIMED:
        missing[name] = (*getattr(keep, name), *_going_on(getattr(keep, name), getattr(gone, name)))
    names = dict.fromkeys((*keep.other_names, gone.name, *gone.other_names))
    return keep.model_copy(update={**missing, "other_names": tuple(n for n in names if n != keep.name)})


def _going_on(keep: Sequence[Any], gone: Sequence[Any]) -> Iterator[Any]:
    """What goes on of one and has ended, by its code, of the other."""
    on = {row.code for row in keep if not _ended(row)}
    return (row for row in gone if not _ended(row) and row.code not in on)


def _ended(row: Any) -> bool:
    end = getattr(row, "met_on", None) or getattr(row, "until", None)
    return end is not None and end <= date.today()


def undo_merge(run: Run, change: Change, now: Record, by: str) -> None:
    """The one that stayed as it was before, but for fields that were changed since (``now``); the other back with the
    links that it never lost. Raises ConflictError where they came apart already."""
    gone = change.other or ""
    stored = read(run, [gone]).get(gone)
    if stored is None or stored.merged_into != change.record:
        raise ConflictError(
            msg("The two came apart already, or one was erased."), hint=msg("Look at the history of both.")
        )
    run("records/remove_copies", keep=change.record, gone=gone)
    if old := change.old():
        since = {name: value for name, _, value in differences(change.new(), now)}
        kept = old.model_copy(update=since)
        write(run, [kept], by=by, action="restore", force=True, more={"other": gone})
    take_out(run, stored, by, merged=True)


def split(run: Run, id: str, new: Organisation, moved: Sequence[str], by: str) -> Organisation:
    """``new`` is created and gets the links between ``id`` and the records in ``moved``."""
    (source,) = _organisations(run, id)
    (made,) = write(run, [new], by=by, action="split")  # what it has of the other may lead to what was deleted
    _move(run, id, made.id, moved, by)
    now = read(run, [id])[id].record
    more = {"other": made.id, "moved": list(moved), "before": source.record.model_dump_json()}
    write(run, [now], by=by, action="split", force=True, more=more)
    return _as_organisation(read(run, [made.id])[made.id])


def _move(run: Run, source: str, target: str, others: Sequence[str], by: str) -> None:
    """Links between one organisation and other records go to another. The others whose fields they are have changed by
    it: a form that is open, or a file, does not put them back unseen."""
    before = read(run, others)
    run("records/move_links", source=source, target=target, others=list(before))
    for id, now in read(run, others).items():
        if now.record != before[id].record and not now.archived:
            more = {"other": target, "before": before[id].record.model_dump_json()}
            write(run, [now.record], by=by, force=True, more=more)


def undo_split(run: Run, change: Change, by: str) -> None:
    """The links go back, and the organisation that the split made is put away."""
    made = change.other or ""
    _move(run, made, change.record, change.moved, by)
    put_away(run, read(run, [made])[made], by)
    if old := change.old():
        write(run, [old], by=by, action="restore", force=True, more={"other": made})
