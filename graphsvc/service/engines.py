"""Measuring with another engine than our kernels: Spark for graphs that outgrow memory, GDS where the server has it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from graphsvc.engines import gds, partitions, spark
from graphsvc.errors import EngineError
from graphsvc.i18n import msg
from graphsvc.metrics import Measures
from graphsvc.service.core import Service
from graphsvc.snapshot import Projection, Scope

Identity = Mapping[str, Sequence[str]]
"""id, name, sector and territory of each organisation, in the order of its measures."""


def export_tables(service: Service, folder: Path) -> Path:
    """The whole network of the database as the folder of Parquet files that Spark reads (``engines.tables``), read in
    ranges of ids so that memory holds a few of them at a time."""
    return partitions.fetch(service.store.read, folder)


def measure_with_spark(
    source: Service | Path,
    on: date | None,
    scope: Scope,
    projection: Projection,
    seed: int,
    pivots: int,
    cluster: spark.Cluster,
) -> tuple[Identity, Measures, str]:
    """The organisations, their measures and the digest of the tables; of the network in a folder (Parquet), or of the
    database.

    Raises EngineError (no PySpark, Spark failed) and FileError (the folder lacks a table).
    """
    with tempfile.TemporaryDirectory(prefix="graphsvc-") as temporary:
        folder = source if isinstance(source, Path) else export_tables(source, Path(temporary))
        with spark.session(cluster.master, cluster.memory, cluster.options):  # one for both
            who = spark.organisations(folder, on=on, scope=scope)
            measures = spark.measure(folder, projection=projection, on=on, scope=scope, seed=seed, pivots=pivots)
            return who, measures, spark.digest(folder)


def measure_with_gds(
    service: Service, on: date | None, scope: Scope, projection: Projection, seed: int
) -> tuple[Identity, Measures, str]:
    """The organisations, their measures, computed inside the Neo4j server, and the digest of the network.

    Raises EngineError when the server has no GDS, or the network was changed meanwhile.
    """
    data = service.content().digest
    measures = gds.measure(service.store.write, projection=projection, on=on, scope=scope, seed=seed)
    if service.content().digest != data:
        raise EngineError(msg("The network was changed while it was measured."), hint=msg("Run the command again."))
    snapshot = service.snapshot(as_of=on, scope=scope)
    table = snapshot.network.organisations.select(["id", "name", "sector", "territory"]).sort_by("id")
    return table.to_pydict(), measures, data
