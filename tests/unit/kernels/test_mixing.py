"""A path 0 - 1 - 2 - 3 with groups a a b b, worked out by hand and held against networkx."""

import networkx as nx
import numpy as np
import pytest

from graphsvc.kernels import mixing
from graphsvc.snapshot.csr import Csr

LABELS = np.array([0, 0, 1, 1])


@pytest.fixture
def path() -> Csr:
    return Csr.from_scipy(nx.to_scipy_sparse_array(nx.path_graph(4)))


def test_ei_index_is_one_outside_two_inside(path):
    assert mixing.ei_index(path, LABELS) == pytest.approx((1 - 2) / 3)


def test_participation(path):
    # 1 has one partner in each group: 1 - (1/2)² - (1/2)²
    assert mixing.participation_coefficient(path, LABELS).tolist() == [0, 0.5, 0.5, 0]


def test_assortativity_is_that_of_networkx():
    graph = nx.karate_club_graph()
    labels = np.array([int(graph.nodes[v]["club"] == "Officer") for v in graph])
    csr = Csr.from_scipy(nx.to_scipy_sparse_array(graph, weight=None))
    expected = nx.attribute_assortativity_coefficient(graph, "club")
    assert mixing.attribute_assortativity(csr, labels) == pytest.approx(expected, abs=1e-12)
    assert mixing.degree_assortativity(csr) == pytest.approx(nx.degree_assortativity_coefficient(graph), abs=1e-12)


def test_without_ties_there_is_nothing_to_tell():
    empty = Csr.from_scipy(nx.to_scipy_sparse_array(nx.empty_graph(2)))
    labels = np.array([0, 1])
    assert np.isnan(mixing.ei_index(empty, labels))
    assert np.isnan(mixing.attribute_assortativity(empty, labels))
    assert np.isnan(mixing.degree_assortativity(empty))
    assert np.isnan(mixing.participation_coefficient(empty, labels)).all()
