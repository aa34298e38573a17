"""Force layout: what a reader of the picture relies on."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from graphsvc.kernels.layout import SETTLED_STEP, force_layout
from graphsvc.snapshot.csr import Floats
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


def test_what_is_settled_does_not_move_at_all() -> None:
    ours, _ = twin()
    before = force_layout(ours)
    before[7] = np.nan
    settled = np.arange(301) % 3 != 0
    settled[7] = False
    after = force_layout(ours, before, settled=settled)
    assert np.array_equal(after[settled], before[settled])
    assert (after[~settled] != before[~settled]).all()


def test_nodes_do_not_jump_from_one_date_to_the_next() -> None:
    later, _ = twin()
    rows = np.repeat(np.arange(later.rows), np.diff(later.indptr))
    ties = np.stack([rows, later.indices], axis=1)[rows < later.indices]
    old = np.random.default_rng(1).random(len(ties)) < 0.9
    before = force_layout(graph_of(later.rows, ties[old].tolist()))
    warm, cold = force_layout(later, before), force_layout(later)
    # a picture that is drawn anew may at least be turned so that it fits best
    assert moved(before, warm) < moved(before, turned(cold, before)) / 4


def moved(before: Floats, after: Floats) -> float:
    """How far half of the nodes move at least."""
    return float(np.median(np.linalg.norm(after - before, axis=1)))


def turned(places: Floats, onto: Floats) -> Floats:
    """Turned, mirrored and shifted as near to the other places as can be (Procrustes)."""
    mine, theirs = places - places.mean(axis=0), onto - onto.mean(axis=0)
    left, _, right = np.linalg.svd(mine.T @ theirs)
    fitted: Floats = mine @ left @ right + onto.mean(axis=0)
    return fitted


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
