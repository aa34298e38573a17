"""Latent factors find two circles that know each other only by one link."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from graphsvc.suggest.edgelist.factors import factor_features
from graphsvc.suggest.edgelist.links import Links

CIRCLES = [[*combinations(range(8), 2)], [*combinations(range(8, 16), 2)]]
HIDDEN = {(0, 1), (9, 10)}
LINKS = Links(16, np.array(sorted({*CIRCLES[0], *CIRCLES[1], (7, 8)} - HIDDEN)))
INSIDE, ACROSS = (np.array([0, 9]), np.array([1, 10])), (np.array([0, 2]), np.array([9, 12]))


def test_a_hidden_link_of_a_circle_is_likelier_than_one_between_them() -> None:
    inside, across = (factor_features(LINKS, *pairs, seed=1) for pairs in (INSIDE, ACROSS))
    for name in ("factors_8_0", "factors_12_4", "factors_24_0", "factors_8_0_chance", "factors_8_0_near"):
        assert inside[name].min() > across[name].max(), name


def test_the_same_seed_gives_the_same_figures_and_another_one_others() -> None:
    one, again, other = (factor_features(LINKS, *INSIDE, seed=seed) for seed in (1, 1, 2))
    assert all((one[name] == again[name]).all() for name in one)
    assert (one["factors_8_0"] != other["factors_8_0"]).all()


def test_who_lost_every_link_is_never_drawn_as_a_stranger_and_has_finite_figures() -> None:
    found = factor_features(Links(17, LINKS.ends), np.array([0]), np.array([16]), seed=1)
    assert all(np.isfinite(column).all() for column in found.values())
