"""The projection onto organisations as data frames, and how steps of an iteration are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.classic.dataframe import DataFrame as ClassicFrame

from graphsvc.engines.spark.reading import Tables
from graphsvc.snapshot import Projection


@dataclass(frozen=True, slots=True)
class Graph:
    """What the algorithms work on; both frames are kept in the cluster's memory and, beyond it, on its disks.

    nodes : node, sector, territory, partnerships, degree (bigint), strength (double); all organisations
    ties : src, dst, weight; both directions of each tie, split over the cluster and sorted by ``dst``,
        as every step joins them by it
    """

    nodes: DataFrame
    ties: DataFrame

    @classmethod
    def of(cls, tables: Tables, projection: Projection) -> Self:
        """Tie the organisations that share a partnership; see ``snapshot.Projection`` for the weights."""
        ties = (
            both_ways(_pairs(tables.memberships, projection)).repartition("dst").sortWithinPartitions("dst").persist()
        )
        shared = tables.memberships.groupBy("node").agg(F.count("*").alias("partnerships"))
        own = ties.groupBy(F.col("dst").alias("node")).agg(
            F.count("*").alias("degree"), F.sum("weight").alias("strength")
        )
        nodes = tables.organisations.drop("id").join(shared, "node", "left").join(own, "node", "left")
        return cls(kept(nodes.fillna(0, ["partnerships", "degree", "strength"])), ties)

    def pulled(self, values: DataFrame) -> DataFrame:
        """``values`` (node, …) sent along every tie: one row for each tie of each node, with node as its far end."""
        return (
            values.join(self.ties, F.col("node") == F.col("dst")).drop("node", "dst").withColumnRenamed("src", "node")
        )

    def release(self) -> None:
        """Give the memory back."""
        self.ties.unpersist()
        self.nodes.unpersist()


def kept(frame: DataFrame) -> DataFrame:
    """Compute once, when first needed, and forget how: without it the plan of an iteration grows by each step.

    Where the cluster has a checkpoint folder (``spark.checkpoint.dir``, for machines that may be lost) it is used.
    A checkpoint alone keeps Spark's guess of the size, which each join multiplies: after some thirty steps that number
    has millions of digits, and Spark does nothing but multiply. So the rows become a frame of unknown size.
    """
    session = frame.sparkSession
    reliable = session.sparkContext.getCheckpointDir() is not None
    rows = frame.checkpoint(eager=False) if reliable else frame.localCheckpoint(eager=False)
    plan = session._jsparkSession.internalCreateDataFrame(rows._jdf.queryExecution().toRdd(), rows._jdf.schema(), False)
    return ClassicFrame(plan, session)


def both_ways(pairs: DataFrame) -> DataFrame:
    """(a, b, weight) as (src, dst, weight) and its reverse."""
    there = pairs.select(F.col("a").alias("src"), F.col("b").alias("dst"), "weight")
    return there.unionByName(pairs.select(F.col("b").alias("src"), F.col("a").alias("dst"), "weight"))


def _pairs(memberships: DataFrame, projection: Projection) -> DataFrame:
    sizes = memberships.groupBy("partnership").agg(F.count("*").alias("size")).where("size > 1")
    one = memberships.join(sizes, "partnership").withColumnRenamed("node", "a")
    other = memberships.withColumnRenamed("node", "b")
    weight = {
        "weighted": F.sum(1 / (F.col("size") - 1)),
        "count": F.count("*").cast("double"),
        "unweighted": F.lit(1.0),
    }[projection]
    return one.join(other, "partnership").where("a < b").groupBy("a", "b").agg(weight.alias("weight"))
