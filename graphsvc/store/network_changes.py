"""A network brought up to date from the few records that were written since it was read.

The rule is one for all tables: rows of which an end was written go, and what the database has of those ends now comes.
All else only moves, since rows refer to each other by position. The result is what ``read_network`` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphsvc.model.base import stable_id
from graphsvc.model.network import Network
from graphsvc.store.driver import Reader
from graphsvc.store.network_columns import Ints, columns_of, or_null, outreach, positions, table_of

Columns = dict[str, list[Any]]
Read = Callable[[str], Columns]


@dataclass(frozen=True, slots=True, eq=False)
class _Nodes:
    """A table of records by id, and where each row of the old table is in it now; -1 for those read anew or gone."""

    table: pa.Table
    moved: Ints

    @property
    def unmoved(self) -> bool:
        """Whether each row is where it was."""
        return np.array_equal(self.moved, np.arange(len(self.moved)))

    def rows(self, old: Any) -> Ints:
        """Old rows (Arrow, null for none) as new ones; -1 for none."""
        new: Ints = np.append(self.moved, -1)[pc.fill_null(old, len(self.moved)).to_numpy()]
        return new


def updated(store: Reader, known: Network, ids: Sequence[str]) -> Network | None:
    """The network as of now, from what was known and from the records ``ids``: all that was written since.

    None when that can't be told from them: a record was erased, or one that others refer to by its code was changed.
    Raises DatabaseError.
    """
    if not ids:
        return known
    kinds = columns_of(store.read("network/changed/kinds", ids=ids))
    if sum(kinds.get("count", ())) < len(ids) or any(kinds.get("shared", ())):
        return None
    if not any(kinds.get("kind", ())):
        return known

    def read(name: str) -> Columns:
        return columns_of(store.read(f"network/changed/{name}", ids=ids))

    network = _merged(read, known, ids)
    said = columns_of(store.read("network/outreach"))
    network = replace(network, outreach=outreach(said, network.organisations["id"]))
    if not {"Territory", "ServiceArea"} & {*kinds["kind"]}:
        return network
    places = {name: table_of(name, columns_of(store.read(f"network/{name}"))) for name in ("territories", "borders")}
    return replace(network, **places)


def _merged(read: Read, known: Network, ids: Sequence[str]) -> Network:
    names = ("organisations", "partnerships", "meetings")
    organisations, partnerships, meetings = (_nodes(n, getattr(known, n), read(n), ids) for n in names)
    edges = partial(_edges, read=read, known=known)
    owned = partial(_owned, read=read, known=known, organisations=organisations)
    return Network(
        organisations=_with_founders(organisations, read("founders")),
        partnerships=partnerships.table,
        memberships=edges("memberships", organisation=organisations, partnership=partnerships),
        meetings=meetings.table,
        attendances=edges("attendances", organisation=organisations, meeting=meetings),
        needs=owned("needs"),
        offers=owned("offers"),
        outreach=known.outreach,
        territories=known.territories,
        borders=known.borders,
    )


def _nodes(name: str, old: pa.Table, fresh: Columns, ids: Sequence[str]) -> _Nodes:
    """The rows that stay and those that were read, by id."""
    gone = pc.is_in(old["id"], value_set=pa.array(ids, pa.string())).to_numpy()
    if not (fresh or gone.any()):
        return _Nodes(old, np.arange(len(gone)))
    come = table_of(name, fresh | {"founder": [None] * len(fresh.get("id", ()))})
    table = pa.concat_tables([old.filter(pa.array(~gone)), come])
    order = pc.sort_indices(table["id"]).to_numpy()
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    moved = np.full(len(gone), -1, np.int64)
    moved[~gone] = place[: len(gone) - gone.sum()]
    return _Nodes(table.take(order), moved)


def _with_founders(organisations: _Nodes, fresh: Columns) -> pa.Table:
    table = organisations.table
    founder = organisations.rows(table["founder"])
    units = positions(fresh.get("unit", ()), table["id"])
    founder[units] = positions(fresh.get("founder", ()), table["id"])
    at = table.schema.get_field_index("founder")
    return table.set_column(at, table.schema.field(at), or_null(founder))


def _edges(name: str, *, read: Read, known: Network, **ends: _Nodes) -> pa.Table:
    """A table whose rows join two records, in the order of the second and then of the first."""
    old: pa.Table = getattr(known, name)
    fresh = read(name)
    if not fresh and all(nodes.unmoved for nodes in ends.values()):
        return old
    stay = {end: nodes.rows(old[end]) for end, nodes in ends.items()}
    come = {end: positions(fresh.get(end, ()), nodes.table["id"]) for end, nodes in ends.items()}
    rows = {end: np.concatenate([stay[end], come[end]]) for end in ends}
    first, second = rows.values()
    order = np.lexsort((first, second))
    order = order[(first[order] >= 0) & (second[order] >= 0)]
    beside = pa.concat_tables([old, table_of(name, fresh | come)]).take(order)
    return table_of(name, {c: beside[c] for c in beside.column_names} | {end: rows[end][order] for end in ends})


def _owned(name: str, *, read: Read, known: Network, organisations: _Nodes) -> pa.Table:
    """Needs or offers: in the order of their owners' ids, each owner's as they are kept."""
    old: pa.Table = getattr(known, name)
    fresh = read(name)
    row = organisations.rows(old["organisation"])
    stays = (row >= 0) | pc.is_null(old["organisation"]).to_numpy()
    owners = _owners(old["territory"].filter(pa.array(stays)), row[stays], organisations.table["id"])
    rows = np.concatenate([row[stays], positions(fresh.get("organisation", ()), organisations.table["id"])])
    come = table_of(name, fresh | {"organisation": [None] * len(fresh.get("owner", ()))})
    table = pa.concat_tables([old.filter(pa.array(stays)), come])
    owner = pa.concat_arrays([owners, pa.array(fresh.get("owner", ()), pa.string())])
    order = pc.sort_indices(owner).to_numpy()
    columns = {c: table[c].take(order) for c in table.column_names}
    return table_of(name, columns | {"organisation": or_null(rows[order])})


def _owners(territories: pa.ChunkedArray, rows: Ints, organisations: pa.ChunkedArray) -> pa.Array:
    """The id of each row's owner: of the organisation, or of the territory where there is none."""
    places = territories.combine_chunks().dictionary_encode()
    of_places = pa.array([stable_id("territory", code) for code in places.dictionary.to_pylist()], pa.string())
    return pc.coalesce(organisations.combine_chunks().take(or_null(rows)), of_places.take(places.indices))
