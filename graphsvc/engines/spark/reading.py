"""The tables of a folder as Spark data frames, kept to a date as ``snapshot`` does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from graphsvc.engines import tables
from graphsvc.model.partnerships import CLOSED, IDEA
from graphsvc.snapshot import Scope
from graphsvc.snapshot.filter import asked_day

ALWAYS = date(1, 1, 1)
"""Stands for a start that is not known."""


@dataclass(frozen=True, slots=True)
class Tables:
    """organisations : node (bigint, the row in the file), id, name (empty where the folder has none), sector, territory
    partnerships : one row each
    memberships : node, partnership; no doubles
    """

    organisations: DataFrame
    partnerships: DataFrame
    memberships: DataFrame


def read(spark: SparkSession, folder: Path | str, on: date | None = None, scope: Scope = "ever") -> Tables:
    """The tables, and of them what holds on a day (None: everything); see ``snapshot.take``."""
    tables.check(folder)
    on = asked_day(on, scope)
    organisations = _numbered(spark, folder, "organisations").withColumnRenamed("row", "node")
    partnerships = _numbered(spark, folder, "partnerships").withColumnRenamed("row", "partnership")
    memberships = spark.read.parquet(tables.path(folder, "memberships"))
    memberships = _resolved(memberships, "organisation", organisations, "node")
    memberships = _resolved(memberships, "partnership", partnerships, "partnership")
    if on is not None:
        organisations, partnerships, memberships = _as_of(organisations, partnerships, memberships, on, scope)
    organisations = organisations.withColumns({"name": F.lit("")} if "name" not in organisations.columns else {})
    texts = [F.coalesce(name, F.lit("")).alias(name) for name in ("name", "sector", "territory")]
    return Tables(
        organisations.select("node", "id", *texts), partnerships, memberships.select("node", "partnership").distinct()
    )


def digest(spark: SparkSession, folder: Path | str) -> str:
    """``tables:`` and a digest (SHA-256, hexadecimal) of what the tables hold, whatever files they are in and in what
    order: of each the number of its rows and two sums of hashes of them. Equal ones, equal tables."""
    tables.check(folder)
    memberships = spark.read.parquet(tables.path(folder, "memberships"))
    found = []
    for name, schema in tables.STREAMED.items():
        table = memberships if name == "memberships" else _numbered(spark, folder, name)
        kept = [column for column in schema.names if column in table.columns]
        by_row = memberships.schema["organisation"].dataType.typeName() != "string"  # then the order of rows tells
        row = F.to_json(F.struct(*kept, *(["row"] if by_row and "row" in table.columns else [])))
        sums = (F.sum(F.xxhash64(F.lit(salt), row).cast("decimal(38,0)")) for salt in (0, 1))
        found.append((name, *table.agg(F.count(F.lit(1)), *sums).collect()[0]))
    return f"tables:{sha256(str(found).encode()).hexdigest()}"


def _numbered(spark: SparkSession, folder: Path | str, name: str) -> DataFrame:
    """A table with the number of each row: its place in its file after all rows of the files before it, by name."""
    table = spark.read.parquet(tables.path(folder, name))
    table = table.select("*", F.col("_metadata.file_path").alias("_file"), F.col("_metadata.row_index").alias("_at"))
    before = Window.orderBy("_file").rowsBetween(Window.unboundedPreceding, -1)
    starts = (
        table.groupBy("_file")
        .count()
        .select("_file", F.coalesce(F.sum("count").over(before), F.lit(0)).alias("_start"))
    )
    return (
        table.join(F.broadcast(starts), "_file")
        .withColumn("row", F.col("_start") + F.col("_at"))
        .drop("_file", "_at", "_start")
    )


def _resolved(memberships: DataFrame, column: str, of: DataFrame, key: str) -> DataFrame:
    """References by row taken as they are; those by id looked up."""
    if memberships.schema[column].dataType.typeName() != "string":
        return memberships.withColumn(key, F.col(column).cast("bigint"))
    known = of.select(F.col("id").alias("_id"), F.col(key).alias("_row"))
    return memberships.join(known, F.col(column) == F.col("_id")).drop("_id", column).withColumnRenamed("_row", key)


def _as_of(
    organisations: DataFrame, partnerships: DataFrame, memberships: DataFrame, on: date, scope: Scope
) -> tuple[DataFrame, DataFrame, DataFrame]:
    today = _day(date.today())
    phase = F.col("phase") if "phase" in partnerships.columns else F.lit(None).cast("string")
    partnerships = partnerships.withColumns(
        {
            "starts_on": F.coalesce("starts_on", F.when(phase == IDEA, _day(date.max))),
            "ends_on": F.coalesce("ends_on", F.when(phase == CLOSED, today)),
        }
    )
    spans = memberships.join(partnerships.select("partnership", "starts_on", "ends_on"), "partnership").select(
        "node",
        "partnership",
        F.greatest("since", "starts_on").alias("since"),  # of what is known of both
        F.least("until", "ends_on").alias("until"),
    )
    begun = F.coalesce("since", _day(ALWAYS)) <= today
    first = spans.where(begun).groupBy("node").agg(F.min(F.coalesce("since", _day(ALWAYS))).alias("_first"))
    dated = organisations.join(first, "node", "left").withColumn("_since", F.coalesce("active_from", "_first"))
    organisations = dated.where(_holds("_since", "active_to", on, scope))
    partnerships = partnerships.where(_holds("starts_on", "ends_on", on, scope))
    memberships = spans.where(_holds("since", "until", on, scope))
    return (
        organisations,
        partnerships,
        memberships.join(organisations.select("node"), "node", "left_semi").join(
            partnerships.select("partnership"), "partnership", "left_semi"
        ),
    )


def _holds(since: str, until: str, on: date, scope: Scope) -> Column:
    """Began by the day and, in scope ``active``, did not end by it; a date that is not known excludes nothing."""
    began = F.coalesce(F.col(since) <= _day(on), F.lit(True))
    return began & F.coalesce(F.col(until) > _day(on), F.lit(True)) if scope == "active" else began


def _day(value: date) -> Column:
    """As text, since PySpark can't hand over years below 1000."""
    return F.lit(value.isoformat()).cast("date")
