from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from graphsvc.snapshot.csr import Csr
from graphsvc.suggest import pairs
from graphsvc.suggest.pairs import nearer, row_of, row_product, walks


def test_rows_are_multiplied_with_each_other() -> None:
    left = sparse.csr_array(np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 3.0]]))
    right = sparse.csr_array(np.array([[4.0, 5.0, 6.0], [0.0, 1.0, 0.0]]))
    i, j = np.array([0, 0, 1]), np.array([0, 1, 0])
    assert row_product(left, right)(i, j).tolist() == [14.0, 2.0, 18.0]
    assert row_of(left, 1) == ([2], [3.0])


@pytest.mark.parametrize("filled", [(0.02, 0.6), (0.6, 0.02), (0.3, 0.3)])
@pytest.mark.parametrize("order", ["by i", "by j", "any"])
def test_products_are_those_of_dense_matrices_in_whatever_order_pairs_come(
    filled: tuple[float, float], order: str
) -> None:
    rng = np.random.default_rng(0)
    left, right = (sparse.random_array((30, 40), density=d, rng=rng, format="csr") for d in filled)
    i, j = (rows.ravel() for rows in np.indices((30, 30)))
    pairs_of = {"by i": (i, j), "by j": (j, i), "any": tuple(rng.integers(0, 30, (2, 500)))}
    i, j = pairs_of[order]
    dense, other = left.toarray(), right.toarray()
    assert row_product(left, right)(i, j) == pytest.approx((dense @ other.T)[i, j])


def test_a_product_has_the_same_digits_whoever_follows_whom() -> None:
    rng = np.random.default_rng(1)
    left, right = (sparse.random_array((60, 300), density=0.1, rng=rng, format="csr") for _ in range(2))
    i, j = (rows.ravel() for rows in np.indices((60, 60)))
    mixed = rng.permutation(len(i))
    of = row_product(left, right)
    assert of(i, j)[mixed].tolist() == of(i[mixed], j[mixed]).tolist()
    nothing = row_product(left, sparse.csr_array(right.shape))
    assert nothing(i, j).tolist() == [0.0] * len(i)


def test_walks_on_a_path_of_four() -> None:
    """0–1–2–3: one path of two steps from 0 to 2 through 1 (degree 2), one of three from 0 to 3."""
    ends = np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2])
    path = Csr.from_entries(ends[0], ends[1], np.ones(6), (4, 4))
    strength, steps = np.array([1.0, 2.0, 2.0, 1.0]), np.array([2.0, 3.0, 3.0, 2.0])
    found = walks(path, strength, np.ones(6), steps, np.array([0, 0]), np.array([2, 3]))
    assert found["common"].tolist() == [1.0, 0.0]
    assert found["allocation"].tolist() == found["spread"].tolist() == [0.5, 0.0]
    assert found["adamic_adar"][0] == pytest.approx(1 / np.log(2))
    assert found["three"][1] == pytest.approx(0.5)


def test_walks_are_the_same_whichever_end_they_are_gone_through_from() -> None:
    """Of five, who are j of no pair, it is said that very many begin there."""
    rng = np.random.default_rng(0)
    linked = np.triu(rng.random((40, 40)) < 0.1, 1)
    tied = Csr.from_scipy(sparse.csr_array((linked | linked.T).astype(float)))
    i, j = (rows.ravel() for rows in np.indices((40, 35)))
    j += 5
    strength, recent = rng.uniform(1, 2, 40), rng.random(len(tied.indices))
    many = [np.where(np.arange(40) < few, 1e9, 1.0) for few in (0, 5)]
    from_i, from_j = (walks(tied, strength, recent, steps, i, j) for steps in many)
    assert from_i["three"].max() > 0
    for name, values in from_i.items():
        assert values.tolist() == from_j[name].tolist()


def test_who_is_nearer_is_counted_within_a_group() -> None:
    """On a line: 0 at 0; of group 1 rows 1, 2, 3 at 1, 2, 3; of group 0 rows 0 and 4 at 2.5. From 0, one of its kind is
    nearer than 2, and none but 0 itself nearer than 4; row 5, at 0.5, is not among those counted."""
    points = np.array([[0.0, 1.0, 2.0, 3.0, 2.5, 0.5], np.zeros(6), np.zeros(6)]).T
    group = np.array([0, 1, 1, 1, 0, 1])
    count = nearer(points, np.arange(5), group)
    assert count(np.array([0, 0, 0, 0, 3]), np.array([1, 2, 3, 4, 1])).tolist() == [0.0, 1.0, 2.0, 0.0, 1.0]


def test_of_a_crowd_some_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 100 in a row the 50th has about 50 before it, though only 10 are compared."""
    monkeypatch.setattr(pairs, "CROWD", 10)
    points = np.array([np.arange(100.0), np.zeros(100), np.zeros(100)]).T
    count = nearer(points, np.arange(1, 100), np.zeros(100, np.int64))
    assert count(np.array([0]), np.array([50]))[0] == pytest.approx(50, abs=10)
