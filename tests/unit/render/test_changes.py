"""Marks of ties that began and ended, by hand."""

from __future__ import annotations

import numpy as np

from graphsvc.render import mark, pairs_among
from tests.unit.render.test_pictures import snapshot


def test_ties_are_told_under_the_pictures_numbers() -> None:
    """0-1-2 in one partnership, 2-3 in another; the picture calls them 10, 11, 12, and does not have 3."""
    found = pairs_among(snapshot([(0, 1, 2), (2, 3)], 4), np.array([12, 11, 10, -1]), np.array([10, 11, 12]))
    assert found == {(10, 11), (10, 12), (11, 12)}


def test_what_is_not_drawn_is_left_out() -> None:
    assert pairs_among(snapshot([(0, 1, 2)], 3), np.array([0, 1, 2]), np.array([0, 1])) == {(0, 1)}


def test_a_sign_tells_new_and_ended_ties_apart_without_colour() -> None:
    edges = [{"from": 0, "to": 1, "width": 2.0}, {"from": 0, "to": 2, "width": 2.0}, {"from": 1, "to": 2, "width": 2.0}]
    mark(edges, began={(0, 1)}, ended={(0, 2), (2, 3)})
    assert [(e["from"], e["to"], e.get("label")) for e in edges] == [
        (0, 1, "+"),
        (0, 2, "−"),
        (1, 2, None),
        (2, 3, "−"),
    ]
    assert [bool(e.get("dashes")) for e in edges] == [False, True, False, True]
