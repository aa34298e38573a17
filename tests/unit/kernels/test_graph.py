"""networkx graphs that carry arrays."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.kernels.graph import KERNEL_CLASSES, NETWORKX_CLASSES, arrays_of, as_class
from graphsvc.model.network import Network, table
from graphsvc.snapshot.take import take


def kernel_graph(*ties: tuple[object, object, object]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_weighted_edges_from(ties)
    return as_class(graph, KERNEL_CLASSES)


def test_rows_ascend_and_the_order_of_networkx_is_kept_beside() -> None:
    arrays = arrays_of(kernel_graph(("b", "c", 2), ("b", "a", 3), ("a", "c", 4)), "weight")
    assert arrays is not None
    assert arrays.nodes == ["b", "c", "a"]
    assert arrays.csr.indices.tolist() == [1, 2, 0, 2, 0, 1]
    assert arrays.csr.weights.tolist() == [2, 3, 2, 4, 3, 4]
    assert arrays.adjacency.indices.tolist() == [1, 2, 0, 2, 0, 1]


def test_classes_share_what_they_hold() -> None:
    plain = nx.DiGraph([(0, 1)])
    ours = as_class(plain, KERNEL_CLASSES)
    plain.add_edge(1, 2)
    assert list(ours.edges) == [(0, 1), (1, 2)]
    assert type(as_class(ours, NETWORKX_CLASSES)) is nx.DiGraph
    assert as_class("no graph", KERNEL_CLASSES) == "no graph"


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), "x", None, 2 + 1j, 10**400])
def test_weights_that_are_no_finite_numbers_are_left_to_networkx(weight: object) -> None:
    assert arrays_of(kernel_graph((0, 1, weight), (1, 2, 1)), "weight") is None


def test_arrays_are_kept_until_the_graph_changes() -> None:
    graph = kernel_graph((0, 1, 1))
    first = arrays_of(graph)
    assert arrays_of(graph) is first
    graph.add_edge(1, 2)
    again = arrays_of(graph)
    assert again is not None
    assert np.diff(again.csr.indptr).tolist() == [1, 2, 1]


def test_other_classes_have_no_arrays() -> None:
    assert arrays_of(nx.Graph([(0, 1)])) is None
    assert arrays_of(as_class(nx.MultiGraph([(0, 1)]), KERNEL_CLASSES), "weight") is None


def test_a_snapshot_runs_on_kernels_without_a_keyword() -> None:
    network = Network(
        organisations=table("organisations", [{"id": k, "name": k, "sector": "ngo"} for k in "ABC"]),
        partnerships=table("partnerships", [{"id": "p"}, {"id": "q"}]),
        memberships=table(
            "memberships", [{"organisation": o, "partnership": p} for o, p in [(0, 0), (1, 0), (1, 1), (2, 1)]]
        ),
    )
    graph = take(network).to_networkx()
    assert graph.__networkx_backend__ == "graphsvc"
    assert nx.closeness_centrality(graph) == pytest.approx({"A": 2 / 3, "B": 1.0, "C": 2 / 3})
    assert nx.pagerank(graph) == pytest.approx(nx.pagerank(nx.path_graph(["A", "B", "C"]), backend="networkx"))
