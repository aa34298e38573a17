from __future__ import annotations

import numpy as np
import pytest

from graphsvc.model.network import Network
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import NEVER, History, end_of
from graphsvc.suggest.learn import Sample
from graphsvc.suggest.model import CLIP, FLATTEST, Calibration, Judge, Linear, Model


def sample(features: np.ndarray, met: np.ndarray) -> Sample:
    first = np.where(met, 0, NEVER)
    return Sample(features.astype(np.float32), first, met.astype(float), np.array([len(met)]))


def test_the_regression_finds_what_tells_and_ignores_what_never_changes() -> None:
    met = np.arange(200) < 20
    features = np.stack([met + 0.0, np.full(200, 7.0)], axis=1)
    fit = Linear.fit(("telling", "constant"), sample(features, met))
    assert fit.weight[0] > 0
    assert fit.weight[1] == 0
    assert fit.mean.tolist() == [pytest.approx(0.1), 7.0]


def test_members_of_a_large_partnership_teach_less() -> None:
    """Each of two features tells ten meetings: one those of pairs, the other those of a partnership of eleven."""
    rows, met = np.arange(200), np.arange(200) < 20
    features = np.stack([rows < 10, (rows >= 10) & met], axis=1).astype(np.float32)
    first, share = np.where(met, 0, NEVER), np.where(rows < 10, 1.0, 0.1) * met
    fit = Linear.fit(("pairs", "eleven"), Sample(features, first, share, np.array([200])))
    assert fit.weight[0] > 1.2 * fit.weight[1] > 0


def test_strangers_score_0_on_average_and_those_who_met_1() -> None:
    met = np.arange(200) < 20
    features = np.stack([met + np.random.default_rng(0).normal(size=200)], axis=1)
    scores = Linear.fit(("telling",), sample(features, met)).score(features.astype(np.float32))
    assert scores[~met].mean() == pytest.approx(0, abs=1e-9)
    assert scores[met].mean() == pytest.approx(1)


def test_scores_of_two_days_can_be_compared_however_rare_the_likely_are() -> None:
    """Two crowds of strangers, of whom 1 % and 4 % are as likely to meet as those that did."""
    scores = []
    for likely in (20, 80):
        met, telling = np.arange(2100) < 100, np.arange(2100) < 100 + likely
        features = telling[:, None].astype(np.float32)
        scores.append(Linear.fit(("telling",), sample(features, met)).score(features)[0])
    assert scores == pytest.approx([1.0, 1.0])


def test_odd_values_are_cut() -> None:
    line = Linear(("a", "b"), np.array([1.0, 0.0]), np.array([2.0, 1.0]), np.array([0.5, -1.0]))
    features = np.array([[3.0, 2.0], [1001.0, 0.0]], np.float32)
    assert line.score(features).tolist() == [0.5 - 2.0, 0.5 * CLIP]


def test_a_calibration_gives_back_the_shares_it_was_taught() -> None:
    """Of score 0 a tenth of 100 met, of score 1 a half of 100; weight 2: each stands for two."""
    score = np.repeat([0.0, 1.0], 100)
    met = np.r_[np.arange(100) < 10, np.arange(100) < 50]
    calibration = Calibration.fit(score, met, np.full(200, 2.0), 365)
    assert calibration.probability(np.array([0.0, 1.0])) == pytest.approx([0.1, 0.5], abs=1e-3)


def test_a_calibration_never_turns_the_order_round() -> None:
    score, met = np.arange(100.0), np.arange(100) < 50
    calibration = Calibration.fit(score, met, np.ones(100), 365)
    assert calibration.slopes == pytest.approx((FLATTEST / score.std(),) * 4)
    assert (np.diff(calibration.probability(score)) > 0).all()


@pytest.mark.parametrize("wide", [1.0, 40.0])
def test_scores_that_tell_nothing_are_told_to_be_equally_likely_however_wide_they_are(wide: float) -> None:
    """At a hundredth everybody, whoever scores high: what no history bears out must not be told as likelier."""
    rng = np.random.default_rng(0)
    score, met = wide * rng.normal(size=20_000), np.arange(20_000) % 100 == 0
    probability = Calibration.fit(score, met, np.ones(20_000), 365).probability(score)
    assert probability.mean() == pytest.approx(0.01, rel=0.01)
    assert np.quantile(probability, 0.99) < 1.5 * np.median(probability)


def test_a_calibration_of_one_stretch_is_the_logistic_curve() -> None:
    """z = 2 · ½ - 1 = 0, and 2 · 1 - 1 = 1."""
    calibration = Calibration((2.0,), (), -1.0, 365)
    assert calibration.probability(np.array([0.5, 1.0])) == pytest.approx([0.5, 1 / (1 + 1 / np.e)])


def test_a_calibration_bends_where_its_knots_are() -> None:
    """z = 3 · min(x, 0) + 1 · (x between 0 and 2) + ½ · (x above 2), at -1, 1 and 4: -3, 1 and 3."""
    calibration = Calibration((3.0, 1.0, 0.5), (0.0, 2.0), 0.0, 365)
    z = np.array([-3.0, 1.0, 3.0])
    assert calibration.probability(np.array([-1.0, 1.0, 4.0])) == pytest.approx(1 / (1 + np.exp(-z)))


def test_an_earlier_time_tells_the_slope_but_not_the_level() -> None:
    """Earlier 3 and 7 of 10 met at scores 0 and 1, odds of 3/7 and 7/3; lately 1 of 10 at score 0, odds of 1/9: at
    score 1 they are 49/9 times as high again, 49/81."""
    score, earlier = np.tile([0.0, 1.0], 4), np.tile([False, False, True, True], 2)
    share = np.array([0.1, 49 / 130, 0.3, 0.7])
    met, weight = np.arange(8) < 4, np.r_[share, 1 - share]
    calibration = Calibration.fit(score, met, weight, 365, earlier)
    assert calibration.probability(np.array([0.0, 1.0])) == pytest.approx([0.1, 49 / 130], abs=2e-3)


def test_candidates_of_a_newcomer_keep_the_probabilities_in_the_cold_order(path_network: Network) -> None:
    """Organisation 4 has no partnership. The common regression likes a high degree of the other (1 has two partners, 0
    one), the cold one a low degree."""
    space = Space(Ground(History.of(path_network).until(end_of(None)), Attributes(path_network)))
    nothing, degree = np.zeros(len(space.names)), np.array([float(n == "degree_j") for n in space.names])
    warm, cold = (Linear(space.names, nothing, nothing + 1, sign * degree) for sign in (1, -1))
    pairs = np.array([4, 4]), np.array([0, 1])
    judge = Judge(warm, Calibration((1.0,), (), 0.0, 365))
    low, high = 1 / (1 + np.exp(-np.log(2))), 1 / (1 + np.exp(-np.log(3)))
    assert Model(judge).probability(space, *pairs) == pytest.approx([low, high], abs=1e-6)
    assert Model(judge, cold).probability(space, *pairs) == pytest.approx([high, low], abs=1e-6)
    assert Model(judge, cold).score(space, *pairs) == pytest.approx([-np.log(2), -np.log(3)], abs=1e-6)
