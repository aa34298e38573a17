"""A network as a folder of Parquet files, which engines read without holding it in memory.

``organisations.parquet``, ``partnerships.parquet`` and ``memberships.parquet`` have the columns of
``model/network.py``; each is one file or a folder of part files. Memberships name organisations and partnerships by
their row, or (as text) by their id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from graphsvc.errors import FileError, Place
from graphsvc.i18n import msg
from graphsvc.model.network import MEMBERSHIPS, ORGANISATIONS, PARTNERSHIPS, Network


def _columns(schema: pa.Schema, *names: str, **types: pa.DataType) -> pa.Schema:
    return pa.schema([(name, types.get(name, schema.field(name).type)) for name in names])


STREAMED: Final[Mapping[str, pa.Schema]] = {
    "organisations": _columns(ORGANISATIONS, "id", "name", "sector", "territory", "active_from", "active_to"),
    "partnerships": _columns(PARTNERSHIPS, "id", "starts_on", "ends_on", "phase"),
    "memberships": _columns(
        MEMBERSHIPS, "organisation", "partnership", "since", "until", organisation=pa.string(), partnership=pa.string()
    ),
}
"""Columns of the batches that ``stream`` takes: memberships by id, since a stream knows no rows."""


def write(network: Network, folder: Path) -> Path:
    """Write what engines read of a network; returns the folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in STREAMED:
        pq.write_table(getattr(network, name), path(folder, name))
    return folder


def stream(batches: Mapping[str, Iterable[pa.RecordBatch]], folder: Path) -> Path:
    """Write tables that arrive batch by batch (from a database's partitions), holding one batch at a time. They take
    their places once all are whole: what is broken off leaves those of before.

    batches : for each table of ``STREAMED`` its batches; a column that a batch lacks reads as null
    Returns the folder. Raises ValueError for a batch whose columns don't fit.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".graphsvc.", dir=folder) as fresh:
        for name, schema in STREAMED.items():
            with pq.ParquetWriter(path(fresh, name), schema) as writer:
                for batch in batches[name]:
                    writer.write_batch(_fitted(batch, schema))
        for name in STREAMED:
            Path(path(fresh, name)).replace(path(folder, name))
    return folder


def path(folder: Path | str, name: str) -> str:
    """Where a table is; ``folder`` may be an address that Spark knows (``s3a://…``, ``hdfs://…``)."""
    return f"{str(folder).rstrip('/')}/{name}.parquet"


def check(folder: Path | str) -> None:
    """Raises FileError naming the table that a local folder lacks; a remote one is left to the engine."""
    for name in STREAMED:
        if "://" not in str(folder) and not Path(path(folder, name)).exists():
            raise FileError(
                msg("There is no table of %(name)s.", name=name),
                place=Place(file=path(folder, name)),
                hint=msg("Name the folder of an export that has organisations, partnerships and memberships."),
            )


def _fitted(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = [
        batch.column(f.name).cast(f.type) if f.name in batch.schema.names else pa.nulls(batch.num_rows, f.type)
        for f in schema
    ]
    return pa.record_batch(columns, schema=schema)
