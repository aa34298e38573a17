"""The networkx backend gives networkx's results and exceptions."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.kernels.backend import backend
from graphsvc.kernels.backend_info import FUNCTIONS, get_info
from graphsvc.kernels.graph import KERNEL_CLASSES, KernelGraph, as_class

Make = Callable[[], Any]


def weighted(*weights: Any, kind: Any = nx.Graph) -> Any:
    """A path whose ties have these weights, between labels of several kinds."""
    labels = ["a", 1, (2, "b"), frozenset({3}), None.__class__, 5.5]
    graph = kind()
    for u, v, w in zip(labels, labels[1:], weights, strict=False):
        graph.add_edge(u, v, weight=w)
    return graph


BAD_INPUT: dict[str, Make] = {
    "no nodes": nx.Graph,
    "no edges": lambda: nx.empty_graph(3),
    "one node": lambda: nx.empty_graph(1),
    "loop": lambda: nx.Graph([(0, 0), (0, 1), (1, 2)]),
    "only a loop": lambda: nx.Graph([(0, 0)]),
    "parallel": lambda: nx.MultiGraph([(0, 1), (0, 1), (1, 2)]),
    "directed": lambda: nx.DiGraph([(0, 1), (1, 2), (2, 0), (2, 3)]),
    "directed parallel": lambda: nx.MultiDiGraph([(0, 1), (0, 1), (1, 2)]),
    "negative": lambda: weighted(1, -2, 3),
    "zero": lambda: weighted(1, 0, 3),
    "nothing but zero": lambda: weighted(0),
    "nan": lambda: weighted(1, float("nan"), 3),
    "infinite": lambda: weighted(1, float("inf"), 3),
    "text": lambda: weighted(1, "x", 3),
    "huge": lambda: weighted(1, 10**400, 3),
    "lost in a sum": lambda: weighted(1, 1e-20, 1, 1e-20, 1),
    "beyond whole numbers": lambda: weighted(2**53, 1, 2**53 + 1, 1, 2**60),
    "largest": lambda: weighted(1e308, 1e308, 1e308),
    "smallest": lambda: weighted(5e-324, 1, 5e-324),
    "labels": lambda: weighted(1, 2, 3),
    "two parts": lambda: nx.Graph([(0, 1), (2, 3)]),
}
CALLS: dict[str, dict[str, Any]] = {
    "adamic_adar_index": {"ebunch": [(0, 2), (1, 3)]},
    "attribute_assortativity_coefficient": {"attribute": "group"},
    "leiden_communities": {"seed": 1},
}
WEIGHTED = {
    "betweenness_centrality": "weight",
    "closeness_centrality": "distance",
    "clustering": "weight",
    "constraint": "weight",
    "edge_betweenness_centrality": "weight",
    "effective_size": "weight",
    "eigenvector_centrality": "weight",
    "harmonic_centrality": "distance",
}


def outcome(name: str, graph: Any, engine: str, **options: Any) -> Any:
    """The result, or the kind of exception."""
    function = getattr(nx, name, None) or getattr(nx.community, name)
    try:
        result = function(graph, **options, backend=engine)
        if name in ("adamic_adar_index", "jaccard_coefficient", "resource_allocation_index"):
            return {(u, v): score for u, v, score in result}
        if isinstance(result, dict | float | int):
            return result
        return {frozenset(item) if isinstance(item, set) else item for item in result}
    except Exception as error:
        return type(error)


COVERED = sorted(FUNCTIONS - {"leiden_communities"})
"""What networkx has code for, too."""
LABELS = ("a", 1, (2, "b"), frozenset({3}), 5.5, b"c", None.__class__)
WEIGHTS = st.sampled_from([1, 2.5, 3, 0, -2, float("nan"), float("inf"), "none"])


@st.composite
def graphs(draw: st.DrawFn) -> Any:
    """Up to seven nodes, up to twelve ties: loops, parallel ties, directions, weights of any kind or none."""
    graph = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph]))()
    graph.add_nodes_from(LABELS[: draw(st.integers(0, len(LABELS)))], group="g")
    weights = draw(st.sampled_from([st.sampled_from([1, 2.5, 3]), WEIGHTS]))
    ends = st.sampled_from(sorted(graph, key=LABELS.index) or LABELS)
    for u, v, w in draw(st.lists(st.tuples(ends, ends, weights), max_size=12)):
        graph.add_edge(u, v, **({} if w == "none" else {"weight": w}))
    return graph


def outcomes(name: str, make: Make, engine: str) -> list[Any]:
    """Without weights and with them, where the function takes any."""
    choices = [{}, {WEIGHTED[name]: "weight"}] if name in WEIGHTED else [{}]
    return [outcome(name, make(), engine, **options, **CALLS.get(name, {})) for options in choices]


def near(found: list[Any]) -> list[Any]:
    """Numbers to 1e-9."""
    return [
        pytest.approx(one, rel=1e-9, abs=1e-12, nan_ok=True) if isinstance(one, dict | float | int) else one
        for one in found
    ]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("kind", BAD_INPUT)
@pytest.mark.parametrize("name", COVERED)
def test_the_same_result_or_the_same_exception(name: str, kind: str) -> None:
    make = BAD_INPUT[kind]
    assert outcomes(name, make, "graphsvc") == near(outcomes(name, make, "networkx"))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", COVERED)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(graph=graphs())
def test_the_same_on_any_small_graph(name: str, graph: Any) -> None:
    assert outcomes(name, graph.copy, "graphsvc") == near(outcomes(name, graph.copy, "networkx"))


def test_functions_without_a_kernel_run_in_networkx() -> None:
    assert nx.shortest_path(nx.path_graph(3), 0, 2, backend="graphsvc") == [0, 1, 2]
    assert isinstance(nx.k_core(nx.complete_graph(4), backend="graphsvc"), nx.Graph)


def test_a_graph_of_the_backend_needs_no_keyword() -> None:
    graph = as_class(nx.star_graph(3), KERNEL_CLASSES)
    assert isinstance(graph, KernelGraph)
    assert nx.closeness_centrality(graph) == {0: 1.0, 1: 0.6, 2: 0.6, 3: 0.6}
    assert nx.diameter(graph) == 2


def test_a_changed_graph_is_read_again() -> None:
    graph = as_class(nx.path_graph(3), KERNEL_CLASSES)
    assert nx.number_connected_components(graph) == 1
    graph.add_node("new")
    assert nx.number_connected_components(graph) == 2


def test_a_view_follows_the_graph_behind_it() -> None:
    behind = nx.path_graph(4)
    view = behind.subgraph([0, 1, 2])
    assert nx.number_connected_components(view, backend="graphsvc") == 1
    behind.remove_edge(0, 1)
    assert nx.number_connected_components(view, backend="graphsvc") == 2


def test_leiden_is_ours_alone() -> None:
    parts = nx.community.leiden_communities(nx.barbell_graph(5, 0), seed=1, backend="graphsvc")
    assert parts == [set(range(5)), set(range(5, 10))]
    with pytest.raises(nx.NetworkXError):
        nx.community.leiden_communities(weighted(1, -1), seed=1, backend="graphsvc")
    with pytest.raises(nx.NetworkXNotImplemented):
        nx.community.leiden_communities(nx.DiGraph([(0, 1)]), seed=1, backend="graphsvc")


@pytest.mark.parametrize("seed", [np.random.RandomState(1), np.random.default_rng(1), Random(1), 1])  # noqa: S311 no secret
def test_leiden_takes_every_seed_that_networkx_takes(seed: Any) -> None:
    parts = nx.community.leiden_communities(nx.barbell_graph(5, 0), seed=seed, backend="graphsvc")
    assert parts == [set(range(5)), set(range(5, 10))]


@pytest.mark.parametrize("resolution", ["x", None, [1], float("nan"), float("inf"), -1, True])
def test_leiden_takes_a_resolution_as_louvain_does(resolution: Any) -> None:
    def said(function: Any, **own: Any) -> Any:
        try:
            return len(function(nx.barbell_graph(5, 0), resolution=resolution, seed=1, **own))
        except TypeError as exc:
            return type(exc)

    louvain = said(nx.community.louvain_communities)
    assert said(nx.community.leiden_communities, backend="graphsvc") == louvain


def test_what_is_announced_exists() -> None:
    assert set(get_info()["functions"]) == FUNCTIONS
    assert all(callable(getattr(backend, name)) for name in FUNCTIONS)
    assert backend.should_run("pagerank", (), {})
    assert not backend.should_run("shortest_path", (), {})


def test_cuts_do_not_hang_on_the_order_in_which_ties_were_added() -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(4))
    graph.add_edges_from([(3, 1), (3, 0), (3, 2), (1, 0)])
    blocks = nx.biconnected_components(graph, backend="graphsvc")
    assert {frozenset(block) for block in blocks} == {frozenset({0, 1, 3}), frozenset({2, 3})}
    assert list(nx.bridges(graph, backend="graphsvc")) == [(2, 3)]


def test_parallel_ties_count_together() -> None:
    double = nx.MultiGraph([(0, 1), (0, 1), (0, 1), (1, 2), (2, 3), (2, 3), (2, 3)])
    assert nx.community.leiden_communities(double, weight=None, seed=1, backend="graphsvc") == [{0, 1}, {2, 3}]
