"""Eigenpairs against the exact ones, and the DeepWalk matrix by hand."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.suggest.edgelist import spectral
from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.spectral import deepwalk_matrix, spectral_features, spectrum

LINKS = Links(6, np.array([[0, 1], [0, 2], [1, 2], [1, 3], [2, 3], [3, 4]]))


def test_eigenpairs_in_order_of_size() -> None:
    found = spectrum(LINKS.adjacency, 6, 3, seed=0)
    exact = np.linalg.eigvalsh(LINKS.adjacency.toarray())
    assert found.values == pytest.approx(exact[np.argsort(-np.abs(exact))][:3], abs=1e-4)
    product = LINKS.adjacency @ found.vectors
    assert product == pytest.approx(found.vectors * found.values, abs=1e-3)


def test_full_rank_gives_back_the_matrix() -> None:
    left, right = np.array([0, 1, 0]), np.array([1, 3, 3])
    found = spectral_features("x", spectrum(LINKS.adjacency, 6, 6, seed=0), left, right, (0.5,))
    assert found["x_rank_6"] == pytest.approx([1, 1, 0], abs=1e-4)
    assert found["x_space_6"] == pytest.approx([0, 0, 0], abs=1e-4)
    assert np.isfinite(found["x_resolvent_0.5"]).all()


def test_coordinates_are_unit_rows() -> None:
    rows = spectrum(LINKS.normalised(), 6, 4, seed=0).coordinates(2)
    assert rows.shape == (6, 2)
    assert np.linalg.norm(rows[:5], axis=1) == pytest.approx(1)


@pytest.mark.parametrize("block", [2, 512])
def test_deepwalk_is_netmf(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spectral, "BLOCK", block)
    walk = LINKS.adjacency.toarray().astype(float) / LINKS.degree_or_one[:, None]
    oftener = sum(np.linalg.matrix_power(walk, k) for k in (1, 2, 3)) / 3 * LINKS.degree.sum() / LINKS.degree_or_one
    expected = np.log(np.maximum(oftener, 1))
    assert deepwalk_matrix(LINKS, window=3).toarray() == pytest.approx((expected + expected.T) / 2, abs=1e-5)


def test_deepwalk_of_one_link() -> None:
    # two nodes walk to and fro: P^k alternates; over two steps each place is met half the time: log(2 * 1/2) = 0;
    # over one step the other is met always: log(2)
    pair = Links(2, np.array([[0, 1]]))
    assert deepwalk_matrix(pair, window=2).toarray() == pytest.approx(np.zeros((2, 2)))
    assert deepwalk_matrix(pair, window=1)[0, 1] == pytest.approx(np.log(2))
