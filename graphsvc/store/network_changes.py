"""A network brought up to date from the few records that were written since it was read.

The rule is one for all tables: rows of which an end was written go, and what the database has of those ends now comes.
All else only moves, since rows refer to each other by position; what stays is never sorted again. The result is what
``read_network`` gives, and a table in which nothing changed is the very one that was known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graphsvc.model.base import stable_id
from graphsvc.model.network import Network
from graphsvc.store.driver import Reader
from graphsvc.store.network_columns import Ints, columns_of, deliveries, or_null, outreach, positions, table_of

OF_KINDS: Mapping[str, set[str]] = {
    "organisations": {"Organisation"},
    "founders": {"Organisation"},
    "partnerships": {"Partnership"},
    "memberships": {"Organisation", "Partnership"},
    "meetings": {"Meeting"},
    "attendances": {"Organisation", "Meeting"},
    "needs": {"Organisation", "Territory"},
    "offers": {"Organisation"},
}
"""The kinds of record of which each query under ``network/changed`` reads something."""
ITSELF = "founder"
"""The column that refers to rows of its own table; put right when those are known."""

Columns = dict[str, list[Any]]
Fresh = Mapping[str, Columns]
"""What was read, by query; nothing of a query that was not asked."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Nodes:
    """A table of records by id, and where each row of the old table is in it now.

    moved : int64 [old rows + 1]; -1 for those read anew or gone and, last, for none
    come : int64; rows that were read
    """

    table: pa.Table
    moved: Ints
    come: Ints

    def rows(self, old: Any) -> Ints:
        """Old rows (Arrow, null for none) as new ones; -1 for none."""
        new: Ints = self.moved[pc.fill_null(old, -1).to_numpy()]
        return new

    @property
    def still(self) -> bool:
        """Whether all rows that were not read are where they were."""
        return bool(((self.moved < 0) | (self.moved == np.arange(len(self.moved)))).all())

    @property
    def untouched(self) -> bool:
        """Whether none was read and none has gone."""
        return not len(self.come) and bool((self.moved[:-1] >= 0).all())


def updated(store: Reader, known: Network, ids: Sequence[str]) -> Network | None:
    """The network as of now, from what was known and from the records ``ids``: all that was written since.

    None when that can't be told from them: a record was erased, or one that others refer to by its code was changed.
    Raises DatabaseError.
    """
    if not ids:
        return known
    found = columns_of(store.read("network/changed/kinds", ids=ids))
    if sum(found.get("count", ())) < len(ids) or any(found.get("shared", ())):
        return None
    kinds = {kind for kind in found.get("kind", ()) if kind}
    names = [name for name, of in OF_KINDS.items() if kinds & of]
    rows = store.read_many([(f"network/changed/{name}", {"ids": ids}) for name in names])
    fresh: Fresh = defaultdict(dict, zip(names, map(columns_of, rows), strict=True))
    network = _merged(fresh, known, ids) if names else known
    ids_now = network.organisations["id"]
    moved = not ids_now.equals(known.organisations["id"])
    for kind, name, made in (("ServiceDelivery", "deliveries", deliveries), ("Outreach", "outreach", outreach)):
        if moved or kind in kinds:
            network = replace(network, **{name: made(columns_of(store.read(f"network/{name}")), ids_now)})
    if not {"Territory", "ServiceArea"} & kinds:
        return network
    places = {name: table_of(name, columns_of(store.read(f"network/{name}"))) for name in ("territories", "borders")}
    return replace(network, **places)


def _merged(fresh: Fresh, known: Network, ids: Sequence[str]) -> Network:
    names = ("organisations", "partnerships", "meetings")
    organisations, partnerships, meetings = (_nodes(n, getattr(known, n), fresh[n], ids) for n in names)
    edges = partial(_edges, fresh=fresh, known=known)
    owned = partial(_owned, fresh=fresh, known=known, organisations=organisations)
    return replace(
        known,
        organisations=_with_founders(organisations, fresh["founders"]),
        partnerships=partnerships.table,
        memberships=edges("memberships", organisation=organisations, partnership=partnerships),
        meetings=meetings.table,
        attendances=edges("attendances", organisation=organisations, meeting=meetings),
        needs=owned("needs"),
        offers=owned("offers"),
    )


