"""Closeness, harmonic centrality, eccentricity and mean path by hand: a path 0-1-2-3 and a pair 4-5."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.kernels import distances as d
from graphsvc.snapshot.csr import Csr
from tests.unit.kernels.shapes import graph_of, twin

PATH = graph_of(6, [(0, 1), (1, 2), (2, 3), (4, 5)])


def test_sums_of_distances() -> None:
    found = d.distances(PATH)
    assert found.reached.tolist() == [3, 3, 3, 3, 1, 1]
    assert found.total.tolist() == [6, 4, 4, 6, 1, 1]
    assert found.harmonic == pytest.approx([11 / 6, 2.5, 2.5, 11 / 6, 1, 1])
    assert found.farthest.tolist() == [3, 2, 2, 3, 1, 1]


def test_closeness_counts_the_share_reached() -> None:
    assert d.closeness_centrality(PATH) == pytest.approx([0.3, 0.45, 0.45, 0.3, 0.2, 0.2])
    assert d.closeness_centrality(PATH, wf_improved=False) == pytest.approx([0.5, 0.75, 0.75, 0.5, 1, 1])


def test_diameter_and_mean_path() -> None:
    assert d.diameter(PATH) == 3
    assert d.mean_path(PATH) == pytest.approx((20 + 2) / 14)
    assert np.isnan(d.mean_path(graph_of(2, [])))


def test_directed_distances_are_of_incoming_paths() -> None:
    arc = Csr.from_entries(np.array([0, 1]), np.array([1, 2]), np.ones(2), (3, 3))
    assert d.distances(arc).total.tolist() == [0, 1, 3]


def test_a_chain_longer_than_a_batch_of_sources() -> None:
    n = 2 * d.BATCH + 3
    found = d.distances(graph_of(n, [(i, i + 1) for i in range(n - 1)]))
    assert found.total[0] == n * (n - 1) // 2
    assert found.farthest.max() == n - 1


def test_as_networkx() -> None:
    ours, theirs = twin()
    own = nx.closeness_centrality(theirs, backend="networkx")
    assert d.closeness_centrality(ours).tolist() == list(own.values())
    own = nx.harmonic_centrality(theirs, backend="networkx")
    np.testing.assert_allclose(d.harmonic_centrality(ours), list(own.values()), rtol=1e-9)
    if not theirs.is_directed():
        assert d.global_efficiency(ours) == pytest.approx(nx.global_efficiency(theirs, backend="networkx"))


@pytest.mark.parametrize(("n", "ties"), [(60, 61), (120, 150), (200, 600)])
def test_the_diameter_is_the_largest_eccentricity(n: int, ties: int) -> None:
    for seed in range(5):
        ours, _ = twin(n, ties, seed)
        assert d.diameter(ours) == d.distances(ours).farthest.max()


def test_the_diameter_of_nothing_is_0() -> None:
    assert d.diameter(graph_of(0, [])) == d.diameter(graph_of(2, [])) == 0
