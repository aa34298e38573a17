"""What the network holds, told from the store's version: signing in or saving a view moves the latter only."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graphsvc.model.network import SCHEMAS, Network
from graphsvc.snapshot.filter import day, membership_span

BESIDE: Mapping[str, Collection[str]] = {
    "organisations": ("name", "acts_in", "lat", "lon", "description", "tags", "confirmed_on"),
    "partnerships": ("name", "territories", "description", "source"),
    "meetings": SCHEMAS["meetings"].names,
    "attendances": SCHEMAS["attendances"].names,
    "outreach": SCHEMAS["outreach"].names,
    "territories": ("name", "level", "lat", "lon", "population"),
    "borders": SCHEMAS["borders"].names,
}
"""Columns that move no tie, no measure and no place in the picture: no filter chooses by them either."""
Digest = tuple[str, str]
"""Of one table: of what measures are computed from, and of the rest."""


@dataclass(frozen=True, eq=False)
class Content:
    """A network and the digests (SHA-256, hexadecimal) of its tables: equal digests, equal networks."""

    network: Network
    tables: Mapping[str, Digest]

    @classmethod
    def of(cls, network: Network, known: Self | None = None) -> Self:
        """The content of a network; tables that another has too are not looked through again."""
        return cls(network, {name: _digest(name, network, known) for name in SCHEMAS})

    @cached_property
    def digest(self) -> str:
        """Of all of it."""
        return _sha(*(part for table in self.tables.values() for part in table))

    @cached_property
    def ties(self) -> str:
        """Of all but outreach: what was said about a suggestion moves no likelihood."""
        return _sha(*(part for name, table in self.tables.items() if name != "outreach" for part in table))

    def taught(self, on: date) -> str:
        """Of what likelihoods are learnt from by a day: who is yet to join teaches from the day on which it does."""
        later = len(self._joined) - np.searchsorted(self._joined, day(on), "right")
        return f"{self.ties} {later}" if later else self.ties

    @cached_property
    def _joined(self) -> npt.NDArray[np.int32]:
        """First day of each membership, ascending."""
        since, _ = membership_span(self.network)
        return np.sort(since)

    @cached_property
    def measured(self) -> str:
        """Of what ties, measures and places are computed from: a name or a meeting moves none of them."""
        return _sha(*(measured for measured, _ in self.tables.values()))


def _digest(name: str, network: Network, known: Content | None) -> Digest:
    table: pa.Table = getattr(network, name)
    if known and table is getattr(known.network, name):
        return known.tables[name]
    rest = [column for column in table.column_names if column in BESIDE.get(name, ())]
    measured = [column for column in table.column_names if column not in rest]
    one, other = (_sha(*map(_bytes, table.select(columns).columns)) for columns in (measured, rest))
    return one, other


def _bytes(column: pa.ChunkedArray) -> pa.Buffer:
    """A column however it is cut, and whatever lies in memory where it has no value."""
    sink = pa.BufferOutputStream()
    for part in (column.is_valid(), column.drop_null()):
        array = part.combine_chunks()
        with pa.ipc.new_stream(sink, pa.schema([("", array.type)])) as writer:
            writer.write_batch(pa.record_batch([array], [""]))
    return sink.getvalue()


def _sha(*parts: str | pa.Buffer) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part.encode() if isinstance(part, str) else part)
    return sha.hexdigest()
