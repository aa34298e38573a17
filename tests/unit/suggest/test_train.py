from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from graphsvc.model.network import Network
from graphsvc.snapshot.filter import day
from graphsvc.suggest import train as module
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import NEVER, History, end_of
from graphsvc.suggest.learn import HORIZON, STEP, Sample, Window, outcome, sample, windows
from graphsvc.suggest.model import Linear, Model
from graphsvc.suggest.prior import prior_model
from graphsvc.suggest.train import CHECKED, meetings_in, train
from tests.unit.suggest.conftest import make

SPLIT = date(2012, 1, 1)


def history() -> History:
    """0–1 and 2–3 in 2010; from 2011 on 0 meets 2, then 1 meets the new 4."""
    began = [(date(2010, 1, 1), (0, 1)), (date(2010, 1, 1), (2, 3)), (date(2011, 2, 1), (0, 2))]
    return History.of(make([*began, (date(2011, 3, 1), (1, 4))], 5))


@pytest.fixture(scope="module")
def lively() -> Network:
    """100 organisations, two groups that keep to themselves, every 4 days a partnership of three."""
    rng = np.random.default_rng(2)
    halves = (np.arange(50), np.arange(50, 100))
    began = [
        (date(2008, 1, 1) + timedelta(days=4 * k), rng.choice(halves[k % 2], 3, replace=False).tolist())
        for k in range(360)
    ]
    return make(began, 102, of={k: {"sector": "ngo" if k < 50 else "business"} for k in range(100)})


@pytest.fixture(scope="module")
def model(lively: Network) -> Model:
    return learnt(lively)


def learnt(network: Network) -> Model:
    return train(History.of(network), Attributes(network), day(SPLIT))


def test_the_outcome_of_a_window_is_who_meets_of_those_known() -> None:
    window = Window(day(date(2011, 1, 1)), day(date(2012, 1, 1)))
    found, cold = outcome(history(), window), outcome(history(), window, cold=True)
    assert (found.a.tolist(), found.b.tolist(), found.size.tolist()) == ([0, 2], [2, 0], [2.0, 2.0])
    assert (cold.a.tolist(), cold.b.tolist()) == ([4], [1])
    assert (meetings_in(history(), window), meetings_in(history(), window, cold=True)) == (1, 1)


def test_a_sample_asks_those_who_meet_about_all_they_had_not_met() -> None:
    """0 could meet 2 (does) and 3; 2 could meet 0 (does) and 1."""
    network = history().network
    space = Space(Ground(history().until(day(date(2011, 1, 1))), Attributes(network)))
    window = Window(day(date(2011, 1, 1)), day(date(2012, 1, 1)))
    found = sample(space, window, np.random.default_rng(0))
    assert found.met.tolist() == [True, False, True, False]
    assert found.groups.tolist() == [2, 2]
    assert found.weights.tolist() == [1.0, 1.0, 1.0, 1.0]


def test_a_sample_as_known_earlier_has_not_met_later() -> None:
    """Two ask about two each; by day 5 only the first had met somebody, who was one of two to come."""
    features = np.arange(4, dtype=np.float32)[:, None]
    whole = Sample(features, np.array([3, 9, 7, NEVER]), np.array([1.0, 0.5, 1.0, 0.0]), np.array([2, 2]))
    early = whole.until(5)
    assert early.features.ravel().tolist() == [0.0, 1.0]
    assert early.met.tolist() == [True, False]
    assert early.weights.tolist() == [1.0, 1.0]
    assert whole.weights.tolist() == [1.0, 0.5, 1.0, 1.0]


def test_windows_step_back_half_a_year_and_end_with_the_record(lively: Network) -> None:
    found = windows(History.of(lively), end_of(None))
    last = day(date(2008, 1, 1)) + 4 * 359 + 1
    assert {w.end for w in found} == {last}
    assert [w.start for w in found][-1] == last - STEP
    assert np.diff([w.start for w in found]).tolist() == [STEP] * (len(found) - 1)
    assert not windows(history(), day(date(2010, 6, 1)))


def test_the_two_years_that_calibrate_do_not_overlap(lively: Network) -> None:
    long = [w for w in windows(History.of(lively), end_of(None)) if w.end - w.start >= HORIZON]
    latest, before = (long[k] for k in CHECKED)
    assert before.start + HORIZON <= latest.start


