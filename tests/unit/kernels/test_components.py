"""Components and the names of groups."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels.components import connected_components, largest_first, number_connected_components
from graphsvc.snapshot.csr import Csr
from tests.unit.kernels.shapes import graph_of


def test_the_largest_is_named_0_and_equal_ones_follow_their_first_node() -> None:
    # 1-5, 0-2, 3-4-6 in a row, 7 alone
    labels = connected_components(graph_of(8, [(1, 5), (0, 2), (3, 4), (4, 6)]))
    assert labels.tolist() == [1, 2, 1, 0, 0, 2, 0, 3]
    assert labels.dtype == np.int32


def test_a_hub_reached_only_by_late_neighbours_is_one_component() -> None:
    star = graph_of(50, [(49, i) for i in range(49)])
    assert number_connected_components(star) == 1


def test_nothing() -> None:
    assert connected_components(graph_of(0, [])).tolist() == []
    assert number_connected_components(graph_of(0, [])) == 0


def test_names_by_size() -> None:
    assert largest_first(np.array([4, 4, 2, 2, 2, 0])).tolist() == [1, 1, 0, 0, 0, 2]


def test_memory_mapped_arrays(tmp_path: object) -> None:
    graph = graph_of(4, [(0, 1), (2, 3)])
    indices = np.memmap(f"{tmp_path}/indices", np.int32, "w+", shape=graph.indices.shape)
    indices[:] = graph.indices
    assert connected_components(Csr(graph.indptr, indices, graph.weights, 4)).tolist() == [0, 0, 1, 1]
