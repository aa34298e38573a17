"""Local features on the graph 0-1 0-2 1-2 1-3 2-3 3-4 (degrees 2 3 3 3 1), by hand."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.local import core_numbers, local_features

LINKS = Links(6, np.array([[0, 1], [0, 2], [1, 2], [1, 3], [2, 3], [3, 4]]))


def test_cores() -> None:
    assert core_numbers(LINKS).tolist() == [2, 2, 2, 2, 1, 0]


def test_a_pair_with_two_linked_common_neighbours() -> None:
    found = {name: float(v[0]) for name, v in local_features(LINKS, np.array([0]), np.array([3])).items()}
    assert found["common"] == 2
    assert found["links_among_common"] == 1
    assert found["car"] == 2
    assert found["adamic_adar"] == pytest.approx(2 / log(3))
    assert found["resource_allocation"] == pytest.approx(2 / 3)
    assert found["jaccard"] == pytest.approx(2 / 3)
    assert found["degree_product"] == 6
    assert found["degree_gap"] == 1
    # node 0: one triangle of one possible; node 3: neighbours 1, 2, 4 with one link among three pairs
    assert found["clustering_upper"] == pytest.approx(1)
    assert found["clustering_lower"] == pytest.approx(1 / 3)
    assert found["neighbour_degree_lower"] == pytest.approx(7 / 3)
    assert found["neighbour_degree_most_upper"] == 3
    assert found["same_component"] == 1
    assert found["component_lower"] == 5


def test_a_node_apart() -> None:
    found = local_features(LINKS, np.array([0]), np.array([5]))
    assert found["same_component"][0] == 0
    assert found["common"][0] == 0
    assert found["component_lower"][0] == 1
