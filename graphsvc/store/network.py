"""The whole network out of Neo4j, in columns.

One row per relationship costs the driver more than the server; so partnerships come in pieces of 1,000 as one list per
column, and a membership as one integer (two node numbers packed).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graphsvc.model.network import SCHEMAS, Network
from graphsvc.store.driver import Reader

CHUNK = 1_000
ORGANISATIONS = 5_000
NODE_BITS = 32
NO_NODE = -1

Ints = npt.NDArray[np.int64]
Columns = Mapping[str, Any]


class Rows:
    """Finds the row of a node by the number that the database gave it."""

    def __init__(self, nodes: Sequence[int]) -> None:
        self._nodes = np.asarray(nodes, np.int64)
        self._order = np.argsort(self._nodes, kind="stable")
        self._sorted = self._nodes[self._order]

    def of(self, nodes: Sequence[int] | Ints) -> Ints:
        """The row of each node; -1 for one that is not among them (written while the network was being read)."""
        wanted = np.asarray(nodes, np.int64)
        if not len(self._nodes):
            return np.full(len(wanted), NO_NODE, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        return np.where(self._sorted[at] == wanted, self._order[at], NO_NODE)


def read_network(store: Reader) -> Network:
    """All of the network as of now; organisations and partnerships in the order of their ids.

    Raises DatabaseError.
    """
    organisations = _pieces(store, "network/organisations", ORGANISATIONS)
    partnerships = _pieces(store, "network/partnerships", CHUNK)
    rows = Rows(organisations.get("node", ()))
    organisations["founder"] = _or_null(rows.of(organisations.get("founder", ())))
    meetings, attendances = _meetings(store, rows)
    return Network(
        organisations=_table("organisations", organisations),
        partnerships=_table("partnerships", partnerships),
        memberships=_memberships(store, rows, Rows(partnerships.get("node", ()))),
        meetings=meetings,
        attendances=attendances,
        needs=_with_rows("needs", store, rows),
        offers=_with_rows("offers", store, rows),
        outreach=_outreach(store, rows),
        territories=_table("territories", _columns(store.read("network/territories"))),
        borders=_table("borders", _columns(store.read("network/borders"))),
    )


def _pieces(store: Reader, query: str, size: int) -> dict[str, Any]:
    """The columns of all pieces, one after the other."""
    columns: dict[str, list[Any]] = defaultdict(list)
    after = ""
    while True:
        piece = store.read(query, after=after, limit=size)[0]
        for name, values in piece.data().items():
            columns[name].extend(values)
        if len(piece["id"]) < size:
            return dict(columns)
        after = piece["id"][-1]


def _memberships(store: Reader, organisations: Rows, partnerships: Rows) -> pa.Table:
    pairs: list[Ints] = []
    sparse: dict[str, dict[int, str]] = {"roles": {}, "since": {}, "until": {}}
    after: str | None = ""
    count = 0
    while after is not None:
        piece = store.read("network/memberships", after=after, limit=CHUNK)[0]
        for name, known in sparse.items():
            known.update((count + place, value) for place, value in piece[name])
        pairs.append(np.asarray(piece["pair"], np.int64))
        count += len(pairs[-1])
        after = piece["last"]
    packed = np.concatenate(pairs)
    organisation = organisations.of(packed & ((1 << NODE_BITS) - 1))
    partnership = partnerships.of(packed >> NODE_BITS)
    order = np.lexsort((organisation, partnership))
    order = order[(organisation[order] >= 0) & (partnership[order] >= 0)]
    columns = {
        "organisation": organisation[order],
        "partnership": partnership[order],
        "role": _dense(sparse["roles"], count, "PAR")[order],
        "since": _dense(sparse["since"], count, None)[order],
        "until": _dense(sparse["until"], count, None)[order],
    }
    return _table("memberships", columns)


def _dense(known: Mapping[int, str], count: int, default: str | None) -> npt.NDArray[np.object_]:
    values = np.full(count, default, object)
    if known:
        values[list(known)] = list(known.values())
    return values


def _meetings(store: Reader, rows: Rows) -> tuple[pa.Table, pa.Table]:
    found = store.read("network/meetings")
    pairs = [(node, place) for place, m in enumerate(found) for node in m["attended"]]
    organisations = rows.of([node for node, _ in pairs])
    attendances = sorted((place, row) for row, (_, place) in zip(organisations, pairs, strict=True) if row >= 0)
    columns = {"organisation": [row for _, row in attendances], "meeting": [place for place, _ in attendances]}
    return _table("meetings", _columns(found)), _table("attendances", columns)


def _with_rows(name: str, store: Reader, rows: Rows) -> pa.Table:
    columns = _columns(store.read(f"network/{name}"))
    nodes = [NO_NODE if n is None else n for n in columns.get("node", ())]
    return _table(name, {**columns, "organisation": _or_null(rows.of(nodes))})


def _outreach(store: Reader, rows: Rows) -> pa.Table:
    columns = _columns(store.read("network/outreach"))
    pairs = np.asarray(columns.get("pair", ()), np.int64).reshape(-1, 2)
    both = np.sort(np.stack([rows.of(pairs[:, 0]), rows.of(pairs[:, 1])], axis=1), axis=1)
    return _table("outreach", {**columns, "a": both[:, 0], "b": both[:, 1]})


def _columns(found: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = defaultdict(list)
    for row in found:
        for name, value in row.items():
            columns[name].append(value)
    return dict(columns)


def _or_null(rows: Ints) -> pa.Array:
    return pa.array(rows, pa.int32(), mask=rows < 0)


def _table(name: str, columns: Columns) -> pa.Table:
    schema = SCHEMAS[name]
    return pa.table([_array(columns.get(f.name, ()), f.type) for f in schema], schema=schema)


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    """Days come as text, which Arrow reads faster than Python could make dates."""
    if isinstance(values, pa.Array):
        return values
    return pa.array(values, pa.string()).cast(kind) if kind == pa.date32() else pa.array(values, kind)
