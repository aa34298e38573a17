from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.snapshot.csr import Csr
from graphsvc.suggest import paths
from graphsvc.suggest.paths import Distances


def csr(graph: nx.Graph) -> Csr:
    return Csr.from_scipy(nx.to_scipy_sparse_array(graph, nodelist=range(len(graph)), weight=None))


def test_the_gain_is_that_of_networkx_for_every_missing_tie() -> None:
    graph = nx.disjoint_union(nx.path_graph(6), nx.cycle_graph(4))
    missing = np.array(list(nx.non_edges(graph)))
    distances, before = Distances(csr(graph)), nx.global_efficiency(graph)
    assert distances.efficiency == pytest.approx(before)
    gains = distances.efficiency_gain(missing[:, 0], missing[:, 1])
    for (a, b), gain in zip(missing.tolist(), gains.tolist(), strict=True):
        more = graph.copy()
        more.add_edge(a, b)
        assert gain == pytest.approx(nx.global_efficiency(more) - before)


def test_a_first_look_at_few_organisations_is_the_exact_gain() -> None:
    graph = nx.disjoint_union(nx.path_graph(6), nx.cycle_graph(4))
    distances, missing = Distances(csr(graph)), np.array(list(nx.non_edges(graph)))
    exact = distances.efficiency_gain(missing[:, 0], missing[:, 1])
    assert distances.efficiency_estimate(missing[:, 0], missing[:, 1]) == pytest.approx(exact)


def test_a_first_look_at_many_finds_the_same_ties() -> None:
    graph = nx.connected_watts_strogatz_graph(300, 4, 0.05, seed=1)
    distances, missing = Distances(csr(graph)), np.array(list(nx.non_edges(graph)))[::50]
    exact = distances.efficiency_gain(missing[:, 0], missing[:, 1])
    estimate = distances.efficiency_estimate(missing[:, 0], missing[:, 1])
    assert estimate.mean() == pytest.approx(exact.mean(), rel=0.2)
    assert exact.argmax() in np.argsort(-estimate)[:20]


def test_a_first_look_does_not_favour_whom_it_happens_to_sample() -> None:
    """Who is alone gains by ways of its own; the sampled of these must not seem to gain several times as much."""
    graph = nx.disjoint_union(nx.barabasi_albert_graph(300, 3, seed=2), nx.empty_graph(100))
    distances, missing = Distances(csr(graph)), np.array(list(nx.non_edges(graph)))[::40]
    exact = distances.efficiency_gain(missing[:, 0], missing[:, 1])
    estimate = distances.efficiency_estimate(missing[:, 0], missing[:, 1])
    assert np.corrcoef(exact, estimate)[0, 1] > 0.9
    assert estimate.max() < 1.2 * exact.max()


def rise(graph: nx.Graph, a: int, b: int) -> float:
    more = graph.copy()
    more.add_edge(a, b)
    return nx.global_efficiency(more) - nx.global_efficiency(graph)


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch) -> nx.Graph:
    """0 to 199 in one component, of which 25 are sampled, with a tail of 200 to 204 that hangs on 150; a row of 205 to
    209; 210 to 229 alone."""
    monkeypatch.setattr(paths, "EXACT_UP_TO", 20)
    monkeypatch.setattr(paths, "SOURCES", 25)
    graph = nx.disjoint_union(nx.barabasi_albert_graph(200, 2, seed=2), nx.empty_graph(30))
    nx.add_path(graph, (150, *range(200, 205)))
    nx.add_path(graph, range(205, 210))
    return graph


@pytest.mark.parametrize("seed", range(3))
def test_what_a_link_of_two_components_brings_is_exact_whoever_is_sampled(sampled: nx.Graph, seed: int) -> None:
    links = np.array([(0, 210), (77, 215), (0, 207), (120, 205), (205, 211), (212, 213)])
    exact = [rise(sampled, a, b) for a, b in links.tolist()]
    distances = Distances(csr(sampled), seed)
    assert distances.samples == 25
    assert distances.efficiency_gain(links[:, 0], links[:, 1]) == pytest.approx(exact)
    assert distances.efficiency_estimate(links[:, 0], links[:, 1]) == pytest.approx(exact, rel=0.15)


def test_what_a_link_within_a_component_brings_is_not_more_for_who_is_sampled(sampled: nx.Graph) -> None:
    links = np.array([(60, 125), (20, 180), (33, 141), (0, 204), (90, 203)])
    exact = np.array([rise(sampled, a, b) for a, b in links.tolist()])
    told = np.array([Distances(csr(sampled), seed).efficiency_gain(links[:, 0], links[:, 1]) for seed in range(40)])
    assert told.mean(axis=0) == pytest.approx(exact, rel=0.1)
    assert (told / exact).max() < 2
    assert (told / exact).min() > 0.4


def test_a_side_of_few_is_not_lost_where_none_of_them_is_sampled(sampled: nx.Graph) -> None:
    """The end of the tail is tied to the hub: nearly all that gain do so by the tail, of which mostly none is sampled.
    Each seed samples others."""
    ends = np.array([0]), np.array([204])
    told = [Distances(csr(sampled), seed).efficiency_gain(*ends)[0] for seed in range(20)]
    assert told == pytest.approx([rise(sampled, 0, 204)] * 20, rel=0.15)


def test_efficiency_is_told_by_every_component(sampled: nx.Graph) -> None:
    told = [Distances(csr(sampled), seed).efficiency for seed in range(20)]
    assert np.mean(told) == pytest.approx(nx.global_efficiency(sampled), rel=0.03)
    parts = nx.disjoint_union_all([nx.path_graph(20)] * 3)
    assert Distances(csr(parts)).efficiency == pytest.approx(nx.global_efficiency(parts))
