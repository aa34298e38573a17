"""Two cliques: a pair inside one is in dense blocks, a pair between them in sparse ones."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from graphsvc.suggest.edgelist.blocks import block_features
from graphsvc.suggest.edgelist.links import Links


def test_inside_is_denser_than_between() -> None:
    ends = [*combinations(range(6), 2), *combinations(range(6, 12), 2), (5, 6)]
    links = Links(12, np.array(ends))
    place = np.repeat(np.array([[1, 0], [0, 1]], dtype=np.float32), 6, axis=0)
    found = block_features(links, np.array([0, 0]), np.array([5, 11]), place, seed=0)
    assert found["blocks_4"][0] > 5 * found["blocks_4"][1]
    assert found["blocks_4_degree"][0] > 5 * found["blocks_4_degree"][1]
    # 12 nodes can't be cut into eight groups of two
    assert "blocks_8" not in found
