"""Distances with weights by hand: 0 -1- 1 -2- 2, and a direct tie 0-2 of 5."""

from __future__ import annotations

import pytest

from graphsvc.kernels.weighted_paths import weighted_closeness, weighted_harmonic
from tests.unit.kernels.shapes import graph_of

DETOUR = graph_of(4, [(0, 1), (1, 2), (0, 2)], [1, 2, 5])


def test_closeness() -> None:
    # distances 0-1 1, 1-2 2, 0-2 3; node 3 is alone: two of three others reached
    assert weighted_closeness(DETOUR) == pytest.approx([2 / 4 * 2 / 3, 2 / 3 * 2 / 3, 2 / 5 * 2 / 3, 0])
    assert weighted_closeness(DETOUR, wf_improved=False) == pytest.approx([2 / 4, 2 / 3, 2 / 5, 0])


def test_harmonic() -> None:
    assert weighted_harmonic(DETOUR) == pytest.approx([1 + 1 / 3, 1 + 1 / 2, 1 / 2 + 1 / 3, 0])
