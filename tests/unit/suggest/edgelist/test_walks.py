"""Walks and likeness against powers of the matrix written out."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.suggest import heuristics
from graphsvc.suggest.edgelist import links, walks
from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.walks import likeness_features, walk_features

LINKS = Links(6, np.array([[0, 1], [0, 2], [1, 2], [1, 3], [2, 3], [3, 4]]))
LEFT, RIGHT = np.array([0, 0, 2, 0]), np.array([3, 4, 4, 5])


@pytest.fixture(params=[(2, 0), (2, 1), (512, 0)])
def _block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources at a time; always dense, or always sparse."""
    block, filled = request.param
    monkeypatch.setattr(walks, "BLOCK", block)
    monkeypatch.setattr(links, "FILLED", filled)


@pytest.mark.usefixtures("_block")
def test_walks_are_powers_of_the_normalised_matrix() -> None:
    found = walk_features(LINKS, LEFT, RIGHT)
    s = LINKS.normalised().toarray().astype(float)
    for step in (2, 3, 5, 8):
        power = np.linalg.matrix_power(s, step)
        assert found[f"walk_{step}"] == pytest.approx(power[LEFT, RIGHT], abs=1e-6)
    home = np.diag(np.linalg.matrix_power(s, 4))
    assert found["walk_home_4_lower"] == pytest.approx(np.minimum(home[LEFT], home[RIGHT]), abs=1e-6)


@pytest.mark.usefixtures("_block")
def test_counted_walks_are_scaled_by_the_largest_eigenvalue() -> None:
    a = LINKS.adjacency.toarray().astype(float)
    scaled = a / np.linalg.eigvalsh(a)[-1]
    expected = np.linalg.matrix_power(scaled, 3)[LEFT, RIGHT]
    assert walk_features(LINKS, LEFT, RIGHT)["count_3"] == pytest.approx(expected, rel=1e-3, abs=1e-6)


@pytest.mark.usefixtures("_block")
def test_l3_is_the_textbook_one() -> None:
    expected = heuristics.l3(LINKS.graph, LEFT, RIGHT)
    assert walk_features(LINKS, LEFT, RIGHT)["l3"] == pytest.approx(expected, abs=1e-6)


@pytest.mark.usefixtures("_block")
def test_likeness_to_the_other_ends_neighbours() -> None:
    found = likeness_features(LINKS, np.array([0]), np.array([4]), {})
    # cosine: common neighbours over the root of the degrees. 4's only neighbour is 3: likeness of 0 to 3 = 2/sqrt(6).
    # 0's neighbours are 1 and 2: likeness of 4 to each = 1/sqrt(3)
    assert found["alike_cosine_mean_upper"][0] == pytest.approx(2 / 6**0.5)
    assert found["alike_cosine_mean_lower"][0] == pytest.approx(1 / 3**0.5)
    assert found["alike_cosine_best_lower"][0] == pytest.approx(1 / 3**0.5)
    assert found["alike_cosine_sum"][0] == pytest.approx(2 / 6**0.5 + 2 / 3**0.5)
    assert found["alike_cosine"][0] == 0
