"""Core numbers by hand."""

from __future__ import annotations

import networkx as nx

from graphsvc.kernels.cores import core_number
from tests.unit.kernels.shapes import graph_of, twin

TRIANGLE_WITH_TAIL = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4)]


def test_a_triangle_with_a_tail() -> None:
    assert core_number(graph_of(6, TRIANGLE_WITH_TAIL)).tolist() == [2, 2, 2, 1, 1, 0]


def test_nothing() -> None:
    assert core_number(graph_of(0, [])).tolist() == []


def test_as_networkx() -> None:
    ours, theirs = twin()
    assert core_number(ours).tolist() == list(nx.core_number(theirs, backend="networkx").values())
