from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from graphsvc.snapshot.csr import Csr
from graphsvc.suggest.pairs import row_of, row_product, walks


def test_rows_are_multiplied_with_each_other() -> None:
    left = sparse.csr_array(np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 3.0]]))
    right = sparse.csr_array(np.array([[4.0, 5.0, 6.0], [0.0, 1.0, 0.0]]))
    i, j = np.array([0, 0, 1]), np.array([0, 1, 0])
    assert row_product(left, right)(i, j).tolist() == [14.0, 2.0, 18.0]
    assert row_of(left, 1) == ([2], [3.0])


def test_walks_on_a_path_of_four() -> None:
    """0–1–2–3: one path of two steps from 0 to 2 through 1 (degree 2), one of three from 0 to 3."""
    ends = np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2])
    path = Csr.from_entries(ends[0], ends[1], np.ones(6), (4, 4))
    found = walks(path, np.ones(6), np.ones(6), np.array([0, 0]), np.array([2, 3]))
    assert found["common"].tolist() == [1.0, 0.0]
    assert found["allocation"].tolist() == [0.5, 0.0]
    assert found["adamic_adar"][0] == pytest.approx(1 / np.log(2))
    assert found["three"][1] == pytest.approx(0.5)