def _spliced(old: pa.Table, gone: Mask, come: pa.Table, at: Sequence[int] | Ints) -> tuple[pa.Table, Ints]:
    """A table less rows that are gone, with others put in: each before one of those that stay.

    And where each row is from: beyond the old table's end those that come. Where they are as those that went it is
    the old table itself.
    """
    count = old.num_rows
    order = np.insert(np.flatnonzero(~gone), at, np.arange(count, count + come.num_rows))
    was = np.flatnonzero(gone)
    if np.array_equal(np.flatnonzero(order >= count), was) and _same(old.take(was), come):
        return old, order
    return pa.concat_tables([old, come]).combine_chunks().take(order), order


def _same(one: pa.Table, other: pa.Table) -> bool:
    return all(one[name].equals(other[name]) for name in one.column_names if name != ITSELF)


def _nodes(name: str, old: pa.Table, fresh: Columns, ids: Sequence[str]) -> _Nodes:
    """The rows that stay and those that were read, by id."""
    gone = pc.is_in(old["id"], value_set=pa.array(ids, pa.string())).to_numpy()
    stay, known = np.flatnonzero(~gone), old["id"]
    come = table_of(name, {ITSELF: [None] * len(fresh.get("id", ()))} | fresh).sort_by("id")
    at = [bisect_left(stay, id, key=lambda row: known[int(row)].as_py()) for id in come["id"].to_pylist()]
    table, order = _spliced(old, gone, come, at)
    moved = np.full(len(gone) + 1, -1, np.int64)
    moved[order[order < len(gone)]] = np.flatnonzero(order < len(gone))
    return _Nodes(table, moved, np.flatnonzero(order >= len(gone)))


def _with_founders(organisations: _Nodes, fresh: Columns) -> pa.Table:
    table = organisations.table
    founder = organisations.rows(table[ITSELF])
    founder[organisations.come] = -1
    units, founders = (positions(fresh.get(end, ()), table["id"]) for end in ("unit", "founder"))
    founder[units[units >= 0]] = founders[units >= 0]
    return _with_rows(table, ITSELF, or_null(founder))


def _with_rows(table: pa.Table, name: str, rows: pa.Array) -> pa.Table:
    """The table itself where the column is as it was."""
    at = table.schema.get_field_index(name)
    if table[name].equals(pa.chunked_array([rows])):
        return table
    return table.set_column(at, table.schema.field(at), rows)


def _edges(name: str, *, fresh: Fresh, known: Network, **ends: _Nodes) -> pa.Table:
    """A table whose rows join two records, in the order of the second and then of the first."""
    old: pa.Table = getattr(known, name)
    if all(nodes.untouched for nodes in ends.values()):
        return old
    come = {end: positions(fresh[name].get(end, ()), nodes.table["id"]) for end, nodes in ends.items()}
    first, second = come.values()
    rank = np.lexsort((first, second))
    rank = rank[(first[rank] >= 0) & (second[rank] >= 0)]
    rows = {end: nodes.rows(old[end]) for end, nodes in ends.items()}
    gone = np.logical_or(*(row < 0 for row in rows.values()))
    at = np.searchsorted(_places(*rows.values())[~gone], _places(first, second)[rank])
    for end, nodes in ends.items():
        if not nodes.still:
            old = _with_rows(old, end, pa.array(rows[end], pa.int32()))
    return _spliced(old, gone, table_of(name, fresh[name] | come).take(rank), at)[0]


def _places(first: Ints, second: Ints) -> Ints:
    """Numbers in the order of the rows of edges."""
    return second << 32 | first


def _owned(name: str, *, fresh: Fresh, known: Network, organisations: _Nodes) -> pa.Table:
    """Needs or offers: in the order of their owners' ids, each owner's as they are kept."""
    old, rows_read, ids = getattr(known, name), fresh[name], organisations.table["id"]
    if not rows_read and organisations.untouched:
        return old
    rows = organisations.rows(old["organisation"])
    gone = (rows < 0) & pc.is_valid(old["organisation"]).to_numpy()
    stay, territories = np.flatnonzero(~gone), old["territory"]

    def owner(row: int) -> str:
        """The id of the organisation, or of the territory where there is none."""
        code = territories[int(row)].as_py()
        return str(ids[int(rows[row])]) if rows[row] >= 0 else stable_id("territory", code)

    come = rows_read | {"organisation": or_null(positions(rows_read.get("organisation", ()), ids))}
    owners = rows_read.get("owner", [])
    rank = np.argsort(np.array(owners, dtype=str), kind="stable")
    at = [bisect_left(stay, owners[n], key=owner) for n in rank]
    if not organisations.still:
        old = _with_rows(old, "organisation", or_null(rows))
    return _spliced(old, gone, table_of(name, come).take(rank), at)[0]
