"""Measures and candidates on Apache Spark, for networks whose ties outgrow one machine's memory.

Plain data frames: executors need Spark and Java, no Python packages and no jars of others. Ties stay in the cluster;
one number per organisation and measure comes back. Sums are added up in an order that differs from run to run, so
that values may differ in their last digits (1e-12); nothing else does, for the same seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphsvc.engines.spark.session import session
from graphsvc.metrics import Measures
from graphsvc.snapshot import Projection, Scope

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

__all__ = ["CandidateScore", "Cluster", "candidates", "digest", "measure", "organisations", "session"]

CandidateScore = Literal["common_neighbors", "adamic_adar", "resource_allocation", "jaccard"]
MASTER, MEMORY, PIVOTS = "local[*]", "4g", 64
"""What is taken unless told: Spark on this machine, its driver's memory, searches for betweenness and closeness."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the work is done when no session is active: a master's address, the driver's memory, Spark settings."""

    master: str = MASTER
    memory: str = MEMORY
    options: Mapping[str, str] = field(default_factory=dict)


def measure(
    source: Path | str,
    *,
    projection: Projection = "weighted",
    on: date | None = None,
    scope: Scope = "ever",
    seed: int = 0,
    pivots: int = PIVOTS,
    collect_up_to: int = 5_000_000,
    cluster: Cluster | None = None,
) -> Measures:
    """Every measure of ``metrics.definitions`` of the network in a folder (see ``engines.tables``).

    Rows are those of ``organisations(source, …)``: the folder's own, where ``on`` is None. Betweenness and closeness
    are estimated from ``pivots`` sources in each component (exact in components up to that size); ``parameters``
    has how far they may be off. Communities are the kernel's up to ``collect_up_to`` ties; see ``communities.py``.
    Raises EngineError when Spark is missing or fails, FileError when a table is.
    """
    with _session(cluster) as spark:
        from graphsvc.engines.spark import measures

        return measures.measure(spark, source, projection, on, scope, measures.Effort(seed, pivots, collect_up_to))


def candidates(
    source: Path | str,
    k: int,
    *,
    score: CandidateScore = "adamic_adar",
    max_degree: int | None = None,
    on: date | None = None,
    scope: Scope = "ever",
    to: Path | str | None = None,
    cluster: Cluster | None = None,
) -> pa.Table:
    """For each organisation the ``k`` others it has no tie to that share the most with it.

    Columns: a, b (int64, rows of ``organisations``), score (float64); by a, best first. ``max_degree`` as in
    ``candidates.top_candidates`` (None: exact). to : write them there as Parquet with ids in place of rows instead,
    for results that outgrow memory; the table that is returned then is empty.
    Raises EngineError when Spark is missing or fails, FileError when a table is.
    """
    with _session(cluster) as spark:
        from graphsvc.engines.spark import measures

        return measures.candidates(spark, source, k, score, max_degree, on, scope, to)


def organisations(
    source: Path | str, *, on: date | None = None, scope: Scope = "ever", cluster: Cluster | None = None
) -> dict[str, list[str]]:
    """id, name, sector and territory of the organisations that ``measure`` gives values of, in its order."""
    with _session(cluster) as spark:
        from graphsvc.engines.spark.reading import read

        found = read(spark, source, on, scope).organisations.orderBy("node").drop("node").toArrow()
        columns: dict[str, list[str]] = found.to_pydict()
        return columns


def digest(source: Path | str, *, cluster: Cluster | None = None) -> str:
    """What tells apart the tables that ``measure`` reads; see ``reading.digest``."""
    with _session(cluster) as spark:
        from graphsvc.engines.spark import reading

        return reading.digest(spark, source)


def _session(cluster: Cluster | None) -> AbstractContextManager[SparkSession]:
    chosen = cluster or Cluster()
    return session(chosen.master, chosen.memory, chosen.options)
