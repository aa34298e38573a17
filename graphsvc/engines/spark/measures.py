"""All measures of a network in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from graphsvc.engines.spark.communities import communities
from graphsvc.engines.spark.components import components
from graphsvc.engines.spark.cores import core_numbers
from graphsvc.engines.spark.graph import Graph, kept
from graphsvc.engines.spark.mixing import Mixing, mixing
from graphsvc.engines.spark.open_pairs import Score, top_candidates
from graphsvc.engines.spark.paths import sampled_paths
from graphsvc.engines.spark.ranking import pagerank
from graphsvc.engines.spark.reading import read
from graphsvc.engines.spark.triangles import circles
from graphsvc.kernels.components import largest_first
from graphsvc.metrics import NETWORK_MEASURES, ORGANISATION_MEASURES, Measures
from graphsvc.snapshot import Projection, Scope
from graphsvc.snapshot.csr import Floats


@dataclass(frozen=True, slots=True)
class Effort:
    """What is drawn and how much of it."""

    seed: int
    pivots: int
    collect_up_to: int


def measure(
    spark: SparkSession, source: Path | str, projection: Projection, on: date | None, scope: Scope, effort: Effort
) -> Measures:
    """See ``graphsvc.engines.spark.measure``."""
    tables = read(spark, source, on, scope)
    graph = Graph.of(tables, projection)
    try:
        component = kept(components(graph))
        paths = sampled_paths(graph, component, effort.pivots, effort.seed)
        community = kept(communities(graph, effort.seed, effort.collect_up_to))
        groups = {name: mixing(graph, _grouped(graph, name)) for name in ("sector", "territory")}
        groups["community"] = mixing(graph, community.withColumnRenamed("community", "group"))
        columns = [
            graph.nodes.withColumnsRenamed({"degree": "partners", "strength": "weighted_degree"}),
            paths.values,
            pagerank(graph),
            circles(graph),
            core_numbers(graph),
            community,
            groups["sector"].participation,
        ]
        values = _collected(columns)
        network = _of_network(values, component, tables.partnerships.count(), groups)
        bound = paths.values.agg(F.max("betweenness_bound")).collect()[0][0] or 0.0
    finally:
        graph.release()
    return Measures(
        {m.name: values[m.name] for m in ORGANISATION_MEASURES},
        {m.name: float(network[m.name]) for m in NETWORK_MEASURES},
        {
            "engine": "spark",
            "seed": effort.seed,
            "projection": projection,
            "pivots": paths.pivots,
            "confidence": paths.confidence,
            "betweenness_bound": bound,
            "mean_distance_bound": paths.distance_bound,
            "community": "leiden" if network["ties"] <= effort.collect_up_to else "local moves, then leiden",
        },
    )


def candidates(
    spark: SparkSession,
    source: Path | str,
    k: int,
    score: Score,
    max_degree: int | None,
    on: date | None,
    scope: Scope,
    to: Path | str | None,
) -> pa.Table:
    """See ``graphsvc.engines.spark.candidates``."""
    tables = read(spark, source, on, scope)
    graph = Graph.of(tables, "unweighted")
    try:
        found = top_candidates(graph, k, score, max_degree)
        if to is not None:
            ids = tables.organisations.select("node", "id")
            named = found.join(ids.toDF("a", "organisation"), "a").join(ids.toDF("b", "candidate"), "b")
            named.select("organisation", "candidate", "score").write.mode("overwrite").parquet(str(to))
            found = found.limit(0)
        return found.orderBy("a", F.round("score", 9).desc(), "b").toArrow()
    finally:
        graph.release()


def _grouped(graph: Graph, name: str) -> DataFrame:
    return graph.nodes.select("node", F.col(name).alias("group"))


def _collected(columns: list[DataFrame]) -> dict[str, Floats]:
    """The frames side by side by node, as arrays; NaN where a frame has no row or a null."""
    joined = reduce(lambda left, right: left.join(right, "node", "left"), columns)
    names = [m.name for m in ORGANISATION_MEASURES]
    table = joined.orderBy("node").select(*(F.col(name).cast("double") for name in names)).toArrow()
    values = {name: table[name].fill_null(float("nan")).to_numpy() for name in names}
    values["community"] = _numbered(values["community"])
    return values


def _numbered(labels: Floats) -> Floats:
    """Communities as 1, 2, … from the largest."""
    if not len(labels):
        return labels
    numbers: Floats = largest_first(np.unique(labels, return_inverse=True)[1]).astype(np.float64) + 1
    return numbers


def _of_network(
    values: dict[str, Floats], component: DataFrame, partnerships: int, groups: dict[str, Mixing]
) -> dict[str, float]:
    n, ties = len(values["partners"]), float(values["partners"].sum() / 2)
    sizes = component.groupBy("component").agg(F.count("*").alias("size"))
    parts, largest = sizes.agg(F.count("*"), F.max("size")).collect()[0]
    return {
        "organisations": n,
        "all_partnerships": partnerships,
        "ties": ties,
        "density": ties / (n * (n - 1) / 2) if n > 1 else np.nan,
        "components": parts,
        "largest_component": largest / n if n else np.nan,
        "isolated": int((values["partners"] == 0).sum()),
        "modularity": groups["community"].modularity,
        "assortativity_sector": groups["sector"].assortativity,
        "assortativity_territory": groups["territory"].assortativity,
        "ei_sector": groups["sector"].ei,
        "ei_territory": groups["territory"].ei,
    }
