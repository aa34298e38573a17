"""The plain network, by hand: a path of three and a node apart."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.suggest.edgelist import links
from graphsvc.suggest.edgelist.links import Links, further, lower_upper, pair_keys

PATH = Links(4, np.array([[0, 1], [1, 2]]))


def test_degrees_and_both_directions() -> None:
    assert PATH.degree.tolist() == [1, 2, 1, 0]
    assert PATH.degree_or_one.tolist() == [1, 2, 1, 1]
    assert PATH.graph.row(1).tolist() == [0, 2]


def test_links_between_names_lose_loops_doubles_and_whoever_has_no_link() -> None:
    links = Links.between([("b", "a"), ("b", "c"), ("a", "b"), ("c", "c"), ("lone", "lone")])
    assert (links.nodes, links.ends.tolist()) == (3, [[0, 1], [1, 2]])


def test_nodes_are_numbered_by_name_numbers_by_value() -> None:
    """1 < 01 < 2 < 10 < -3 < a: each name its own node, however large."""
    names = ["01", "1", "2", "10", "9" * 5000, "-3", "a"]
    star = [(name, "hub") for name in names]
    for pairs in (star, [(b, a) for a, b in reversed(star)]):
        assert Links.between(pairs).ends.tolist() == [[i, 7] for i in range(7)]
    assert Links.between([("10", "9"), ("9", "a"), ("01", "1")]).ends.tolist() == [[0, 1], [2, 3], [2, 4]]


def test_normalised_by_both_degrees() -> None:
    assert PATH.normalised().toarray()[0, 1] == pytest.approx(1 / 2**0.5)
    assert PATH.normalised(2).toarray()[0, 1] == pytest.approx(1 / 12**0.5)


def test_keys_are_one_to_one() -> None:
    pairs = np.array([[0, 1], [0, 3], [2, 3]])
    assert pair_keys(pairs, 4).tolist() == [1, 3, 11]
    assert PATH.keys().tolist() == [1, 6]


def test_carried_dense_once_it_fills_up(monkeypatch: pytest.MonkeyPatch) -> None:
    state = PATH.adjacency[:, [0]]
    dense = further(PATH.adjacency, state)
    monkeypatch.setattr(links, "FILLED", 1)
    still_sparse = further(PATH.adjacency, state)
    assert isinstance(dense, np.ndarray)
    assert not isinstance(still_sparse, np.ndarray)
    assert dense.ravel().tolist() == still_sparse.toarray().ravel().tolist() == [1, 0, 1, 0]


def test_ends_in_either_order_give_the_same() -> None:
    values = np.array([5.0, 3.0])
    found = lower_upper("x", values, np.array([0, 1]), np.array([1, 0]))
    assert found["x_lower"].tolist() == [3, 3]
    assert found["x_upper"].tolist() == [5, 5]
