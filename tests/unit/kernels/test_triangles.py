"""Triangles and clustering by hand: a triangle 0-1-2 with a tail 2-3."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.kernels.triangles import clustering, transitivity, triangles
from tests.unit.kernels.shapes import graph_of, twin

KITE = graph_of(4, [(0, 1), (1, 2), (0, 2), (2, 3)], [1.0, 8.0, 1.0, 8.0])


def test_counts() -> None:
    assert triangles(KITE).tolist() == [1, 1, 1, 0]


def test_clustering_is_the_share_of_tied_pairs() -> None:
    assert clustering(KITE) == pytest.approx([1, 1, 1 / 3, 0])


def test_weighted_clustering_is_the_geometric_mean_over_the_largest() -> None:
    # cube root of (1 · 8 · 1) is 2, over the largest weight 8: 0.25
    assert clustering(KITE, weighted=True) == pytest.approx([0.25, 0.25, 0.25 / 3, 0])


def test_transitivity() -> None:
    # one triangle, 1 + 1 + 3 paths of two ties
    assert transitivity(KITE) == pytest.approx(3 / 5)
    assert transitivity(graph_of(3, [(0, 1)])) == 0


def test_as_networkx() -> None:
    ours, theirs = twin()
    own = nx.clustering(theirs, weight="weight", backend="networkx")
    np.testing.assert_allclose(clustering(ours, weighted=True), list(own.values()), rtol=1e-9)
    assert triangles(ours).tolist() == list(nx.triangles(theirs, backend="networkx").values())
