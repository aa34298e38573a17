"""Burt's measures by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from graphsvc.kernels.holes import constraint, effective_size
from graphsvc.snapshot.csr import Csr
from tests.unit.kernels.shapes import graph_of, twin

STAR = graph_of(5, [(0, 1), (0, 2), (0, 3)])
TRIANGLE = graph_of(3, [(0, 1), (1, 2), (0, 2)])


def test_constraint() -> None:
    # hub: three shares of 1/3, squared; leaf: all in one tie; each corner: (1/2 + 1/4)² twice
    assert constraint(STAR)[:4] == pytest.approx([1 / 3, 1, 1, 1])
    assert constraint(TRIANGLE) == pytest.approx([9 / 8] * 3)
    assert np.isnan(constraint(STAR)[4])


def test_effective_size() -> None:
    # a corner has two neighbours, each with one tie to the other: 2 - 1
    assert effective_size(TRIANGLE) == pytest.approx([1, 1, 1])
    assert effective_size(STAR)[:4] == pytest.approx([3, 1, 1, 1])
    assert np.isnan(effective_size(STAR)[4])


def test_a_loop_changes_nothing() -> None:
    looped = Csr.from_scipy(TRIANGLE.to_scipy() + sparse.diags_array([2.0, 0.0, 0.0]))
    assert constraint(looped) == pytest.approx([9 / 8] * 3)
    assert effective_size(looped) == pytest.approx([1, 1, 1])


def test_both_directions_count_together() -> None:
    arcs = nx.gnp_random_graph(30, 0.2, seed=3, directed=True)
    ours = Csr.from_scipy(nx.to_scipy_sparse_array(arcs, nodelist=range(30)))
    own = nx.constraint(arcs, backend="networkx")
    np.testing.assert_allclose(constraint(ours, directed=True), list(own.values()), rtol=1e-9)


def test_as_networkx() -> None:
    ours, theirs = twin(100, 300)
    own = nx.constraint(theirs, weight="weight", backend="networkx")
    np.testing.assert_allclose(constraint(ours, weighted=True), list(own.values()), rtol=1e-9)
    # for chosen nodes networkx follows the formula; for all of them it depends on its version of scipy
    own = nx.effective_size(theirs, list(theirs), weight="weight", backend="networkx")
    np.testing.assert_allclose(effective_size(ours, weighted=True), list(own.values()), rtol=1e-9)
