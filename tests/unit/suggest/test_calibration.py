from __future__ import annotations

import math

import numpy as np
import pytest

from graphsvc.suggest.calibration import Bin, bins_of, expected_error


def test_expected_and_observed_of_each_bin() -> None:
    """Four pairs said at .02 and one at .5; of the four each stranger stands for three."""
    probability = np.array([0.02, 0.02, 0.02, 0.02, 0.5])
    met = np.array([True, False, False, False, True])
    found = bins_of(probability, met, np.array([1.0, 3.0, 3.0, 3.0, 1.0]))
    assert found[0] == Bin(0.01, 0.03, pytest.approx(0.02), pytest.approx(0.1), 10, 1)
    assert found[1] == Bin(0.3, 1.0, 0.5, 1.0, 1, 1)


def test_empty_bins_are_left_out() -> None:
    assert len(bins_of(np.full(3, 0.2), np.zeros(3, bool), np.ones(3))) == 1


def test_the_expected_error_weighs_bins_by_their_pairs() -> None:
    """30 pairs off by .02 and 10 off by .1: (30 · .02 + 10 · .1) / 40 = .04."""
    bins = (Bin(0.0, 0.1, 0.05, 0.03, 30, 1), Bin(0.1, 1.0, 0.2, 0.3, 10, 3))
    assert expected_error(bins) == pytest.approx(0.04)
    assert math.isnan(expected_error(()))
