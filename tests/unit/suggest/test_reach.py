"""Pairs that come within two steps of each other, counted against all distances."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np

from graphsvc.suggest.reach import newly_near
from tests.unit.suggest.test_paths import csr


def test_a_path_that_is_closed_brings_three_pairs_near() -> None:
    # 0-1-2-3-4-5 becomes a ring
    near = newly_near(csr(nx.path_graph(6)), np.array([0]), np.array([5]))
    assert near.tolist() == [3]  # 0-5, 0-4, 1-5


def test_every_missing_tie_of_a_random_graph() -> None:
    graph = nx.gnp_random_graph(40, 0.05, seed=3)
    missing = np.array(list(nx.non_edges(graph)))
    before = _near(graph)
    expected = []
    for a, b in missing.tolist():
        more = graph.copy()
        more.add_edge(a, b)
        expected.append(_near(more) - before)
    assert newly_near(csr(graph), missing[:, 0], missing[:, 1]).tolist() == expected
    assert newly_near(csr(graph), missing[:, 1], missing[:, 0]).tolist() == expected


def _near(graph: nx.Graph) -> int:
    steps = dict(nx.all_pairs_shortest_path_length(graph, cutoff=2))
    return sum(v in steps[u] for u, v in combinations(graph, 2))
