"""The pushes of all on all, held against the sum over every pair."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.kernels.repulsion import LEAF, halved, repulsion


def by_pairs(places: np.ndarray) -> np.ndarray:
    apart = places[:, None] - places[None, :]
    return (apart / np.maximum((apart**2).sum(axis=2), 1e-4)[..., None]).sum(axis=1)


def in_place(places: np.ndarray) -> np.ndarray:
    order, found = halved(places), np.empty_like(places)
    found[order] = repulsion(places, order).T
    return found


@pytest.mark.parametrize("outliers", [0, 5])
def test_within_a_tenth_of_the_sum_over_pairs_also_with_nodes_far_off(outliers: int) -> None:
    places = np.random.default_rng(0).normal(size=(500, 2)) * 20
    places[:outliers] *= 1_000
    exact = by_pairs(places)
    assert np.linalg.norm(in_place(places) - exact) < 0.1 * np.linalg.norm(exact)


def test_exact_within_a_leaf() -> None:
    places = np.random.default_rng(1).normal(size=(LEAF, 2))
    assert np.allclose(in_place(places), by_pairs(places), rtol=1e-12)


def test_the_order_halves_along_the_wider_side() -> None:
    places = np.stack([np.arange(2 * LEAF)[::-1], np.zeros(2 * LEAF)], axis=1).astype(float)
    assert set(halved(places)[:LEAF].tolist()) == set(range(LEAF, 2 * LEAF))


def test_none_and_many_in_one_place() -> None:
    assert in_place(np.empty((0, 2))).shape == (0, 2)
    assert in_place(np.zeros((100, 2))).tolist() == np.zeros((100, 2)).tolist()
