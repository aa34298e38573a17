"""How ties spread over groups: participation, E-I index, assortativity, modularity."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from graphsvc.engines.spark.graph import Graph, kept


@dataclass(frozen=True, slots=True)
class Mixing:
    """participation : node, participation (0 to 1); no row without ties
    ei, assortativity, modularity : as the kernels of these names; NaN where there is no tie
    """

    participation: DataFrame
    ei: float
    assortativity: float
    modularity: float


def mixing(graph: Graph, groups: DataFrame) -> Mixing:
    """For any grouping (node, group).

    E-I: (ties between groups less ties inside) / ties (Krackhardt & Stern 1988); assortativity by attribute (Newman
    2003) of ties, modularity (Newman & Girvan 2004) of their weights; these three of the ties among
    nodes whose group is known (not ""). Participation (Guimerà & Amaral 2005) of all ties.
    """
    spread = kept(
        graph.pulled(groups).groupBy("node", "group").agg(F.count("*").alias("ties"), F.sum("weight").alias("weight"))
    )
    known = groups.where(F.col("group").cast("string") != "")
    both = spread.join(known.withColumnRenamed("group", "own"), "node").where(F.col("group").cast("string") != "")
    inside = F.col("own") == F.col("group")
    totals = both.groupBy("own").agg(
        F.sum("ties").cast("double").alias("ties"),
        F.sum("weight").alias("weight"),
        F.sum(F.when(inside, F.col("ties"))).alias("same_ties"),
        F.sum(F.when(inside, F.col("weight"))).alias("same_weight"),
    )
    squares = (F.sum(F.col(name) * F.col(name)) for name in ("ties", "weight"))
    sums = (F.sum(name) for name in ("ties", "weight", "same_ties", "same_weight"))
    ends, strength, same_ties, weight, ends2, strength2 = totals.agg(*sums, *squares).collect()[0]
    if not ends:
        return Mixing(_participation(spread), *3 * [float("nan")])
    same, chance = (same_ties or 0) / ends, ends2 / ends**2
    return Mixing(
        _participation(spread),
        ei=1 - 2 * same,
        assortativity=(same - chance) / (1 - chance) if chance < 1 else float("nan"),
        modularity=(weight or 0.0) / strength - strength2 / strength**2,
    )


def _participation(spread: DataFrame) -> DataFrame:
    ties = F.col("ties")
    return spread.groupBy("node").agg((1 - F.sum(ties * ties) / F.pow(F.sum(ties), F.lit(2))).alias("participation"))
