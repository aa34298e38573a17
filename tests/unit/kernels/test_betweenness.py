"""Betweenness by hand: a path 0-1-2-3, and a square 0-1-2-3-0 where each pair of opposite corners has two paths."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.kernels.betweenness import (
    betweenness_centrality,
    edge_betweenness_centrality,
    sampled_betweenness,
)
from tests.unit.kernels.shapes import graph_of, twin

PATH = graph_of(4, [(0, 1), (1, 2), (2, 3)])
SQUARE = graph_of(4, [(0, 1), (1, 2), (2, 3), (0, 3)])


def test_nodes() -> None:
    assert betweenness_centrality(PATH, normalized=False).tolist() == [0, 2, 2, 0]
    assert betweenness_centrality(PATH) == pytest.approx([0, 2 / 3, 2 / 3, 0])
    assert betweenness_centrality(SQUARE, normalized=False).tolist() == [0.5, 0.5, 0.5, 0.5]


def test_ties_in_both_directions() -> None:
    # entries: 0-1, 1-0, 1-2, 2-1, 2-3, 3-2
    assert edge_betweenness_centrality(PATH, normalized=False).tolist() == [3, 3, 4, 4, 3, 3]


def test_endpoints() -> None:
    assert betweenness_centrality(PATH, normalized=False, endpoints=True).tolist() == [3, 5, 5, 3]


def test_weights_are_distances() -> None:
    # the direct tie 0-2 is longer than the way over 1
    detour = graph_of(3, [(0, 1), (1, 2), (0, 2)], [1, 1, 3])
    assert betweenness_centrality(detour, normalized=False, weighted=True).tolist() == [0, 1, 0]
    assert betweenness_centrality(detour, normalized=False).tolist() == [0, 0, 0]


def test_samples_lie_within_their_bound() -> None:
    ours, _ = twin()
    exact = betweenness_centrality(ours)
    for seed in range(5):
        found = sampled_betweenness(ours, samples=150, confidence=0.99, seed=seed)
        assert (np.abs(found.values - exact) <= found.bound).all()
        assert len(found.sources) == 150
    tighter = sampled_betweenness(ours, samples=290).bound.max()
    assert tighter < found.bound.max()


def test_every_node_sampled_is_exact() -> None:
    found = sampled_betweenness(PATH, samples=10)
    assert found.values == pytest.approx(betweenness_centrality(PATH))
    assert found.bound.tolist() == [0, 0, 0, 0]


def test_no_sources() -> None:
    with pytest.raises(ZeroDivisionError):
        betweenness_centrality(PATH, sources=np.zeros(0, np.int64))


@pytest.mark.parametrize("weighted", [False, True])
def test_as_networkx(weighted: bool) -> None:
    ours, theirs = twin(150, 500)
    weight = "weight" if weighted else None
    own = nx.betweenness_centrality(theirs, weight=weight, backend="networkx")
    np.testing.assert_allclose(
        betweenness_centrality(ours, weighted=weighted), list(own.values()), rtol=1e-9, atol=1e-15
    )
    edges = nx.edge_betweenness_centrality(theirs, weight=weight, backend="networkx")
    rows = np.repeat(np.arange(ours.rows), np.diff(ours.indptr))
    values = edge_betweenness_centrality(ours, weighted=weighted)
    for u, v, value in zip(rows.tolist(), ours.indices.tolist(), values.tolist(), strict=True):
        assert value == pytest.approx(edges[min(u, v), max(u, v)], rel=1e-9)
