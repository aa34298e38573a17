from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.snapshot.csr import Csr
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
