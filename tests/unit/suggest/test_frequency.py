from __future__ import annotations

import numpy as np

from graphsvc.suggest.frequency import Case, case_of, count


def test_cases_are_counted_from_the_likeliest_down() -> None:
    """8 of the 10 likeliest met, 8 of the 30 next: two groups of ENOUGH meetings."""
    probability = np.r_[np.full(10, 0.5), np.full(30, 0.25)]
    met = np.r_[np.arange(10) < 8, np.arange(30) < 8]
    assert count(probability, met, np.ones(40)) == (Case(0.25, 30, 8), Case(0.5, 10, 8))


def test_groups_whose_share_does_not_rise_are_counted_as_one() -> None:
    """The likeliest met in 8 of 30 cases, the others in 8 of 10: together 16 of 40."""
    probability = np.r_[np.full(30, 0.5), np.full(10, 0.1)]
    met = np.r_[np.arange(30) < 8, np.arange(10) < 8]
    assert count(probability, met, np.ones(40)) == (Case(0.1, 40, 16),)


def test_pairs_that_stand_for_others_count_for_them() -> None:
    probability, met = np.full(12, 0.2), np.arange(12) < 8
    assert count(probability, met, np.where(met, 1.0, 10.0)) == (Case(0.2, 48, 8, estimated=True),)


def test_that_no_stranger_was_drawn_is_no_certainty() -> None:
    """The 16 likeliest met, and none of 60 strangers who stand for 100 each is as likely: 16 of 16 would be luck of the
    draw. With the ten strangers that come next the number of pairs is sure enough; where all were looked at, 16 is."""
    likely = np.r_[np.linspace(1, 0.85, 16), np.linspace(0.5, 0.4, 26), np.linspace(0.002, 0.001, 58)]
    met = np.isin(np.arange(100), [*range(16), *range(26, 50)])
    drawn = count(likely, met, np.where(met, 1.0, 100.0))
    assert drawn == (Case(0.001, 5008, 8, estimated=True), Case(0.4, 1032, 32, estimated=True))
    assert count(likely, met, np.ones(100))[-1] == Case(0.85, 16, 16)


def test_a_few_that_stand_for_many_make_a_number_unsure() -> None:
    """200 likely pairs, all looked at, of whom 8 met, and 1,000 unlikely ones, 8 of whom met: each told apart. Once one
    pair that stands for 400 is among the likely, their number is anything between 200 and 1,000."""
    likely = np.r_[np.full(200, 0.05), np.full(1000, 0.01)]
    met = np.isin(np.arange(1200), [*range(8), *range(200, 208)])
    assert count(likely, met, np.ones(1200)) == (Case(0.01, 1000, 8), Case(0.05, 200, 8))
    weight = np.where(np.arange(1200) == 199, 400.0, 1.0)
    assert count(likely, met, weight) == (Case(0.01, 1599, 16, estimated=True),)


def test_few_meetings_that_the_likelihoods_hardly_allow_are_counted_with_the_next() -> None:
    """Of 42 pairs told 6 % each 2 or 3 should meet; 8 did. Told 16 %, that is no wonder."""
    met = np.isin(np.arange(222), [*range(8), *range(42, 50)])
    told = np.r_[np.full(42, 0.06), np.full(180, 0.04)]
    assert count(told, met, np.ones(222)) == (Case(0.04, 222, 16),)
    told[:42] = 0.16
    assert count(told, met, np.ones(222)) == (Case(0.04, 180, 8), Case(0.16, 42, 8))


def test_equal_likelihoods_are_never_cut_apart() -> None:
    """20 of 40 equal pairs met: more than two groups' worth, yet one case."""
    assert count(np.full(40, 0.3), np.arange(40) < 20, np.ones(40)) == (Case(0.3, 40, 20),)


def test_a_pair_belongs_to_the_case_below_it() -> None:
    cases = (Case(0.1, 30, 8), Case(0.5, 10, 8))
    assert case_of(cases, 0.7) == cases[1]
    assert case_of(cases, 0.3) == cases[0]
    assert case_of(cases, 0.01) == cases[0]
    assert case_of((), 0.3) is None


def test_the_share_of_a_case() -> None:
    assert Case(0.1, 30, 6).share == 0.2
    assert Case(0.1, 0, 0).share == 0.0


def test_every_case_has_enough_meetings() -> None:
    """The eighth meeting ends a case; two that are left over, or come after a crowd of equals, are no case alone."""
    likely = np.r_[np.linspace(1, 0.93, 8), np.linspace(0.2, 0.01, 92)]
    met = np.isin(np.arange(100), [*range(8), *range(20, 100, 8)])
    assert count(likely, met, np.ones(100)) == (Case(0.01, 92, 10), Case(0.93, 8, 8))
    crowd, after = np.r_[np.full(20, 0.9), likely[40:]], np.r_[np.arange(20) < 15, np.arange(60) % 30 == 0]
    assert count(crowd, after, np.ones(80)) == (Case(0.01, 80, 17),)
