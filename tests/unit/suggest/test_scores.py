"""Measures of a ranking against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.suggest import scores

Y = np.array([True, False, True, False])
S = np.array([4.0, 3.0, 2.0, 1.0])
FLAT = np.zeros(4)


def test_auc_counts_pairs_in_the_right_order() -> None:
    # pairs (positive, negative): 4>3, 4>1, 2<3, 2>1 -> 3 of 4
    assert scores.auc(Y, S) == pytest.approx(0.75)
    assert scores.auc(Y, FLAT) == pytest.approx(0.5)
    assert np.isnan(scores.auc(np.array([True, True]), np.array([1.0, 2.0])))


def test_the_error_of_an_auc_falls_with_what_it_was_asked_about() -> None:
    # one pair: a coin of .9; two against one at .5: (.25 + 1/3 - .25) / 2
    assert scores.auc_error(0.9, 1, 1) == pytest.approx(0.3)
    assert scores.auc_error(0.5, 2, 1) == scores.auc_error(0.5, 1, 2) == pytest.approx((1 / 6) ** 0.5)
    # an AUC of .5 is a rank sum: variance (p + n + 1) / 12pn
    assert scores.auc_error(0.5, 30, 20) == pytest.approx((51 / (12 * 600)) ** 0.5)
    assert scores.auc_error(0.9, 21, 21) > 0.05 > scores.auc_error(0.9, 22, 22)


def test_average_precision() -> None:
    # precision 1/1 at the first positive, 2/3 at the second
    assert scores.average_precision(Y, S) == pytest.approx((1 + 2 / 3) / 2)
    assert scores.average_precision(Y, FLAT) == pytest.approx(0.5)
    assert np.isnan(scores.average_precision(np.array([False]), np.array([1.0])))


def test_precision_at_k_shares_a_straddling_tie() -> None:
    assert scores.precision_at(Y, S, 2) == pytest.approx(0.5)
    # ranks 2 to 4 are tied with one positive among them: 1 + 1/3 expected in the first two
    assert scores.precision_at(Y, np.array([9.0, 1, 1, 1]), 2) == pytest.approx((1 + 1 / 3) / 2)
    # fewer ranked than k: the divisor stays k
    assert scores.precision_at(Y, S, 10) == pytest.approx(0.2)


def test_hit_at_k_is_a_probability_under_ties() -> None:
    last = np.array([False, False, False, True])
    assert scores.hit_at(last, S, 3) == 0.0
    assert scores.hit_at(last, S, 4) == 1.0
    assert scores.hit_at(last, FLAT, 3) == pytest.approx(0.75)
    # two positives among four tied, two drawn: 1 - C(2,2)/C(4,2)
    assert scores.hit_at(Y, FLAT, 2) == pytest.approx(5 / 6)
    assert scores.hit_at(np.zeros(4, dtype=bool), S, 4) == 0.0


def test_reciprocal_rank_averages_over_tied_orders() -> None:
    last = np.array([False, False, False, True])
    assert scores.reciprocal_rank(last, S) == pytest.approx(0.25)
    assert scores.reciprocal_rank(last, FLAT) == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert scores.reciprocal_rank(np.zeros(4, dtype=bool), S) == 0.0


def test_no_measure_depends_on_the_order_of_the_input() -> None:
    rng = np.random.default_rng(1)
    y, s = rng.random(60) < 0.3, rng.integers(0, 5, 60).astype(float)
    shuffled = rng.permutation(60)
    for measure in (
        scores.auc,
        scores.average_precision,
        scores.hit_at,
        scores.precision_at,
        scores.reciprocal_rank,
    ):
        assert measure(y, s) == pytest.approx(measure(y[shuffled], s[shuffled]))


def test_per_group_leaves_out_groups_without_a_positive() -> None:
    groups = np.array([5, 2, 5, 2, 9])
    labels = np.array([True, False, False, True, False])
    found = scores.per_group(groups, labels, np.array([1.0, 2.0, 0.0, 1.0, 3.0]), k=1)
    assert list(found) == ["hit_at_1", "precision_at_1", "mrr", "auc", "map"]
    # group 2: its positive is second of two; group 5: first of two
    assert found["hit_at_1"].tolist() == [0.0, 1.0]
    assert found["mrr"].tolist() == [0.5, 1.0]
    assert found["auc"].tolist() == [0.0, 1.0]


def test_bootstrap_brackets_the_mean_and_repeats() -> None:
    values = np.array([0.0, 1.0] * 50 + [np.nan])
    interval = scores.bootstrap(values, seed=3)
    assert interval.mean == pytest.approx(0.5)
    # standard error .05: the interval is about ±.1
    assert interval.low == pytest.approx(0.4, abs=0.03)
    assert interval.high == pytest.approx(0.6, abs=0.03)
    assert interval == scores.bootstrap(values, seed=3)
    assert np.isnan(scores.bootstrap(np.array([np.nan])).mean)


def test_spread_over_runs() -> None:
    found = scores.spread([{"auc": 0.8}, {"auc": 0.9}])
    assert found["auc"]["mean"] == pytest.approx(0.85)
    assert found["auc"]["sd"] == pytest.approx(0.1 / 2**0.5)
    assert scores.spread([{"auc": 0.8}])["auc"]["sd"] == 0.0
