"""All features together: finite, symmetric, repeatable, and blind to the pair's own link."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.suggest.edgelist import features
from graphsvc.suggest.edgelist.features import Scope, pair_features
from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.sampling import split_links

KARATE = Links(34, np.array(sorted(tuple(sorted(e)) for e in nx.karate_club_graph().edges)))
LEFT, RIGHT = np.array([0, 3, 20]), np.array([9, 30, 33])


def test_finite_and_named() -> None:
    names, table = pair_features(KARATE, LEFT, RIGHT, seed=0)
    assert table.shape == (3, len(names)) == (3, len(set(names)))
    assert np.isfinite(table).all()


def test_the_order_of_the_ends_does_not_matter() -> None:
    _, one = pair_features(KARATE, LEFT, RIGHT, seed=0)
    _, other = pair_features(KARATE, RIGHT, LEFT, seed=0)
    np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)


def test_other_pairs_do_not_matter() -> None:
    _, together = pair_features(KARATE, LEFT, RIGHT, seed=0)
    _, alone = pair_features(KARATE, LEFT[:1], RIGHT[:1], seed=0)
    np.testing.assert_allclose(together[:1], alone, rtol=1e-3, atol=1e-4)


def test_no_leak_whether_the_asked_pair_is_linked_changes_nothing() -> None:
    """The full data with and without the link of a hidden pair: the same training links, the same features."""
    split = split_links(KARATE, 0.1, np.random.default_rng(0))
    asked = split.hidden[:1]
    without = Links(34, np.array([e for e in KARATE.ends.tolist() if e != asked[0].tolist()]))
    hidden = {tuple(pair) for pair in split.hidden.tolist()}
    tables = []
    for full in (KARATE, without):
        train = Links(34, np.array([e for e in full.ends.tolist() if tuple(e) not in hidden]))
        tables.append(pair_features(train, asked[:, 0], asked[:, 1], seed=0)[1])
    assert (tables[0] == tables[1]).all()
    # and the link, had it stayed, would have shown
    leaked = pair_features(KARATE, asked[:, 0], asked[:, 1], seed=0)[1]
    assert (leaked != tables[0]).any()


def test_tiny_networks() -> None:
    for ends in ([[0, 1]], [[0, 1], [1, 2]], [[0, 1], [2, 3]]):
        links = Links(4, np.array(ends))
        assert np.isfinite(pair_features(links, np.array([0]), np.array([3]), seed=0)[1]).all()


def test_a_large_network_gets_sparse_features(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Scope.of(KARATE).large
    monkeypatch.setattr(features, "LARGE", 1000)
    assert Scope.of(KARATE).large
    names, table = pair_features(KARATE, LEFT, RIGHT, seed=0)
    assert "walk_4" in names
    assert "walk_8" not in names
    assert np.isfinite(table).all()
