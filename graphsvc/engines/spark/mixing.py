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
    2003) of ties, modularity (Newman & Girvan 2004) of their weights; participation (Guimerà & Amaral 2005) of ties.
    """
    spread = kept(
        graph.pulled(groups).groupBy("node", "group").agg(F.count("*").alias("ties"), F.sum("weight").alias("weight"))
    )
    totals = (
        graph.nodes.join(groups, "node")
        .groupBy("group")
        .agg(F.sum("degree").alias("degree"), F.sum("strength").alias("strength"))
    )
    square = F.sum(F.col("degree").cast("double") * F.col("degree"))
    ends, strength, ends2, strength2 = totals.agg(
        F.sum("degree"), F.sum("strength"), square, F.sum(F.col("strength") * F.col("strength"))
    ).collect()[0]
    inside, weight = spread.join(groups, ["node", "group"]).agg(F.sum("ties"), F.sum("weight")).collect()[0]
    if not ends:
        return Mixing(_participation(spread), *3 * [float("nan")])
    same, chance = (inside or 0) / ends, ends2 / ends**2
    return Mixing(
        _participation(spread),
        ei=1 - 2 * same,
        assortativity=(same - chance) / (1 - chance) if chance < 1 else float("nan"),
        modularity=(weight or 0.0) / strength - strength2 / strength**2,
    )


def _participation(spread: DataFrame) -> DataFrame:
    ties = F.col("ties")
    return spread.groupBy("node").agg((1 - F.sum(ties * ties) / F.pow(F.sum(ties), F.lit(2))).alias("participation"))
