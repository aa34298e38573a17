"""Betweenness and closeness from the shortest paths of some organisations, drawn in each component: the pivots.

A component of up to ``pivots`` nodes has all of its nodes as pivots, so its values are exact. Searches in different
components go on side by side under one number (the slot), since they never meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from math import log, sqrt

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from graphsvc.engines.spark.graph import Graph, kept


@dataclass(frozen=True, slots=True)
class Paths:
    """values : node, betweenness (0 to 1), closeness (0 to 1, Wasserman and Faust), betweenness_bound
    distance_bound : by how much the mean distance behind a closeness may be off; 0 where it is exact
    pivots : searches that went on side by side

    With probability ``confidence`` every betweenness is within its bound of the exact one, and (again with that
    probability) every mean distance within ``distance_bound``.
    """

    values: DataFrame
    distance_bound: float
    pivots: int
    confidence: float


def sampled_paths(
    graph: Graph, components: DataFrame, pivots: int = 64, seed: int = 0, confidence: float = 0.95
) -> Paths:
    """Search from up to ``pivots`` (at least 2) nodes of each component, breadth first, and back (Brandes 2001).

    Both estimates are unbiased: sums over a component's pivots are scaled up by its size over their number. Bounds:
    of betweenness the empirical Bernstein inequality (Maurer and Pontil 2009) over all nodes at once, as in
    ``kernels.sampled_betweenness``; of mean distances Hoeffding's (1963), whose range is twice the largest
    distance found less one. Both hold for draws without return.
    """
    drawn = _drawn(components, max(pivots, 2), seed)
    levels = _search(graph, drawn)
    sums = _sums(levels, _dependencies(graph, levels))
    n, k = graph.nodes.count(), drawn.agg(F.max("slot")).collect()[0][0] or 0
    sizes = components.groupBy("component").agg(F.count("*").alias("size"))
    placed = components.join(sizes, "component").join(sums, "node", "left").fillna(0)
    sampled = sizes.where(F.col("size") > k).count() > 0
    spread = 2 * (len(levels) - 1) - 1
    bound = spread * sqrt(log(2 * n / (1 - confidence)) / (2 * k)) if sampled else 0.0
    return Paths(kept(_values(placed, n, max(pivots, 2), confidence)), bound, k, confidence)


def _drawn(components: DataFrame, pivots: int, seed: int) -> DataFrame:
    """node, slot (1 to ``pivots``): the nodes of each component that a hash puts first."""
    order = Window.partitionBy("component").orderBy(F.xxhash64("node", F.lit(seed)), "node")
    return kept(
        components.withColumn("slot", F.row_number().over(order)).where(F.col("slot") <= pivots).drop("component")
    )


def _search(graph: Graph, drawn: DataFrame) -> list[DataFrame]:
    """By distance: node, slot, paths (number of shortest ones from the pivot). The last is never empty but for the
    first; a node's neighbours are at most one step nearer or farther, so that only two levels are looked back to."""
    levels = [drawn.withColumn("paths", F.lit(1.0))]
    while True:
        arriving = graph.pulled(levels[-1]).groupBy("node", "slot").agg(F.sum("paths").alias("paths"))
        for known in levels[-2:]:
            arriving = arriving.join(known.select("node", "slot"), ["node", "slot"], "left_anti")
        level = kept(arriving)
        if level.count() == 0:
            return levels
        levels.append(level)


def _dependencies(graph: Graph, levels: list[DataFrame]) -> list[DataFrame]:
    """By distance: node, slot, delta: the share of the pivot's shortest paths to others that leads through it."""
    deltas = [levels[-1].withColumn("delta", F.lit(0.0))]
    for level in levels[-2:0:-1]:
        worth = deltas[0].select("node", "slot", ((1 + F.col("delta")) / F.col("paths")).alias("worth"))
        gathered = graph.pulled(worth).groupBy("node", "slot").agg(F.sum("worth").alias("gathered"))
        delta = F.col("paths") * F.coalesce("gathered", F.lit(0.0))
        deltas.insert(
            0, kept(level.join(gathered, ["node", "slot"], "left").withColumn("delta", delta).drop("gathered"))
        )
    return deltas if len(levels) > 1 else []


def _sums(levels: list[DataFrame], deltas: list[DataFrame]) -> DataFrame:
    """node, reached (pivots other than itself), distance, delta and delta² summed over pivots."""
    steps = [d.select("node", F.lit(i).alias("distance"), "delta") for i, d in enumerate(deltas, 1)]
    none = levels[0].select("node", F.lit(0).alias("distance"), F.lit(0.0).alias("delta")).where("false")
    return (
        reduce(DataFrame.unionByName, steps, none)
        .groupBy("node")
        .agg(
            F.count("*").alias("reached"),
            F.sum("distance").alias("distance"),
            F.sum("delta").alias("delta"),
            F.sum(F.col("delta") * F.col("delta")).alias("squares"),
        )
    )


def _values(placed: DataFrame, n: int, pivots: int, confidence: float) -> DataFrame:
    """Scale sums over pivots up to a component, and to shares of all pairs of other nodes."""
    size, others = F.col("size"), F.col("size") - 1
    k = F.least("size", F.lit(pivots))
    pairs = max((n - 1) * (n - 2), 1)
    inner = F.greatest(size - 2, F.lit(1))  # the largest that a delta can be
    mean, mean_of_squares = F.col("delta") / inner / k, F.col("squares") / (inner * inner) / k
    variance = F.greatest(mean_of_squares - mean * mean, F.lit(0.0)) * k / F.greatest(k - 1, F.lit(1))
    terms = log(4 * n / (1 - confidence)) if n else 0.0
    error = F.sqrt(2 * variance * terms / k) + 7 * terms / (3 * F.greatest(k - 1, F.lit(1)))
    share = size * inner / pairs
    total = F.col("distance") * others / F.col("reached")
    return placed.select(
        "node",
        (mean * share).alias("betweenness"),
        F.when(F.col("reached") > 0, others / total * others / max(n - 1, 1)).otherwise(0.0).alias("closeness"),
        F.when(size > pivots, F.least(error * share, F.lit(1.0))).otherwise(0.0).alias("betweenness_bound"),
    )
