"""What is no node, no label and no distance is refused; compiled loops would read beyond their arrays."""

import numpy as np
import pytest

from graphsvc.kernels import given
from graphsvc.kernels.betweenness import betweenness_centrality, edge_betweenness_centrality
from graphsvc.kernels.communities import leiden_communities, modularity
from graphsvc.kernels.distances import distances
from graphsvc.kernels.mixing import attribute_assortativity, ei_index, participation_coefficient
from graphsvc.kernels.weighted_paths import weighted_closeness, weighted_harmonic
from graphsvc.snapshot.csr import Csr

TIES = np.array([[0, 1], [1, 0], [1, 2], [2, 1], [2, 3], [3, 2]]).T
NO_NODES = ([-1], [5], [2**40], [0.5], [[0, 1]], ["a"])
NO_LABELS = ([], [0], [0] * 1000, [0.0] * 5, [[0] * 5], list("abcde"))


def path(weight: float = 1.0) -> Csr:
    """0 - 1 - 2 - 3, and 4."""
    return Csr.from_entries(*TIES, np.full(6, weight), (5, 5))


@pytest.mark.parametrize("values", NO_NODES)
def test_what_is_no_node_is_refused(values):
    for weighted in (False, True):
        for measure in (betweenness_centrality, edge_betweenness_centrality):
            with pytest.raises(IndexError, match="0 to 4"):
                measure(path(), weighted=weighted, sources=np.array(values))
    with pytest.raises(IndexError, match="0 to 4"):
        distances(path(), sources=np.array(values))


def test_distances_are_from_each_source_once():
    with pytest.raises(ValueError, match="more than once"):
        distances(path(), sources=np.zeros(1000, np.int64))
    assert distances(path(), sources=np.array([], np.int64)).reached.tolist() == [0] * 5


@pytest.mark.parametrize("labels", NO_LABELS)
def test_labels_are_whole_numbers_one_for_each_node(labels):
    found = np.array(labels)
    for measure in (modularity, attribute_assortativity, ei_index, participation_coefficient):
        with pytest.raises(ValueError, match="each of 5 nodes"):
            measure(path(), found)
    with pytest.raises(ValueError, match="each of 5 nodes"):
        leiden_communities(path(), start=found)


def test_any_whole_numbers_are_labels():
    plain, odd = np.array([0, 0, 1, 1, 2]), np.array([-7, -7, 2**40, 2**40, 2**62])
    assert given.groups(odd, 5).tolist() == plain.tolist()
    for measure in (modularity, attribute_assortativity, ei_index, participation_coefficient):
        np.testing.assert_array_equal(measure(path(), odd), measure(path(), plain))
    assert leiden_communities(path(), start=odd).tolist() == leiden_communities(path(), start=plain).tolist()


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_weights_that_are_no_distances_are_refused(weight):
    for measure in (weighted_closeness, weighted_harmonic, lambda g: betweenness_centrality(g, weighted=True)):
        with pytest.raises(ValueError, match="positive distances"):
            measure(path(weight))
