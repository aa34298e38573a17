"""Compressed sparse rows and the types of their indices."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from graphsvc.errors import InputError
from graphsvc.kernels.degree import _strength
from graphsvc.kernels.distances import levels
from graphsvc.snapshot.csr import LARGEST, Csr

NONE = np.zeros(0, np.int64)


def test_entries_are_summed_and_sorted() -> None:
    made = Csr.from_entries(np.array([0, 0, 0]), np.array([2, 1, 2]), np.array([1.0, 2, 3]), (2, 3))
    assert made.indices.tolist() == [1, 2]
    assert made.weights.tolist() == [2, 4]
    assert made.indptr.tolist() == [0, 2, 2]


def test_types_hold_more_ties_than_32_bits_count() -> None:
    made = Csr.from_scipy(sparse.csr_array(np.ones((1, 1), np.float32)))
    assert [part.dtype for part in (made.indptr, made.indices, made.weights)] == [np.int64, np.int32, np.float64]


def test_more_nodes_than_a_number_can_name_are_refused() -> None:
    assert Csr.from_entries(NONE, NONE, np.zeros(0), (1, LARGEST)).columns == LARGEST
    with pytest.raises(InputError, match="2147483648"):
        Csr.from_entries(NONE, NONE, np.zeros(0), (1, LARGEST + 1))


def test_kernels_read_ties_past_the_2_31st() -> None:
    # two nodes, each tied to node 0, whose ties stand behind 2^31 others; one value serves for all of them
    past = 2**31
    indptr = np.array([past, past + 1, past + 2])
    indices, weights = np.broadcast_to(np.int32(0), past + 2), np.broadcast_to(3.0, past + 2)
    assert _strength(indptr, indices, weights).tolist() == [6, 3]
    depth, order = np.full(2, -1, np.int32), np.empty(2, np.int32)
    assert levels(indptr, indices, 1, depth, order, -1) == 2
    assert depth.tolist() == [1, 0]
