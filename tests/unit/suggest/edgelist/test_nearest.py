"""The compiled loop, by hand."""

from __future__ import annotations

import numpy as np

from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.nearest import most_alike


def test_best_over_the_neighbours() -> None:
    graph = Links(4, np.array([[0, 1], [0, 2]])).graph
    alike = np.array([[9, 9], [0.25, 0.5], [0.75, 0.125], [9, 9]], dtype=np.float32)
    nodes, columns = np.array([0, 0, 3]), np.array([0, 1, 1])
    # node 0 has neighbours 1 and 2; node 3 has none
    assert most_alike(graph.indptr, graph.indices, alike, nodes, columns).tolist() == [0.75, 0.5, 0]
