"""Core numbers as the limit of h-indices.

Lü, Zhou, Zhang, Stanley, "The H-index of a network node and its relation to degree and coreness", Nature
Communications 7, 2016: begin with the degree; a node's next value is the largest h such that h neighbours have at
least h. The values fall to the core numbers; where none changes, they are exact.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from graphsvc.engines.spark.graph import Graph, kept

FEW = 100_000
"""Nodes that are sent to every machine rather than the ties to them."""


def core_numbers(graph: Graph) -> DataFrame:
    """node, core_number (bigint). Only nodes with a neighbour that changed are looked at again."""
    cores = kept(graph.nodes.select("node", F.col("degree").alias("core_number")))
    affected = graph.nodes.where("degree > 0").select("node")
    while True:
        steps = kept(_step(graph, cores, affected))
        changed, cores = steps.where("changed").select("node"), steps.select("node", "core_number")
        if changed.count() == 0:
            return cores
        affected = kept(graph.pulled(changed).select("node").distinct())
        if affected.count() <= FEW:
            affected = F.broadcast(affected)


def _step(graph: Graph, cores: DataFrame, affected: DataFrame) -> DataFrame:
    """node, core_number, changed: the h-indices of the nodes affected, all others as they were."""
    around = graph.ties.join(affected, F.col("src") == F.col("node"), "left_semi")
    values = F.sort_array(F.collect_list("core_number"), asc=False)
    around = around.join(cores, F.col("dst") == F.col("node")).groupBy("src").agg(values.alias("values"))
    new = around.select(F.col("src").alias("node"), _h_index("values").alias("h"))
    return cores.join(new, "node", "left").select(
        "node",
        F.least("core_number", "h").alias("core_number"),  # least passes over null
        (F.col("h") < F.col("core_number")).alias("changed"),
    )


def _h_index(values: str) -> Column:
    """Of an array in descending order: how many of its values are larger than their place, counted from 0."""
    return F.expr(f"size(filter(transform({values}, (x, i) -> x > i), larger -> larger))").cast("bigint")
