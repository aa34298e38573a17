"""Block models find circles, and groups that link with each other but not within."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

from graphsvc.suggest.edgelist.blocks import block_features
from graphsvc.suggest.edgelist.links import Links

PAIRS = (np.array([0, 0]), np.array([1, 12]))
"""Two of the first ten; one of each ten."""


def test_two_circles() -> None:
    ends = {*combinations(range(10), 2), *combinations(range(10, 20), 2)} - {(0, 1)}
    found = block_features(Links(20, np.array(sorted(ends))), *PAIRS, seed=0)
    assert all(within > across for within, across in found.values())


def test_two_sides_that_link_only_across() -> None:
    ends = set(product(range(10), range(10, 20))) - {(0, 12)}
    found = block_features(Links(20, np.array(sorted(ends))), *PAIRS, seed=0)
    assert all(within < across for within, across in found.values())


def test_the_same_seed_gives_the_same_rates() -> None:
    links = Links(20, np.array(sorted(combinations(range(10), 2))))
    one, again = (block_features(links, *PAIRS, seed=3) for _ in range(2))
    assert all((one[name] == again[name]).all() for name in one)
    assert all(np.isfinite(column).all() for column in one.values())
