"""The algorithms on ties given as they are: what the small network of ``small.py`` cannot show."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from graphsvc.kernels.betweenness import betweenness_centrality
from graphsvc.kernels.communities import leiden_communities, modularity
from graphsvc.kernels.cores import core_number
from graphsvc.kernels.distances import distances
from graphsvc.snapshot.csr import Csr

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from graphsvc.engines.spark.graph import Graph


def graph(session: SparkSession, n: int, pairs: list[tuple[int, int]]) -> tuple[Graph, Csr]:
    from graphsvc.engines.spark.graph import Graph, both_ways

    a, b = np.array(pairs, np.int64).reshape(-1, 2).T
    csr = Csr.from_entries(np.r_[a, b], np.r_[b, a], np.ones(2 * len(a)), (n, n))
    degree = np.diff(csr.indptr)
    nodes = pa.table({"node": np.arange(n), "degree": degree, "strength": degree.astype(float)})
    ties = session.createDataFrame(pa.table({"a": a, "b": b, "weight": np.ones(len(a))}))
    return Graph(session.createDataFrame(nodes), both_ways(ties)), csr


def column(frame: DataFrame, name: str) -> np.ndarray:
    return frame.orderBy("node").select(name).toArrow()[name].to_numpy()


def test_a_long_chain_is_one_component(session: SparkSession) -> None:
    from graphsvc.engines.spark.components import components

    order = np.random.default_rng(5).permutation(16)
    chain, _ = graph(session, 18, list(pairwise(order.tolist())))
    assert column(components(chain), "component").tolist() == [0] * 16 + [16, 17]


def test_cores_inside_cores(session: SparkSession) -> None:
    from graphsvc.engines.spark.cores import core_numbers

    clique = [(i, j) for i in range(5) for j in range(i)]
    tail, csr = graph(session, 9, [*clique, (4, 5), (5, 6), (6, 7), (5, 7)])
    assert column(core_numbers(tail), "core_number").tolist() == [4] * 5 + [2] * 3 + [0]
    assert core_number(csr).tolist() == [4] * 5 + [2] * 3 + [0]


def rings(rings: int, size: int) -> list[tuple[int, int]]:
    """Cliques in a ring, each tied to the next by one tie."""
    inner = [(r * size + i, r * size + j) for r in range(rings) for i in range(size) for j in range(i)]
    return inner + [(r * size, ((r + 1) % rings) * size + 1) for r in range(rings)]


def test_moves_on_the_cluster_find_cliques(session: SparkSession) -> None:
    from graphsvc.engines.spark.communities import communities

    found, csr = graph(session, 30, rings(6, 5))
    labels = np.unique(column(communities(found, seed=1, collect_up_to=20), "community"), return_inverse=True)[1]
    best = modularity(csr, leiden_communities(csr))
    assert modularity(csr, labels.astype(np.int32)) >= best - 0.02


def test_few_pivots_keep_their_bounds_and_whole_components_are_exact(session: SparkSession) -> None:
    from graphsvc.engines.spark.components import components
    from graphsvc.engines.spark.paths import sampled_paths

    sampled, csr = graph(session, 34, [*rings(6, 5), (30, 31), (31, 32)])
    found = sampled_paths(sampled, components(sampled), pivots=8, seed=3)
    apart = np.abs(column(found.values, "betweenness") - betweenness_centrality(csr))
    bound = column(found.values, "betweenness_bound")
    assert (apart <= bound + 1e-12).all()
    assert (bound[:30] > 0).all()
    assert (bound[30:] == 0).all()
    exact = distances(csr)
    means = exact.total[:30] / exact.reached[:30]
    estimates = 29 / column(found.values, "closeness")[:30] / 33
    assert (np.abs(estimates - means) <= found.distance_bound).all()
    assert estimates.tolist() != pytest.approx(means.tolist())
