"""Textbook predictors on a five-node graph, values worked out by hand.

0 - 1, 0 - 2, 1 - 2, 1 - 3, 2 - 3, 3 - 4      degrees 2 3 3 3 1
"""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from graphsvc.snapshot.csr import Csr
from graphsvc.suggest import heuristics as h

ENDS = np.array([(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (3, 4)])
LEFT = np.array([0, 0, 1])
RIGHT = np.array([3, 4, 4])


def graph_of(ends: np.ndarray, nodes: int) -> Csr:
    both = np.concatenate([ends, ends[:, ::-1]])
    return Csr.from_entries(both[:, 0], both[:, 1], np.full(len(both), 7.0), (nodes, nodes))


@pytest.fixture
def graph() -> Csr:
    return graph_of(ENDS, 6)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # N(0) = {1, 2}, N(3) = {1, 2, 4}, N(4) = {3}, N(1) = {0, 2, 3}
        ("common_neighbors", [2, 0, 1]),
        ("jaccard", [2 / 3, 0, 1 / 3]),
        ("adamic_adar", [2 / log(3), 0, 1 / log(3)]),
        ("resource_allocation", [2 / 3, 0, 1 / 3]),
        ("preferential_attachment", [6, 2, 3]),
        # 0-1-2-3 and 0-2-1-3; 0-1-3-4 and 0-2-3-4; 1-2-3-4: each 1/sqrt(3*3)
        ("l3", [2 / 3, 2 / 3, 1 / 3]),
    ],
)
def test_value_by_hand(graph: Csr, name: str, expected: list[float]) -> None:
    assert h.PREDICTORS[name](graph, LEFT, RIGHT) == pytest.approx(np.array(expected, dtype=float))


def test_katz_counts_walks(graph: Csr) -> None:
    # 0 to 4: no walk of length 1 or 2, two of length 3; the fourth power adds order beta^4
    beta = 1e-3
    found = h.katz(graph, np.array([0]), np.array([4]), beta)[0]
    assert found == pytest.approx(2 * beta**3, rel=0.01)
    # 0 to 3: two of length 2, two of length 3
    assert h.katz(graph, np.array([0]), np.array([3]), beta)[0] == pytest.approx(2 * beta**2 + 2 * beta**3, rel=1e-4)


def test_katz_without_a_tie_and_between_two_sides() -> None:
    """ARPACK has nothing to start from; of the eigenvalues 1 and -1 of separate ties the positive one counts."""
    assert h.katz(graph_of(np.zeros((0, 2), int), 6), LEFT, RIGHT).tolist() == [0, 0, 0]
    pairs = graph_of(np.arange(40).reshape(-1, 2), 40)
    assert h.katz(pairs, np.array([0]), np.array([1]), beta=2.0)[0] == pytest.approx(2 / 3)


def test_katz_of_a_large_graph_agrees_with_the_exact_one(graph: Csr, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = h.katz(graph, LEFT, RIGHT)
    monkeypatch.setattr(h, "DENSE", 1)
    assert h.katz(graph, LEFT, RIGHT) == pytest.approx(exact, rel=1e-5)


def test_katz_tells_far_pairs_apart() -> None:
    """On a path of fifty: β⁴⁹ for its ends, far below what a solved system could tell from rounding."""
    path = graph_of(np.array([(k, k + 1) for k in range(49)]), 51)
    found = h.katz(path, np.array([0, 0, 0]), np.array([49, 5, 50]))
    assert found == pytest.approx([1e-147, 1e-15, 0], rel=1e-4, abs=1e-150)


@pytest.mark.parametrize("name", ["adamic_adar", "resource_allocation", "l3", "katz"])
def test_pairs_that_are_alike_score_alike_in_whatever_order_nodes_are_kept(name: str) -> None:
    """The fourteen pairs of a prism of seven sides that are alike, though sums run through others."""
    ring = [(k, (k + 1) % 7) for k in range(7)]
    links = [*ring, *((a + 7, b + 7) for a, b in ring), *((k, k + 7) for k in range(7))]
    of = np.random.default_rng(1).permutation(14)
    graph = graph_of(of[np.array(links)], 14)
    left, right = np.array([(k, 7 + (k + s) % 7) for k in range(7) for s in (1, -1)]).T
    found = h.PREDICTORS[name](graph, of[left], of[right])
    assert len(set(found.tolist())) == 1


def test_katz_of_a_pair_is_the_same_from_either_end_and_beside_whatever_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tail of twelve behind fifteen organisations: who is asked about its end takes more steps than the others."""
    rng = np.random.default_rng(3)
    crowd = [(a, b) for a in range(15) for b in range(a) if rng.random() < 0.3]
    ties = graph_of(np.array([*crowd, *((k, k + 1) for k in range(14, 26))]), 27)
    left, right = (ends.ravel() for ends in np.indices((27, 27)))
    monkeypatch.setattr(h, "CHUNK", 40)
    found = h.katz(ties, left, right).reshape(27, 27)
    assert (found == found.T).all()
    assert found[0].tolist() == [h.katz(ties, np.array([0]), np.array([k]))[0] for k in range(27)]


def test_katz_converges_whatever_beta(graph: Csr) -> None:
    assert (h.katz(graph, LEFT, RIGHT, beta=10.0) > 0).all()


def test_random_repeats_for_a_seed(graph: Csr) -> None:
    assert (h.random(graph, LEFT, RIGHT, seed=1) == h.random(graph, LEFT, RIGHT, seed=1)).all()
    assert (h.random(graph, LEFT, RIGHT, seed=1) != h.random(graph, LEFT, RIGHT, seed=2)).any()


def test_chunks_change_nothing(graph: Csr, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = h.l3(graph, LEFT, RIGHT)
    monkeypatch.setattr(h, "CHUNK", 2)
    assert h.l3(graph, LEFT, RIGHT) == pytest.approx(whole)


def test_no_pairs_and_isolated_nodes(graph: Csr) -> None:
    none = np.zeros(0, dtype=np.int64)
    for predictor in h.PREDICTORS.values():
        assert len(predictor(graph, none, none)) == 0
    # node 5 has no tie
    assert h.jaccard(graph, np.array([5]), np.array([5]))[0] == 0
    assert h.katz(graph, np.array([0]), np.array([5]))[0] == 0
