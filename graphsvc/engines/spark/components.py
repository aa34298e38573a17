"""Connected components by large-star and small-star.

Kiveris, Lattanzi, Mirrokni, Rastogi, Vassilvitskii, "Connected components in MapReduce and beyond", SoCC 2014: the
ties are rewritten, never more of them than before, until each component is a star around its least node; that takes
of the order of log² n rounds, also on a long chain.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from graphsvc.engines.spark.graph import Graph, kept


def components(graph: Graph) -> DataFrame:
    """node, component: the least node that it has a path to; exact."""
    stars = kept(graph.ties.where("src > dst").select(F.col("src").alias("high"), F.col("dst").alias("low")))
    while not _are_stars(stars):
        stars = kept(_small_star(_large_star(stars)))
    found = stars.select(F.col("high").alias("node"), F.col("low").alias("_low"))
    return (
        graph.nodes.select("node")
        .join(found, "node", "left")
        .select("node", F.coalesce("_low", "node").alias("component"))
    )


def _are_stars(pairs: DataFrame) -> bool:
    """Whether each node but a centre has one centre, and no centre has one itself."""
    centres = pairs.groupBy("high").agg(F.count("*").alias("count"))
    if centres.where("count > 1").count() > 0:
        return False
    return pairs.join(centres.select(F.col("high").alias("low")), "low", "left_semi").count() == 0


def _large_star(pairs: DataFrame) -> DataFrame:
    """Tie each node's larger neighbours to the least of it and its neighbours."""
    around = pairs.select(F.col("high").alias("u"), F.col("low").alias("v")).union(pairs.select("low", "high"))
    least = around.groupBy("u").agg(F.least(F.min("v"), F.col("u")).alias("m"))
    return around.where("v > u").join(least, "u").select(F.col("v").alias("high"), F.col("m").alias("low")).distinct()


def _small_star(pairs: DataFrame) -> DataFrame:
    """Tie each node and its smaller neighbours to the least of these."""
    least = pairs.groupBy("high").agg(F.min("low").alias("m"))
    others = pairs.join(least, "high").select(F.col("low").alias("high"), F.col("m").alias("low"))
    return others.where("high > low").union(least).distinct()
