"""The plain network, by hand: a path of three and a node apart."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.snapshot.csr import Csr
from graphsvc.suggest.edgelist import links
from graphsvc.suggest.edgelist.links import Links, further, lower_upper, pair_keys

PATH = Links(4, np.array([[0, 1], [1, 2]]))


def test_degrees_and_both_directions() -> None:
    assert PATH.degree.tolist() == [1, 2, 1, 0]
    assert PATH.degree_or_one.tolist() == [1, 2, 1, 1]
    assert PATH.graph.row(1).tolist() == [0, 2]


def test_links_of_a_graph_lose_its_loops_and_weights() -> None:
    graph = Csr.from_entries([0, 1, 1, 2, 2], [1, 0, 2, 1, 2], [3.0, 3.0, 1.0, 1.0, 1.0], (4, 4))
    assert Links.of(graph).ends.tolist() == PATH.ends.tolist()
    assert Links.of(graph).nodes == 4


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
