"""Pairs without a tie that share partners, ranked: the candidates of every organisation."""

from __future__ import annotations

from typing import Literal

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from graphsvc.engines.spark.graph import Graph, kept

Score = Literal["common_neighbors", "adamic_adar", "resource_allocation", "jaccard"]


def top_candidates(graph: Graph, k: int, score: Score = "adamic_adar", max_degree: int | None = None) -> DataFrame:
    """a, b, score: for each node a its ``k`` best b; equal ones (to 9 digits) by the lower number.

    A pair of partners of one node is made once, not twice, and where sums meet; the work is half the sum of squared
    degrees. max_degree : partners in the middle with more ties than this are passed over, which keeps hubs from
        deciding the cost. Scores then are lower bounds: what a hub passed over would add to a pair is at most
        1 / ln(max_degree) (Adamic-Adar) or 1 / max_degree (resource allocation). None: exact.
    """
    degrees = graph.nodes.where("degree > 1").select(F.col("node").alias("dst"), "degree")
    middles = graph.ties.join(degrees if max_degree is None else degrees.where(F.col("degree") <= max_degree), "dst")
    ends = middles.select(F.col("dst").alias("middle"), "src", _worth(score).alias("worth"))
    one, other = ends.withColumnRenamed("src", "a"), ends.drop("worth").withColumnRenamed("src", "b")
    sums = one.join(other, "middle").where("a < b").groupBy("a", "b").agg(F.sum("worth").alias("score"))
    tied = graph.ties.select(F.col("src").alias("a"), F.col("dst").alias("b"))
    open_pairs = sums.join(tied, ["a", "b"], "left_anti")
    if score == "jaccard":
        open_pairs = _over_union(open_pairs, graph)
    open_pairs = kept(open_pairs)
    both = open_pairs.union(open_pairs.select("b", "a", "score"))
    best = Window.partitionBy("a").orderBy(F.round("score", 9).desc(), "b")
    return both.withColumn("rank", F.row_number().over(best)).where(F.col("rank") <= k).drop("rank")


def _worth(score: Score) -> Column:
    degree = F.col("degree").cast("double")
    return {"adamic_adar": 1 / F.log(degree), "resource_allocation": 1 / degree}.get(score, F.lit(1.0))


def _over_union(pairs: DataFrame, graph: Graph) -> DataFrame:
    degrees = graph.nodes.select("node", "degree")
    joined = pairs.join(degrees.toDF("a", "_a"), "a").join(degrees.toDF("b", "_b"), "b")
    return joined.select("a", "b", (F.col("score") / (F.col("_a") + F.col("_b") - F.col("score"))).alias("score"))
