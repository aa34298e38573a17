from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.calibration import Bin, bins_of, expected_error, reliability
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from graphsvc.suggest.model import Calibration, Judge, Linear, Model
from tests.unit.suggest.conftest import make


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


def test_reliability_holds_the_mean_of_both_sides_against_the_year_after() -> None:
    """0–1, 0–2, 3–4; then 1 meets 2, and two years later 1 meets 3. The score is the logarithm of the other's partners
    and one: a pair with 0 is said at the mean of 2/3 and 3/4, the five others at 2/3."""
    past = [(date(2010, 1, 1), pair) for pair in ((0, 1), (0, 2), (3, 4))]
    network = make([*past, (date(2012, 6, 1), (1, 2)), (date(2014, 1, 1), (1, 3))], 5)
    space = Space(Ground(History.of(network).until(day(date(2012, 1, 1))), Attributes(network)))
    nothing, degree = np.zeros(len(space.names)), np.array([float(n == "degree_j") for n in space.names])
    model = Model(Judge(Linear(space.names, nothing, nothing + 1, degree), Calibration((1.0,), (), 0.0, 365)))
    expected = (2 * (2 / 3 + 3 / 4) / 2 + 5 * 2 / 3) / 7
    (found,) = reliability(space, model, np.random.default_rng(0))
    assert found == Bin(0.3, 1.0, pytest.approx(expected), pytest.approx(1 / 7), 7, 1)
