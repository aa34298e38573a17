"""Similarities and candidates by hand: 0 and 1 share 2 (degree 3) and 3 (degree 2); 4 hangs on 2."""

from __future__ import annotations

from typing import cast

import networkx as nx
import numpy as np
import pytest

from graphsvc.kernels.candidates import SCORES, Score, similarities, top_candidates
from tests.unit.kernels.shapes import graph_of, twin

GRAPH = graph_of(6, [(0, 2), (0, 3), (1, 2), (1, 3), (2, 4)])


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("common_neighbors", 2),
        ("adamic_adar", 1 / np.log(3) + 1 / np.log(2)),
        ("resource_allocation", 1 / 3 + 1 / 2),
        ("jaccard", 1),
    ],
)
def test_pairs(score: Score, expected: float) -> None:
    assert similarities(GRAPH, np.array([[0, 1], [0, 5]]), score) == pytest.approx([expected, 0])


def test_l3_counts_paths_of_three_ties() -> None:
    # 3-0-2-4 and 3-1-2-4, each over degrees 2 and 3
    assert similarities(GRAPH, np.array([[3, 4]]), "l3") == pytest.approx([2 / np.sqrt(6)])


def test_the_best_come_first_and_ties_are_left_out() -> None:
    names, scores = top_candidates(GRAPH, 3, "common_neighbors")
    assert names[0].tolist() == [1, 4, -1]
    assert scores[0].tolist() == [2, 1, 0]
    assert names[5].tolist() == [-1, -1, -1]


def test_equal_scores_go_by_the_lower_index_when_not_all_are_kept() -> None:
    star = graph_of(6, [(5, i) for i in range(5)])
    assert top_candidates(star, 2, "common_neighbors")[0][:5].tolist() == [[1, 2], [0, 2], [0, 1], [0, 1], [0, 1]]


def test_the_few_asked_for_are_the_first_of_all() -> None:
    # more are in reach than are gathered at once
    ours, _ = twin(300, 3000)
    every, _ = top_candidates(ours, ours.rows)
    for k in (0, 1, 7):
        names, scores = top_candidates(ours, k)
        assert names.tolist() == every[:, :k].tolist()
        assert scores.shape == (ours.rows, k)


@pytest.mark.parametrize("score", SCORES)
def test_top_is_what_the_pairs_say(score: Score) -> None:
    ours, theirs = twin(80, 300)
    names, scores = top_candidates(ours, 10, score)
    for u in range(ours.rows):
        others = np.array([[u, v] for v in theirs if v != u and v not in theirs[u]])
        best = np.sort(similarities(ours, others, score))[::-1][:10]
        assert scores[u] == pytest.approx(best, rel=1e-9)
        assert (names[u] >= 0).sum() == (best > 0).sum()


def test_as_networkx() -> None:
    ours, theirs = twin()
    pairs = np.random.default_rng(1).integers(0, 300, (500, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    own = nx.jaccard_coefficient(theirs, pairs.tolist(), backend="networkx")
    assert similarities(ours, pairs, "jaccard") == pytest.approx([score for _, _, score in own])


@pytest.mark.parametrize("row", [-1, 3, 2**40])
def test_what_is_no_node_is_refused(row: int) -> None:
    with pytest.raises(IndexError, match="nodes 0 to 2"):
        similarities(graph_of(3, [(0, 1), (1, 2)]), np.array([[0, 2], [0, row]]))


def test_another_score_or_none_to_find_is_refused() -> None:
    path, unknown = graph_of(3, [(0, 1), (1, 2)]), cast("Score", "katz")
    with pytest.raises(ValueError, match=r"adamic_adar.*, not katz"):
        similarities(path, np.array([[0, 2]]), unknown)
    with pytest.raises(ValueError, match="not katz"):
        top_candidates(path, 1, unknown)
    with pytest.raises(ValueError, match="not -1"):
        top_candidates(path, -1)