def test_what_calibrates_a_year_has_seen_only_what_was_before(lively: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """The regressions are, in turn, that of the model and those whose scores of the two years are held against them."""
    latest: list[int] = []

    class Recording:
        @staticmethod
        def fit(names: tuple[str, ...], found: Sample) -> Linear:
            latest.append(int(found.first[found.met].max()))
            return Linear.fit(names, found)

    monkeypatch.setattr(module, "Linear", Recording)
    learnt(lively)
    long = [w for w in windows(History.of(lively), day(SPLIT)) if w.end - w.start >= HORIZON]
    assert latest[0] >= long[-1].start
    assert [seen < long[k].start for seen, k in zip(latest[1:], CHECKED, strict=True)] == [True, True]


def test_a_short_history_gets_the_shipped_prior() -> None:
    assert train(history(), Attributes(history().network), end_of(None)).prior


def test_the_same_seed_gives_the_same_model(lively: Network, model: Model) -> None:
    again = learnt(lively)
    assert not model.prior
    assert model.judge.ranker.weight.tolist() == again.judge.ranker.weight.tolist()
    assert model.judge.cases == again.judge.cases


def test_what_keeps_apart_is_learnt(lively: Network, model: Model) -> None:
    """Organisations of one group are likelier to meet than those of two."""
    space = Space(Ground(History.of(lively).until(day(SPLIT)), Attributes(lively)))
    within, across = (np.zeros(49, np.int64), np.arange(1, 50)), (np.zeros(50, np.int64), np.arange(50, 100))
    assert model.probability(space, *within).min() > model.probability(space, *across).max()


def test_cases_are_counted_in_the_own_history(model: Model) -> None:
    """Nobody met across the groups, so the lowest case is rare and the highest frequent."""
    cases = model.judge.cases
    assert cases[0].share < cases[-1].share
    assert sum(case.pairs for case in cases) < 100 * 99 / 2  # of one window, of who had not met


def test_where_all_who_could_meet_did_nothing_is_learnt() -> None:
    """15 that were in a partnership alone all meet in one: there is no stranger to tell them from."""
    alone = [(date(2018, 1, 1), (k,)) for k in range(15)]
    network = make([*alone, (date(2020, 1, 1), range(15))], 16)
    assert train(History.of(network), Attributes(network), end_of(None)).prior


def test_what_is_said_of_a_short_history_is_the_shipped_prior() -> None:
    """Less than two years teach an order, but how likely a place in it is was not yet seen."""
    rng, first = np.random.default_rng(5), date(2010, 1, 1)
    began = [(first + timedelta(days=k), rng.choice(80, 3, replace=False).tolist()) for k in range(0, 700, 4)]
    network = make(began, 80)
    model = train(History.of(network), Attributes(network), end_of(None))
    assert model.judge.ranker is not prior_model().judge.ranker
    assert model.judge.cases == prior_model().judge.cases
    assert model.prior


def test_after_a_burst_likelihoods_are_as_in_the_calm_year_that_followed() -> None:
    """Every 30 days two of sixty work together; in June 2010 thirty did at once. Windows with a hundred meetings
    hold that day: they teach who meets, not how often."""
    rng = np.random.default_rng(1)
    days = [date(2006, 1, 1) + timedelta(days=30 * k) for k in range(72)]
    began = [(began_on, rng.choice(60, 2, replace=False).tolist()) for began_on in days]
    network = make([*began, (date(2010, 6, 1), range(30))], 60)
    model = learnt(network)
    space = Space(Ground(History.of(network).until(day(SPLIT)), Attributes(network)))
    one, other = np.triu_indices(len(space.ground.known), 1)
    a, b = space.ground.known[one], space.ground.known[other]
    apart = np.asarray(space.ground.tied.to_scipy()[a, b]).ravel() == 0
    assert not model.prior
    assert 6 < model.probability(space, a[apart], b[apart]).sum() < 24  # 12 partnerships of two in the last year


def test_a_last_year_with_hardly_a_meeting_tells_no_level(lively: Network) -> None:
    """Three years of many meetings, then a year with one: how likely they are nowadays is what the prior says."""
    began = lively.partnerships["starts_on"].to_pylist()
    early = [k for k, began_on in enumerate(began) if began_on < date(2010, 12, 1)]
    members = [[m["organisation"] for m in lively.memberships.to_pylist() if m["partnership"] == k] for k in early]
    network = make([*((began[k], of) for k, of in zip(early, members, strict=True)), (date(2011, 12, 1), (0, 99))], 102)
    model = learnt(network)
    assert model.prior
    assert model.judge.calibration is prior_model().judge.calibration
    assert model.judge.ranker is not prior_model().judge.ranker
