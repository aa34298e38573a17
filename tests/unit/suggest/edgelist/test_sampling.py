"""Splits that hide what they should and draw only what is unlinked."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from graphsvc.suggest.edgelist.links import Links, pair_keys
from graphsvc.suggest.edgelist.sampling import split_links, unlinked_pairs


def ring(nodes: int) -> Links:
    ends = np.array([(i, i + 1) for i in range(nodes - 1)] + [(0, nodes - 1)])
    return Links(nodes, ends)


def test_split_hides_a_share_and_keeps_the_rest() -> None:
    links = ring(200)
    split = split_links(links, 0.1, np.random.default_rng(0))
    assert len(split.hidden) == len(split.unlinked) == 20
    seen = pair_keys(split.train.ends, 200)
    asked = pair_keys(split.hidden, 200)
    assert sorted([*seen, *asked]) == links.keys().tolist()
    assert split.train.nodes == 200


def test_what_is_hidden_is_no_pair_without_a_link() -> None:
    """Of six nodes all pairs but one are linked, five are hidden, and that one is left to ask about."""
    full = np.array([pair for pair in combinations(range(6), 2) if pair != (0, 5)])
    split = split_links(Links(6, full), 0.36, np.random.default_rng(0))
    assert (len(split.hidden), split.unlinked.tolist()) == (5, [[0, 5]])


@pytest.mark.parametrize("count", [5, 2000, 19000])
def test_unlinked_pairs_are_different_and_unlinked(count: int) -> None:
    links = ring(200)
    pairs = unlinked_pairs(links, count, np.random.default_rng(0))
    keys = pair_keys(pairs, 200)
    assert len(set(keys.tolist())) == count
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert not np.isin(keys, links.keys()).any()


def test_no_more_than_there_are_and_no_node_without_a_link() -> None:
    # a path of three among five nodes: 0-2 is the only unlinked pair of linked nodes
    links = Links(5, np.array([[0, 1], [1, 2]]))
    assert unlinked_pairs(links, 10, np.random.default_rng(0)).tolist() == [[0, 2]]


def test_draws_are_uniform() -> None:
    links = ring(6)
    counts = np.zeros(36)
    for seed in range(600):
        counts[pair_keys(unlinked_pairs(links, 1, np.random.default_rng(seed)), 6)] += 1
    # nine free pairs, 600 draws: 67 each, standard deviation 8
    assert np.count_nonzero(counts) == 9
    assert counts[counts > 0].min() > 35


def test_the_same_seed_the_same_split() -> None:
    one, other = (split_links(ring(50), 0.2, np.random.default_rng(4)) for _ in range(2))
    assert (one.hidden == other.hidden).all()
    assert (one.unlinked == other.unlinked).all()
