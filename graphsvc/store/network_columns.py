"""From what Neo4j answers to Arrow columns: nodes by their number, links by code, days from text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graphsvc.model.network import SCHEMAS

Ints = npt.NDArray[np.int64]
NO_NODE = -1
_texts = pa.list_(pa.string())
_BESIDE = pa.schema([("node", pa.int64()), ("pkd", _texts)])
"""Columns that queries give beside those of the table."""


class Rows:
    """Finds the row of a node by the number that the database gave it."""

    def __init__(self, numbers: Sequence[int] | Ints) -> None:
        self._numbers = np.asarray(numbers, np.int64)
        self._order = np.argsort(self._numbers, kind="stable")
        self._sorted = self._numbers[self._order]

    def of(self, numbers: Sequence[int] | Ints) -> Ints:
        """The row of each node; -1 for one that is not among them (written while the network was being read)."""
        wanted = np.asarray(numbers, np.int64)
        if not len(self._numbers):
            return np.full(len(wanted), NO_NODE, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        return np.where(self._sorted[at] == wanted, self._order[at], NO_NODE)


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Which rows have which code. row, code, position : int64 [links]; ``code`` points into ``codes``."""

    row: Ints
    code: Ints
    position: Ints
    codes: pa.Array


def nodes(answers: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Answers of one list per column as one table in the order of ``id``; NaN and empty days are null."""
    own = [*_BESIDE, *(pa.field(f.name, pa.string() if f.type == pa.date32() else f.type) for f in schema)]
    parts = [pa.table({f.name: pa.array(a[f.name], f.type) for f in own if f.name in a}) for a in answers]
    table = pa.concat_tables(parts).combine_chunks()
    table = table.take(pc.sort_indices(table["id"]))
    for at, name in enumerate(table.column_names):
        if name in schema.names and schema.field(name).type == pa.date32():
            table = table.set_column(at, name, dated(table[name]))
        elif table[name].type == pa.float64():
            table = table.set_column(at, name, pc.if_else(pc.is_nan(table[name]), None, table[name]))
    return table


def coded(answers: Iterable[Mapping[str, Any]], rows: Rows) -> Coded:
    """Answers of a code and the numbers of its nodes; nodes that are in no row are left out."""
    found = list(answers)
    numbers = [np.asarray(a["node"], np.int64) for a in found]
    none = np.empty(0, np.int64)
    row = rows.of(np.concatenate([none, *numbers]))
    code = np.repeat(np.arange(len(found)), [len(n) for n in numbers])
    position = np.concatenate([none, *(np.asarray(a["position"], np.int64) for a in found if "position" in a)])
    if not len(position):
        position = np.zeros(len(row), np.int64)
    kept = row >= 0
    return Coded(row[kept], code[kept], position[kept], pa.array([a["code"] for a in found], pa.string()))


def lists(links: Coded, count: int) -> pa.ListArray:
    """The codes of each of ``count`` rows, by position."""
    order = np.lexsort((links.code, links.position, links.row))
    return _listed(links.row[order], links.codes.take(pa.array(links.code[order])), count)


def tags(statuses: Coded, pkd: pa.ListArray) -> pa.ListArray:
    """The statuses of each row, then its trades."""
    first = lists(statuses, len(pkd))
    row = np.concatenate([pc.list_parent_indices(a).to_numpy() for a in (first, pkd)])
    order = np.argsort(row, kind="stable")
    return _listed(row[order], pa.concat_arrays([first.flatten(), pkd.flatten()]).take(pa.array(order)), len(pkd))


def _listed(row: Ints, values: pa.Array, count: int) -> pa.ListArray:
    ends = np.cumsum(np.bincount(row, minlength=count))
    return pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]), pa.int32()), values)


def dated(texts: Any) -> pa.Array:
    """Days from their texts (2024-12-31); an empty one is null."""
    array = texts if isinstance(texts, pa.Array | pa.ChunkedArray) else pa.array(texts, pa.string())
    return pc.if_else(pc.equal(array, ""), None, array).cast(pa.date32())


def or_null(rows: Ints) -> pa.Array:
    """Rows; null for -1."""
    return pa.array(rows, pa.int32(), mask=rows < 0)


def columns_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows as one list per column."""
    columns: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        for name, value in row.items():
            columns[name].append(value)
    return dict(columns)


def table_of(name: str, columns: Mapping[str, Any]) -> pa.Table:
    """The table ``name`` of a network from its columns; others are passed over, days may be texts."""
    schema = SCHEMAS[name]
    return pa.table([_array(columns.get(f.name, ()), f.type) for f in schema], schema=schema)


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    """Days come as text, which Arrow reads faster than Python could make dates."""
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    return pc.cast(pa.array(values, pa.string()), kind) if kind == pa.date32() else pa.array(values, kind)


def positions(ids: Any, among: pa.ChunkedArray) -> Ints:
    """The place of each id among others; -1 for one that is not there (or is null).

    The others are only looked through once, which for a few ids is much less than to sort or to hash all of them.
    """
    wanted = ids if isinstance(ids, pa.Array | pa.ChunkedArray) else pa.array(ids, pa.string())
    places = np.flatnonzero(pc.is_in(among, value_set=wanted.unique().drop_null()).to_numpy())
    found = pc.fill_null(pc.index_in(wanted, value_set=among.take(places)), NO_NODE).to_numpy()
    rows: Ints = np.append(places, NO_NODE)[found]
    return rows


def deliveries(columns: Mapping[str, list[Any]], organisations: pa.ChunkedArray) -> pa.Table:
    """The table of delivered services, which name who delivers by id."""
    who = or_null(positions(columns.get("organisation", ()), organisations))
    return table_of("deliveries", {**columns, "organisation": who})


def outreach(columns: Mapping[str, list[Any]], organisations: pa.ChunkedArray) -> pa.Table:
    """The table of suggested pairs, which name their ends by id."""
    ends = pa.array([id for pair in columns.get("pair", ()) for id in pair], pa.string())
    both = np.sort(positions(ends, organisations).reshape(-1, 2), axis=1)
    return table_of("outreach", {**columns, "a": both[:, 0], "b": both[:, 1]})
