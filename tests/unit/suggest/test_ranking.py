from __future__ import annotations

import numpy as np
import pytest

from graphsvc.errors import NotFoundError
from graphsvc.model.network import Network
from graphsvc.suggest import ranking
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History, end_of
from graphsvc.suggest.ranking import Links, ordered, preset_of, rank, rises
from graphsvc.suggest.value import PRESETS, Preset, Value

A, B = np.array([0, 0, 1]), np.array([2, 3, 3])
LIKELY = Preset(1.0, {})


@pytest.fixture
def value(path_network: Network) -> Value:
    return Value(Ground(History.of(path_network).until(end_of(None)), Attributes(path_network)))


def test_likelihood_alone_orders_by_probability(value: Value) -> None:
    found = rank(value, Links(A, B, np.array([0.1, 0.3, 0.2])), np.ones(3), LIKELY)
    assert found.links.probability.tolist() == [0.3, 0.2, 0.1]
    assert found.links.b.tolist() == [3, 3, 2]


def test_equal_links_stay_in_the_order_of_their_rows(value: Value) -> None:
    found = rank(value, Links(np.array([1, 0, 0]), np.array([2, 4, 3]), np.full(3, 0.2)), np.ones(3), LIKELY)
    assert list(zip(found.links.a.tolist(), found.links.b.tolist(), strict=True)) == [(0, 3), (0, 4), (1, 2)]


@pytest.mark.parametrize("limit", [0, 1, 7, 99, 100, 500])
def test_the_first_are_the_beginning_of_all_also_among_equals(limit: int) -> None:
    rng = np.random.default_rng(0)
    links = Links(rng.permutation(100), rng.integers(0, 9, 100), rng.integers(1, 4, 100) / 10)
    score = rng.integers(0, 12, 100) / 10
    assert ordered(links, score, limit).tolist() == ordered(links, score)[:limit].tolist()


def test_what_was_ignored_sinks(value: Value) -> None:
    """A quarter of the best likelihood is less than what is next to it, but more than the least."""
    found = rank(value, Links(A, B, np.array([0.3, 0.29, 0.1])), np.array([0.25, 1.0, 1.0]), LIKELY)
    assert found.links.probability.tolist() == [0.29, 0.3, 0.1]


def test_reach_counts_who_comes_near(value: Value) -> None:
    """Path 0–1–2–3: a link 0–3 brings the two near, 0–2 brings 0 near 3, 1–3 brings 3 near 0: equals stay in order.
    4 knows nobody: tied to 1 it comes near three."""
    links = Links(np.append(A, 1), np.append(B, 4), np.full(4, 0.2))
    found = rank(value, links, np.ones(4), Preset(0.0, {"reach": 1.0}))
    assert list(zip(found.links.a.tolist(), found.links.b.tolist(), strict=True)) == [(1, 4), (0, 2), (0, 3), (1, 3)]


def test_a_part_is_kept_by_mask_or_position(value: Value) -> None:
    found = rank(value, Links(A, B, np.array([0.1, 0.3, 0.2])), np.ones(3), LIKELY)
    assert found.keep(np.array([True, False, True])).links.probability.tolist() == [0.3, 0.1]
    assert len(found.first(10).score) == 3


def test_a_preset_by_name_or_its_own() -> None:
    assert preset_of("quick_wins") is PRESETS["quick_wins"]
    assert preset_of(LIKELY) is LIKELY
    with pytest.raises(NotFoundError) as caught:
        preset_of("quick")
    assert "quick_wins" in caught.value.near


def test_only_what_was_told_too_high_is_lowered(value: Value, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first look tells of the link 0–b ``b`` hundredths: right where it joins two components, which it does if ``b``
    is even; one within a component brings half of that."""
    monkeypatch.setattr(ranking, "EACH", 2)
    monkeypatch.setattr(value.distances, "bears", lambda _: False)
    monkeypatch.setattr(value.distances, "efficiency_estimate", lambda _, b: b / 100)
    monkeypatch.setattr(value.distances, "efficiency_gain", lambda _, b: np.where(b % 2, b / 200, b / 100))
    b = np.arange(1, 31)
    links, parts = Links(np.zeros(30, np.int64), b, np.full(30, 0.1)), {"joins_components": 1.0 - b % 2}
    rise, pool = rises(value.distances, links, np.ones(30), parts)
    assert 0 < len(pool) < 15
    assert rise == pytest.approx(np.where(b % 2, b / 200, b / 100))
