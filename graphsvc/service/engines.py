"""Measuring with another engine than our kernels: Spark for graphs that outgrow memory, GDS where the server has it."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from graphsvc.engines import gds, partitions, spark
from graphsvc.metrics import Measures
from graphsvc.service.core import Service
from graphsvc.snapshot import Projection, Scope


def measure_with_spark(
    service: Service | None, folder: Path | None, on: date | None, scope: Scope, projection: Projection, seed: int
) -> tuple[list[str], Measures]:
    """Organisation ids and their measures; of the network in ``folder`` (Parquet), else of the database, which is
    read in ranges of ids so that memory holds a few of them at a time.

    Raises EngineError (no PySpark, Spark failed) and FileError (the folder lacks a table).
    """
    with tempfile.TemporaryDirectory(prefix="graphsvc-") as temporary:
        if folder is None:
            assert service is not None  # noqa: S101 one of the two is given
            folder = partitions.fetch(service.store.read, Path(temporary))
        ids = spark.organisations(folder, on=on, scope=scope)
        return ids, spark.measure(folder, projection=projection, on=on, scope=scope, seed=seed)


def measure_with_gds(
    service: Service, on: date | None, scope: Scope, projection: Projection, seed: int
) -> tuple[list[str], Measures]:
    """Organisation ids and their measures, computed inside the Neo4j server.

    Raises EngineError when the server has no GDS.
    """
    measures = gds.measure(service.store.write, projection=projection, on=on, scope=scope, seed=seed)
    return sorted(service.snapshot(as_of=on, scope=scope).ids), measures
