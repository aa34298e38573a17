"""Stress layout: a path can be drawn without any stress."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.errors import InputError
from graphsvc.kernels.layout import force_layout
from graphsvc.kernels.stress import LARGEST, ideal_distances, stress, stress_layout
from tests.unit.kernels.shapes import graph_of, twin

PATH = graph_of(4, [(0, 1), (1, 2), (2, 3)])


def test_a_path_is_drawn_straight() -> None:
    places = stress_layout(PATH, iterations=300)
    assert stress(places, ideal_distances(PATH)) == pytest.approx(0, abs=1e-3)
    assert np.linalg.norm(places[0] - places[3]) == pytest.approx(3, abs=0.05)


def test_components_are_kept_apart() -> None:
    assert ideal_distances(graph_of(3, [(0, 1)]))[0].tolist() == [0, 1, 2]


def test_stress_falls() -> None:
    ours, _ = twin(100, 300)
    ideal = ideal_distances(ours)
    assert stress(stress_layout(ours, iterations=20), ideal) < stress(force_layout(ours), ideal)


def test_large_graphs_are_refused() -> None:
    with pytest.raises(InputError, match="at most"):
        stress_layout(graph_of(LARGEST + 1, []))
