"""Degrees and strengths, by hand: 0-1 (2), 0-2 (3), and a loop on 2 (5)."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels.degree import degree, strength
from graphsvc.snapshot.csr import Csr

GRAPH = Csr.from_entries(np.array([0, 1, 0, 2, 2]), np.array([1, 0, 2, 0, 2]), np.array([2.0, 2, 3, 3, 5]), (3, 3))


def test_a_loop_counts_twice() -> None:
    assert degree(GRAPH).tolist() == [2, 1, 3]
    assert strength(GRAPH).tolist() == [5, 2, 13]


def test_no_node() -> None:
    none = Csr(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0), 0)
    assert degree(none).tolist() == []
