"""Triangles, and what follows from them: local clustering and Burt's constraint, both as the kernels' unweighted ones.

Each triangle is found once, from its node of lowest degree: Schank, Wagner, "Finding, counting and listing all
triangles", 2005.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from graphsvc.engines.spark.graph import Graph, kept


def circles(graph: Graph) -> DataFrame:
    """node, clustering (0 to 1, 0 below two partners), constraint (null without a partner).

    For the tie from i to j, S is the sum of 1 / degree over their common neighbours; the constraint of i is the sum
    over its ties of ((1 + S) / degree of i)² (Burt 1992, each tie weighed alike).
    """
    found = _closed_ties(graph)
    closed = found.select(F.col("a").alias("node"), "count", "worth").union(found.select("b", "count", "worth"))
    sums = closed.groupBy("node").agg(
        F.sum("count").alias("twice"),  # each triangle of a node lies on two of its ties
        F.sum(F.pow(1 + F.col("worth"), F.lit(2)) - 1).alias("extra"),
    )
    degree = F.col("degree")
    pairs = F.when(degree > 1, degree * (degree - 1))
    return graph.nodes.join(sums, "node", "left").select(
        "node",
        F.coalesce(F.col("twice") / pairs, F.lit(0.0)).alias("clustering"),
        F.when(degree > 0, (degree + F.coalesce("extra", F.lit(0.0))) / (degree * degree)).alias("constraint"),
    )


def _closed_ties(graph: Graph) -> DataFrame:
    """a, b (a < b), count of common neighbours, worth: their sum of 1 / degree; ties without any are left out."""
    corners = [F.struct(*(F.col(old).alias(new) for old, new in zip(side, _SIDE, strict=True))) for side in _SIDES]
    sides = _triangles(graph).select(F.explode(F.array(*corners)).alias("side")).select("side.*")
    return kept(
        sides.groupBy(F.least("u", "v").alias("a"), F.greatest("u", "v").alias("b")).agg(
            F.count("*").alias("count"), F.sum(1 / F.col("degree")).alias("worth")
        )
    )


_SIDE = ("u", "v", "degree")  # its two ends, and the degree of the node across
_SIDES = (("x", "y", "degree_z"), ("y", "z", "degree_x"), ("x", "z", "degree_y"))


def _triangles(graph: Graph) -> DataFrame:
    """x, y, z and their degrees; from x of the lowest (degree, node) to the two others, y < z."""
    degrees = graph.nodes.select("node", "degree")
    near = graph.ties.join(degrees.toDF("src", "near"), "src").join(degrees.toDF("dst", "far"), "dst")
    upward = kept(near.where("(near, src) < (far, dst)").select("src", "near", "dst", "far"))
    wedges = upward.toDF("x", "degree_x", "y", "degree_y").join(upward.toDF("x", "_", "z", "degree_z").drop("_"), "x")
    closing = graph.ties.where("src < dst").select(F.col("src").alias("y"), F.col("dst").alias("z"))
    return wedges.where("y < z").join(closing, ["y", "z"])
