"""Currents by hand, and which networks are thin."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from graphsvc.suggest.edgelist import resistance
from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.resistance import is_thin, resistance_features

RING = Links(7, np.array([[0, 1], [1, 2], [2, 3], [3, 4], [0, 4]]))
"""A ring of five, and two nodes apart."""
LEFT, RIGHT = np.array([2, 0, 5, 0]), np.array([0, 3, 6, 5])


@pytest.mark.parametrize("block", [2, 256])
def test_the_inverse_of_the_grounded_laplacian(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resistance, "BLOCK", block)
    found = resistance_features(RING, LEFT, RIGHT)
    grounded = np.diag(RING.degree + resistance.GROUND) - RING.adjacency.toarray()
    inverse = np.linalg.inv(grounded)
    assert found["forest"] == pytest.approx(inverse[LEFT, RIGHT])
    home = np.diag(inverse)
    assert found["forest_home_lower"] == pytest.approx(np.minimum(home[LEFT], home[RIGHT]))
    assert found["forest_cosine"] == pytest.approx(found["forest"] / np.sqrt(home[LEFT] * home[RIGHT]))


def test_two_wires_side_by_side() -> None:
    # two steps one way round the ring, three the other: 2 · 3 / 5, but for what runs off to the ground
    found = resistance_features(RING, LEFT, RIGHT)
    assert found["resistance"][:2] == pytest.approx([1.2, 1.2], rel=0.02)
    # across components only through the ground
    assert found["resistance"][2] == pytest.approx(2 / resistance.GROUND)


def test_thin_are_rings_and_not_cliques_nor_what_fills_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_thin(RING)
    assert not is_thin(Links(7, np.array(list(combinations(range(7), 2)))))
    monkeypatch.setattr(resistance, "MOST_WORK", 50)
    assert not is_thin(RING)
