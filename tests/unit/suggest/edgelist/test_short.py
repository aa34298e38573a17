"""The thrifty features against the thorough ones, and place means by hand."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.suggest.edgelist import short
from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.short import short_features
from graphsvc.suggest.edgelist.walks import walk_features

LINKS = Links(6, np.array([[0, 1], [0, 2], [1, 2], [1, 3], [2, 3], [3, 4]]))
LEFT, RIGHT = np.array([0, 0, 2, 0]), np.array([3, 4, 4, 5])


@pytest.mark.parametrize("chunk", [3, 1024])
def test_the_same_walks_as_the_dense_columns_give(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short, "CHUNK", chunk)
    found, expected = short_features(LINKS, LEFT, RIGHT, {}), walk_features(LINKS, LEFT, RIGHT)
    for name in ("walk_2", "walk_3", "walk_4", "walk_3_flow", "l3"):
        assert found[name] == pytest.approx(expected[name], abs=1e-6)


def test_mean_likeness_to_the_neighbours() -> None:
    place = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 0], [1, 0]], dtype=np.float32)
    found = short_features(LINKS, np.array([0]), np.array([3]), {"p": place})
    # 0 is like 1 and 4 of 3's neighbours 1, 2, 4; 3 is like 2 of 0's neighbours 1, 2; 0 and 3 are unlike
    assert found["alike_p"][0] == 0
    assert found["alike_p_mean_upper"][0] == pytest.approx(2 / 3)
    assert found["alike_p_mean_lower"][0] == pytest.approx(1 / 2)
    # mean places (1/2, 1/2) and (2/3, 1/3)
    assert found["around_p"][0] == pytest.approx(1 / 2)
