"""Reading a database in ranges of ids, several at a time, into the folder that engines read.

The caller brings the reading (``Store.read``); the queries are ``cypher/network/partition_*.cypher``, each bounded by
the index on ids. Memory holds ``workers`` partitions, whatever the size of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from graphsvc.engines.tables import STREAMED, stream

LAST = "\U0010ffff"
"""Sorts after every id."""


class Read(Protocol):
    """Runs a query named by its file under ``cypher/``, and gives its rows."""

    def __call__(self, query: str, /, **params: Any) -> Sequence[Mapping[str, Any]]: ...


def fetch(read: Read, folder: Path, *, partitions: int = 256, workers: int = 4) -> Path:
    """Write the database's network to ``folder`` (see ``engines.tables``); returns it.

    partitions : ranges of ids (their first two digits are hexadecimal and evenly spread, as record ids are); up to
        256. Other ids are read as well, in fewer and larger pieces. workers : read at a time, each in a transaction
        of its own: what is written meanwhile may be missing or in part there, so let imports end first.
    Raises what ``read`` raises.
    """
    with ThreadPoolExecutor(workers) as pool:
        return stream({name: _batches(read, pool, name, ranges(partitions), 2 * workers) for name in STREAMED}, folder)


def ranges(partitions: int) -> list[tuple[str, str]]:
    """Bounds (from, to) that together hold every text once; ``to`` is not in."""
    count = max(1, min(partitions, 256))
    starts = ["", *(f"{256 * i // count:02x}" for i in range(1, count)), LAST]
    return list(pairwise(starts))


def _batches(
    read: Read, pool: ThreadPoolExecutor, name: str, bounds: list[tuple[str, str]], ahead: int
) -> Iterator[pa.RecordBatch]:
    """The partitions of one table in their order, read a few ahead."""
    todo = iter(bounds)
    query = f"network/partition_{name}"
    waiting = [_submit(read, pool, query, b) for b in islice(todo, ahead)]
    while waiting:
        row = waiting.pop(0).result()[0]
        waiting.extend(_submit(read, pool, query, b) for b in islice(todo, 1))
        columns = {f.name: pa.array(row[f.name], _sent_as(f.type)) for f in STREAMED[name]}
        yield pa.record_batch(columns)


def _submit(
    read: Read, pool: ThreadPoolExecutor, query: str, bound: tuple[str, str]
) -> Future[Sequence[Mapping[str, Any]]]:
    return pool.submit(read, query, **{"from": bound[0], "to": bound[1]})


def _sent_as(kind: pa.DataType) -> pa.DataType:
    """Days come as text, which is cast on writing."""
    return pa.string() if pa.types.is_date(kind) else kind
