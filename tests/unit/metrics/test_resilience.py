import numpy as np
import pytest

from graphsvc.metrics.resilience import by_value, largest_part_without
from graphsvc.snapshot import take


def test_the_path_breaks_when_its_middle_leaves(network):
    graph = take(network).graph
    b, d = 1, 3
    assert largest_part_without(graph, np.array([b, d]), [0, 1, 2]) == pytest.approx([3 / 7, 3 / 7, 2 / 7])


def test_without_anybody_there_is_no_part(network):
    graph = take(network).graph
    assert largest_part_without(graph, np.arange(7), [7]) == [0.0]


def test_by_value_puts_missing_last_and_keeps_order_of_equals():
    assert by_value(np.array([1.0, np.nan, 3.0, 1.0])).tolist() == [2, 0, 3, 1]
