"""PageRank by power iteration, with the stopping rule of networkx and of the kernel."""

from __future__ import annotations

import networkx as nx
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from graphsvc.engines.spark.graph import Graph, kept


def pagerank(graph: Graph, alpha: float = 0.85, max_iter: int = 100, tol: float = 1e-6) -> DataFrame:
    """node, pagerank: weighted, sums to 1; what a node without ties holds goes to all alike.

    Stops when the changes of a step sum to less than n · tol, as networkx does.
    Raises networkx.PowerIterationFailedConvergence.
    """
    changed, leaked = F.sum(F.abs(F.col("rank") - F.col("last"))), F.sum(F.when(F.col("strength") == 0, F.col("rank")))
    n, leak = graph.nodes.agg(F.count("*"), F.count(F.when(F.col("strength") == 0, 1))).collect()[0]
    ranks, leak = graph.nodes.select("node", "strength", F.lit(1.0 / max(n, 1)).alias("rank")), leak / max(n, 1)
    for _ in range(max_iter):
        base = (alpha * leak + 1 - alpha) / max(n, 1)
        shares = ranks.where("strength > 0").select("node", (F.col("rank") / F.col("strength")).alias("share"))
        pulled = graph.pulled(shares).groupBy("node").agg(F.sum(F.col("share") * F.col("weight")).alias("pull"))
        new = base + alpha * F.coalesce("pull", F.lit(0.0))
        last = ranks.withColumnRenamed("rank", "last")
        steps = kept(last.join(pulled, "node", "left").select("node", "strength", "last", new.alias("rank")))
        change, leak = (value or 0.0 for value in steps.agg(changed, leaked).collect()[0])
        ranks = steps.drop("last")
        if change < n * tol or n == 0:
            return ranks.select("node", F.col("rank").alias("pagerank"))
    raise nx.PowerIterationFailedConvergence(max_iter)
