"""Communities: the cluster moves and merges nodes until the rest fits one machine, where Leiden ends the work.

A level as in Louvain (Blondel and others 2008): every node starts alone, and moves to the neighbouring community of
largest gain in modularity; communities become the nodes of a smaller graph. All nodes decide at once on what they saw
before, so only half of them, drawn anew by a hash, may move in a round: two neighbours would else swap for ever
(Lu, Halappanavar, Kalyanaraman, "Parallel heuristics for scalable community detection", 2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from graphsvc.engines.spark.graph import Graph, kept
from graphsvc.kernels.communities import leiden_communities
from graphsvc.snapshot.csr import Csr

ROUNDS = 12
"""Of moves in a level; what is still restless then is left to the next level."""
RESTLESS = 0.02
"""Share of nodes whose moves still make another round worth its while."""


@dataclass(frozen=True, slots=True)
class _Level:
    """nodes : node, strength; ties : src, dst, weight, both directions; loops : node, weight inside, held once."""

    nodes: DataFrame
    ties: DataFrame
    loops: DataFrame


def communities(graph: Graph, seed: int = 0, collect_up_to: int = 5_000_000) -> DataFrame:
    """node, community (any number); weighted modularity, local moves then Leiden.

    collect_up_to : ties from which on the cluster works; a graph with fewer goes straight to the kernel, so that
        the result is the kernel's own. Nodes without a tie stay alone.
    """
    nodes = graph.nodes.where("degree > 0").select("node", "strength")
    level = _Level(nodes, graph.ties, graph.nodes.select("node", F.lit(0.0).alias("weight")).where("false"))
    of = nodes.select("node", F.col("node").alias("community"))
    while (size := level.ties.count() // 2) > collect_up_to:
        moved = _moved(level, seed)
        of = _composed(of, moved)
        level = _merged(level, moved)
        if level.ties.count() // 2 > 0.95 * size:
            break  # the graph has no groups that moves could find
    found = _composed(of, _finished(level, seed)) if size else of
    return (
        graph.nodes.select("node")
        .join(found, "node", "left")
        .select("node", F.coalesce("community", "node").alias("community"))
    )


def _composed(of: DataFrame, moved: DataFrame) -> DataFrame:
    upper = moved.toDF("community", "_upper")
    return kept(of.join(upper, "community").select("node", F.col("_upper").alias("community")))


def _moved(level: _Level, seed: int) -> DataFrame:
    """node, community after rounds of moves."""
    count, two_m = level.nodes.agg(F.count("*"), F.sum("strength")).collect()[0]
    current = kept(level.nodes.select("node", "strength", F.col("node").alias("community")))
    for turn in range(ROUNDS):
        steps = kept(_best(level, current, two_m, seed + turn))
        changed = steps.where("moved").count()
        current = steps.drop("moved")
        if changed < RESTLESS * count:
            break
    return current.select("node", "community")


def _best(level: _Level, current: DataFrame, two_m: float, turn: int) -> DataFrame:
    """One round: node, strength, community, moved."""
    totals = current.groupBy("community").agg(F.sum("strength").alias("total"))
    own = current.select("node", "community", F.lit(0.0).alias("weight"))
    around = current.select("node", "community").join(level.ties, F.col("node") == F.col("dst"))
    links = own.union(around.select(F.col("src").alias("node"), "community", "weight"))
    links = links.groupBy("node", "community").agg(F.sum("weight").alias("link"))
    mine = current.withColumnRenamed("community", "home")
    stays = F.col("community") == F.col("home")
    rest = F.col("total") - F.when(stays, F.col("strength")).otherwise(0.0)
    gain = F.col("link") - F.col("strength") * rest / two_m
    options = links.join(totals, "community").join(mine, "node").withColumn("gain", gain)
    choice = options.groupBy("node", "strength", "home").agg(
        F.max(F.struct("gain", -F.col("community"))).alias("best"), F.max(F.when(stays, gain)).alias("kept")
    )
    turns = F.xxhash64("node", F.lit(turn)) % 2 == 0
    moved = turns & (F.col("best.gain") > F.col("kept") + 1e-12 * F.col("strength"))
    target = F.when(moved, -F.col("best").getField("col2")).otherwise(F.col("home"))
    return choice.select("node", "strength", target.alias("community"), moved.alias("moved"))


def _merged(level: _Level, moved: DataFrame) -> _Level:
    """Communities as nodes."""
    src, dst = moved.toDF("src", "a"), moved.toDF("dst", "b")
    between = kept(level.ties.join(src, "src").join(dst, "dst").groupBy("a", "b").agg(F.sum("weight").alias("weight")))
    inside = between.where("a = b").select(F.col("a").alias("node"), (F.col("weight") / 2).alias("weight"))
    before = level.loops.join(moved, "node").select(F.col("community").alias("node"), "weight")
    nodes = level.nodes.join(moved, "node").groupBy("community").agg(F.sum("strength").alias("strength"))
    return _Level(
        kept(nodes.withColumnRenamed("community", "node")),
        kept(between.where("a <> b").toDF("src", "dst", "weight").repartition("dst")),
        kept(inside.union(before).groupBy("node").agg(F.sum("weight").alias("weight"))),
    )


def _finished(level: _Level, seed: int) -> DataFrame:
    """Leiden on the collected graph: node, community (the least node of it)."""
    loops = level.loops.select(F.col("node").alias("src"), F.col("node").alias("dst"), "weight")
    table = level.ties.select("src", "dst", "weight").union(loops).toArrow()
    names = np.sort(level.nodes.select("node").toArrow()["node"].to_numpy())
    src, dst = (np.searchsorted(names, table[c].to_numpy()) for c in ("src", "dst"))
    graph = Csr.from_entries(src, dst, table["weight"].to_numpy(), (len(names), len(names)))
    labels = leiden_communities(graph, seed=seed)
    first = np.full(len(names), len(names), np.int64)
    np.minimum.at(first, labels, np.arange(len(names)))
    return level.nodes.sparkSession.createDataFrame(pa.table({"node": names, "community": names[first[labels]]}))
