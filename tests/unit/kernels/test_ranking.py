"""PageRank and eigenvector centrality."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.kernels.ranking import eigenvector_centrality, pagerank
from tests.unit.kernels.shapes import graph_of, twin

STAR = graph_of(4, [(0, 1), (0, 2), (0, 3)])


def test_pagerank_of_a_star() -> None:
    # hub h and leaf l: h = 0.15/4 + 0.85 · 3l, l = 0.15/4 + 0.85 · h/3  ->  h = 0.133125/0.2775
    hub = (0.0375 + 0.85 * 3 * 0.0375) / (1 - 0.85**2)
    ranks = pagerank(STAR, tol=1e-12, max_iter=500)
    assert ranks == pytest.approx([hub, *[(1 - hub) / 3] * 3])
    assert ranks.sum() == pytest.approx(1)


def test_personalised_pagerank_stays_near_its_start() -> None:
    ranks = pagerank(
        graph_of(5, [(0, 1), (1, 2), (3, 4)]), personalization=np.array([1.0, 0, 0, 0, 0]), tol=1e-12, max_iter=500
    )
    assert ranks[0] > ranks[2] > 1e-9 > ranks[3] == ranks[4]


def test_eigenvector_of_a_star() -> None:
    # length 1, and the hub is the square root of 3 times a leaf
    assert eigenvector_centrality(STAR, tol=1e-12) == pytest.approx([0.5**0.5, *[(1 / 6) ** 0.5] * 3])


def test_as_networkx() -> None:
    ours, theirs = twin()
    np.testing.assert_allclose(pagerank(ours), list(nx.pagerank(theirs, backend="networkx").values()), rtol=1e-9)
    own = nx.eigenvector_centrality(theirs, backend="networkx")
    np.testing.assert_allclose(eigenvector_centrality(ours), list(own.values()), rtol=1e-9, atol=1e-15)


def test_what_can_not_be_found_is_said() -> None:
    with pytest.raises(nx.PowerIterationFailedConvergence):
        pagerank(STAR, max_iter=1, tol=1e-12)
    with pytest.raises(ZeroDivisionError):
        pagerank(STAR, personalization=np.zeros(4))
    assert pagerank(graph_of(0, [])).tolist() == []
