from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from graphsvc.snapshot.csr import Floats
from graphsvc.suggest.rates import STRENGTHS, Stack, rates


def stack(rows: int, columns: int, density: float, seed: int) -> Stack:
    """Random numbers where a random pattern has entries, a fifth of them zero."""
    rng = np.random.default_rng(seed)
    pattern = sparse.random_array((rows, columns), density=density, rng=rng, format="csr")
    made = Stack.of(pattern)
    numbers = rng.random((pattern.nnz, STRENGTHS))
    return Stack(made.indptr, made.indices, np.where(numbers < 0.2, 0, numbers), columns)


def dense(of: Stack) -> Floats:
    """float64 [STRENGTHS, rows, columns]."""
    if len(of.indices) < len(of.values):
        return of.values.reshape(-1, of.columns, STRENGTHS).transpose(2, 0, 1)
    parts = [
        sparse.csr_array((values, of.indices, of.indptr), (len(of.indptr) - 1, of.columns)) for values in of.values.T
    ]
    return np.stack([part.toarray() for part in parts])


def test_stacks_are_multiplied_matrix_by_matrix() -> None:
    left, right = stack(30, 40, 0.2, 0), stack(40, 50, 0.3, 1)
    product = left @ right
    assert dense(product) == pytest.approx(dense(left) @ dense(right))
    for row in np.split(product.indices, product.indptr[1:-1]):
        assert (np.diff(row) > 0).all()
    nothing = stack(5, 40, 0, 0) @ right
    assert nothing.indptr.tolist() == [0] * 6
    assert nothing.values.shape == (0, STRENGTHS)


def test_a_large_product_is_the_same_in_several_threads() -> None:
    left, right = stack(2000, 300, 0.1, 0), stack(300, 300, 0.1, 1)
    np.testing.assert_allclose(dense(left @ right), dense(left) @ dense(right))


@pytest.mark.parametrize(
    ("rows", "filled", "full"), [(30, 0.5, True), (2000, 0.5, True), (30, 0.01, False), (0, 0.5, False)]
)
def test_a_product_with_few_noughts_is_full_and_has_the_same_digits(rows: int, filled: float, full: bool) -> None:
    left, right = stack(rows, 40, filled, 0), stack(40, 50, filled, 1)
    product = left.across(right)
    assert (len(product.indices) == 0 and len(product.values) == rows * 50 > 0) == full
    assert dense(product).tolist() == dense(left @ right).tolist()


@pytest.mark.parametrize("density", [0.1, 0.003])
def test_rates_have_the_same_digits_whether_noughts_are_kept(density: float) -> None:
    group = sparse.random_array((60, 300), density=density, rng=np.random.default_rng(1), format="csr")
    left, right, toward = stack(300, 60, 0.2, 5), stack(60, 300, 0.2, 6), stack(60, 300, 0.3, 2)
    between = left @ right
    full = Stack(np.arange(301) * 300, between.indices[:0], np.zeros((300 * 300, STRENGTHS)), 300)
    full.values[:] = dense(between).transpose(1, 2, 0).reshape(-1, STRENGTHS)
    i, j = (rows.ravel() for rows in np.indices((60, 60)))
    few = slice(0, 60 * 60, 37)  # then what i works with is not laid out
    for pairs in (slice(None), few):
        asked = i[pairs], j[pairs]
        assert rates(group, toward, full)(*asked).tolist() == rates(group, toward, between)(*asked).tolist()


@pytest.mark.parametrize("filled", [(0.02, 0.6), (0.6, 0.02), (0.3, 0.3)])
@pytest.mark.parametrize("order", ["by i", "by j", "any"])
def test_rates_are_those_of_dense_matrices_in_whatever_order_pairs_come(
    filled: tuple[float, float], order: str
) -> None:
    group = sparse.random_array((30, 40), density=filled[0], rng=np.random.default_rng(0), format="csr")
    toward, between = stack(30, 40, filled[1], 1), stack(40, 40, filled[1], 2)
    i, j = (rows.ravel() for rows in np.indices((30, 30)))
    i, j = {"by i": (i, j), "by j": (j, i), "any": np.random.default_rng(3).integers(0, 30, (2, 500))}[order]
    worked, turned, ties = rates(group, toward, between)(i, j)
    mine, theirs = group.toarray(), dense(toward)
    assert worked == pytest.approx((mine @ theirs.transpose(0, 2, 1))[:, i, j])
    assert turned == pytest.approx((mine @ theirs.transpose(0, 2, 1))[:, j, i])
    assert ties == pytest.approx((mine @ dense(between) @ mine.T)[:, i, j])


def test_rates_have_the_same_digits_whoever_follows_whom() -> None:
    group = sparse.random_array((60, 300), density=0.1, rng=np.random.default_rng(1), format="csr")
    found = rates(group, stack(60, 300, 0.3, 2), stack(300, 300, 0.3, 3))
    i, j = (rows.ravel() for rows in np.indices((60, 60)))
    mixed = np.random.default_rng(4).permutation(len(i))
    assert found(i, j)[:, :, mixed].tolist() == found(i[mixed], j[mixed]).tolist()
