"""Writing an import plan: whole transactions of about 10,000 memberships, each partnership in one of them.

Every transaction is a step from one sound graph to the next, and writing something twice changes nothing. So an import
that was killed, or whose database was, is simply run again and ends in the graph of an undisturbed one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from graphsvc.model.imports import ImportPlan, KnownOrganisation, Loss
from graphsvc.model.mapping import LinkRow, NodeRow, to_node
from graphsvc.store import import_rows as rows
from graphsvc.store.driver import Run, Store
from graphsvc.store.merged import Merged, merged
from graphsvc.store.record_reading import Stored, read
from graphsvc.store.record_writing import entry, take_out

BATCH = 10_000
"""Memberships (or organisations without any) in one transaction."""
KNOWN_CHUNK = 5_000
MOST_MADE = 20_000
"""Records made and changed up to which an import can be taken back."""

Progress = Callable[[int, int], None]
"""Called with the memberships written so far and all of them."""

_LINK_QUERIES = {
    "Territory": "imports/link_territories",
    "ServiceArea": "imports/link_areas",
    "Status": "imports/link_statuses",
    "Organisation": "imports/link_founders",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What an import did to the database."""

    id: str
    created: int = 0
    """New records of any kind."""
    changed: int = 0
    """Records that were there and got something from the file; each has a trace."""
    partnerships: int = 0
    memberships: int = 0

    def plus(self, batch: Batch, created: int, changed: int) -> Written:
        """The sums after one more batch."""
        return replace(
            self,
            created=self.created + created,
            changed=self.changed + changed,
            partnerships=self.partnerships + len(batch.partnerships),
            memberships=self.memberships + batch.memberships,
        )


@dataclass(slots=True)
class Batch:
    """What goes into one transaction: partnerships, and the organisations and territories not written before."""

    others: list[NodeRow] = field(default_factory=list)
    partnerships: list[NodeRow] = field(default_factory=list)
    memberships: int = 0
    last: bool = False


def write(store: Store, plan: ImportPlan, progress: Progress | None = None, by: str = "") -> Written:
    """Write the plan; ``by``, who asked for it, is kept with the import.

    Raises DatabaseError when the database stays away, ConflictError on a number used twice.
    """
    done = Written(plan.id)
    for batch in _marked(batches(plan)):

        def step(run: Run, batch: Batch = batch, before: Written = done) -> Written:
            return _write_batch(run, plan, batch, before, by)

        done = store.transact(step)
        if progress:
            progress(done.memberships, plan.membership_count)
    return done


def known_organisations(store: Store) -> Iterator[KnownOrganisation]:
    """All organisations with their names and numbers, and those merged into them; in chunks, by id."""
    also: dict[str, list[Merged]] = defaultdict(list)
    for gone in merged(store):
        also[gone.kept].append(gone)
    after = ""
    while found := store.read("imports/known", after=after, limit=KNOWN_CHUNK):
        for r in found:
            mine = also.get(r["id"], ())
            had = (json.loads(before)["name"] for before in r["renamed"])
            names = dict.fromkeys((*r["other_names"], *had, *(n for gone in mine for n in gone.names)))
            numbers = dict.fromkeys((*r["registers"], *(n for gone in mine for n in gone.registers)))
            names.pop(r["name"], None)
            yield KnownOrganisation(r["id"], r["name"], tuple(names), tuple(numbers))
        after = found[-1]["id"]


def against(store: Store, plan: ImportPlan) -> tuple[list[Loss], list[str]]:
    """What writing the plan would take from partnerships on record that came from a file of its name, in the order of
    the file; and the names of those of them that aren't in it, in their order: they stay. One whose name was corrected
    is among the latter, as its new name is another partnership's."""
    ours = {r["id"]: str(r["name"]) for r in store.read("imports/came_from", file=plan.file)}
    found: list[tuple[str, list[str], tuple[str, ...]]] = []
    partnerships = (p for p in plan.partnerships if p.id in ours) if ours else iter(())
    absent = dict(ours)
    while nodes := [to_node(p) for p in islice(partnerships, KNOWN_CHUNK)]:
        there = rows.existing(store.read("imports/existing", ids=[n.id for n in nodes]))
        for node in nodes:
            absent.pop(node.id, None)
            if (old := there.get(node.id)) and not old.edited and any(gone := rows.lost(node, old)):
                found.append((old.properties["name"], *gone))
    ids = sorted({id for _, members, _ in found for id in members})
    names = {r["id"]: r["name"] for r in store.read("imports/names", ids=ids)} if ids else {}
    losses = [Loss(name, tuple(sorted(names.get(id, id) for id in members)), fields) for name, members, fields in found]
    return losses, sorted(absent.values())


