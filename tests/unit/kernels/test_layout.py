"""Force layout: what a reader of the picture relies on."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from graphsvc.kernels.layout import SETTLED_STEP, force_layout
from tests.unit.kernels.shapes import graph_of, twin


def test_the_same_for_the_same_seed_and_finite() -> None:
    ours, _ = twin()
    places = force_layout(ours, seed=1)
    assert places.shape == (301, 2)
    assert np.isfinite(places).all()
    assert np.array_equal(places, force_layout(ours, seed=1))


def test_tied_nodes_are_nearer_than_others() -> None:
    cliques = graph_of(20, [*combinations(range(10), 2), *combinations(range(10, 20), 2), (0, 10)])
    places = force_layout(cliques)
    gaps = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    assert gaps[:10, :10].max() < gaps[1:10, 11:].min()


def test_known_nodes_stay_where_they_were() -> None:
    ours, _ = twin()
    before = force_layout(ours)
    before[7] = np.nan
    after = force_layout(ours, before, iterations=20)
    moved = np.linalg.norm(np.delete(after - before, 7, axis=0), axis=1)
    assert moved.max() <= SETTLED_STEP * 21 / 2
    assert np.isfinite(after).all()


def test_a_new_node_begins_among_its_neighbours() -> None:
    start = np.array([[10.0, 0.0], [10.0, 2.0], [-10.0, 0.0], [np.nan, np.nan]])
    places = force_layout(graph_of(4, [(0, 3), (1, 3)]), start)
    assert np.linalg.norm(places[3] - [10, 1]) < 3


def test_nodes_in_one_place_part() -> None:
    places = force_layout(graph_of(3, []), np.zeros((3, 2)))
    assert len(np.unique(places.round(6), axis=0)) == 3


def test_none_and_one() -> None:
    assert force_layout(graph_of(0, [])).shape == (0, 2)
    assert force_layout(graph_of(1, [])).tolist() == [[0, 0]]