def batches(plan: ImportPlan, size: int = BATCH) -> Iterator[Batch]:
    """The plan in pieces of about ``size`` memberships; no partnership is split."""
    written: set[str] = set()
    batch = Batch(others=[to_node(t) for t in plan.territories])
    for partnership in plan.partnerships:
        batch.partnerships.append(to_node(partnership))
        batch.memberships += len(partnership.members)
        _need(plan, [m.id for m in partnership.members], written, batch)
        if batch.memberships >= size:
            yield batch
            batch = Batch()
    rest = (id for id in plan.organisations if id not in written)
    while ids := list(islice(rest, size)):
        _need(plan, ids, written, batch)
        yield batch
        batch = Batch()
    if batch.partnerships or batch.others or not written:
        yield batch


def _need(plan: ImportPlan, ids: Sequence[str], written: set[str], batch: Batch) -> None:
    """Take into the batch the organisations that are in none before, and who founded them."""
    for id in ids:
        if id in written or id not in plan.organisations:
            continue
        written.add(id)
        organisation = plan.organisations[id]
        if organisation.founder:
            _need(plan, [organisation.founder], written, batch)
        batch.others.append(to_node(organisation))


def _marked(found: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches; the last one knows that it is."""
    waiting: Batch | None = None
    for batch in found:
        if waiting:
            yield waiting
        waiting = batch
    if waiting:
        waiting.last = True
        yield waiting


def _write_batch(run: Run, plan: ImportPlan, batch: Batch, before: Written, by: str) -> Written:
    run("imports/begin", id=before.id, file=plan.file, sha256=plan.sha256, profile=plan.profile, by=by)
    nodes = [*batch.others, *batch.partnerships]
    ids = [n.id for n in nodes]
    back = _bring_back(run, ids, plan.file)
    there = rows.existing(run("imports/existing", ids=ids))
    new = [n for n in nodes if n.id not in there]
    _create(run, new)
    changes = _change(run, [n for n in nodes if n.id in there], there, plan.file)
    done = before.plus(batch, len(new), len(changes.keys() | back))
    made = {n.id: n.properties.get("version", 0) for n in new if "Territory" not in n.labels} | back
    created = [f"{version} {id}" for id, version in made.items()]
    run("imports/note_made", id=done.id, created=created, changes=list(changes.values()), most=MOST_MADE)
    if batch.last:
        counts = {"partnerships": done.partnerships, "memberships": done.memberships}
        run("imports/finish", id=done.id, organisations=len(plan.organisations), **counts)
    return done


def _bring_back(run: Run, ids: Sequence[str], file: str) -> dict[str, int]:
    """Take out of the archive what the file names, but for what was merged away; the versions of what came back."""
    deleted = [row["id"] for row in run("imports/deleted", ids=ids)]
    return {id: take_out(run, stored, file).version for id, stored in read(run, deleted).items()}


def _create(run: Run, nodes: Sequence[NodeRow]) -> None:
    by_labels: dict[tuple[str, ...], list[rows.Row]] = defaultdict(list)
    partnerships = []
    for node in nodes:
        if "Partnership" in node.labels:
            partnerships.append({"properties": rows.properties_of(node), "members": rows.members_of(node)})
        else:
            by_labels[tuple(node.labels)].append(rows.properties_of(node))
    for labels, found in by_labels.items():
        run("imports/create_nodes", labels=list(labels), rows=found)
    if partnerships:
        run("imports/create_partnerships", rows=partnerships)
    _link(run, {node.id: rows.other_links(node) for node in nodes})


def _link(run: Run, links: dict[str, list[LinkRow]]) -> None:
    by_target: dict[str, list[rows.Row]] = defaultdict(list)
    for id, found in links.items():
        for link in found:
            by_target[link.link.target].append(rows.link_row(id, link))
    for target, found_rows in by_target.items():
        run(_LINK_QUERIES[target], rows=found_rows)


def _change(run: Run, nodes: Sequence[NodeRow], there: dict[str, rows.Existing], file: str) -> dict[str, str]:
    """Give known records what the file adds, with an entry in their history: its id by that of the record."""
    made: list[rows.Row] = []
    links: dict[str, list[LinkRow]] = {}
    members: list[rows.Row] = []
    for node in nodes:
        old = there[node.id]
        follow = "Partnership" in node.labels and not old.edited
        changes = rows.updated(node, old) if follow else rows.filled(node, old)
        if changes:
            made.append(rows.change_row(node, old, changes))
            links[node.id] = changes.links
        if changes.members is not None:
            members.append({"id": node.id, "members": changes.members})
    if made:
        before = read(run, links)
        run("imports/change", rows=made)
        run("imports/replace_members", rows=members)
        _link(run, links)
        return _note(run, before, read(run, links), file)
    return {}


def _note(run: Run, before: dict[str, Stored], after: dict[str, Stored], file: str) -> dict[str, str]:
    now = datetime.now(UTC)
    entries = [entry(new.record, before[id], file, now, "import") for id, new in after.items()]
    run("records/note_changes", rows=entries)
    return {row["record"]: row["id"] for row in entries}
