from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pytest

from graphsvc.errors import InputError
from graphsvc.suggest.portfolio import Options, choose, options_of


def worth(options: Options, links: Iterable[int]) -> float:
    """Expected worth of the targets that a set of links reaches: what ``choose`` maximises, straight from the idea."""
    missed: dict[str, float] = {}
    for link in links:
        for target in options.targets[link]:
            missed[target] = missed.get(target, 1.0) * (1 - float(options.success[link]))
    return sum(options.worth.get(target, 0.0) * (1 - left) for target, left in missed.items())


def options() -> Options:
    """Three links to organisation 0 that succeed for certain, and one elsewhere worth half as much."""
    worths = {"x": 1.0, "y": 0.5}
    a, b = np.array([0, 0, 0, 4]), np.array([1, 2, 3, 5])
    return Options(a, b, np.ones(4), [["x"], ["x"], ["x"], ["y"]], worths, ["g", "g", "g", "h"])


def test_a_target_reached_is_not_paid_for_twice() -> None:
    found = choose(options(), 2)
    assert found.chosen == (0, 3)
    assert found.gains == (1.0, 0.5)
    assert found.value == found.bound == 1.5
    assert found.guarantee == 1.0


def test_the_best_one_by_one_bring_less_together() -> None:
    one_by_one = choose(options(), 2, order=range(4))
    assert one_by_one.chosen == (0, 1)
    assert (one_by_one.gains, one_by_one.value) == ((1.0, 0.0), 1.0)


def test_worth_is_expected() -> None:
    """Two links to the same target, each failing half of the time: reached three times in four."""
    made = options_of(np.array([0, 0]), np.array([1, 2]), np.array([0.5, 0.5]), np.array([1.0, 0.4]), ["", ""], {})
    assert worth(made, [0]) == pytest.approx(0.5 * 1 + 0.5 * 1)  # organisations 0 and 1, both worth 1
    assert worth(made, [0, 1]) == pytest.approx(0.75 * 1 + 0.5 * 1 + 0.5 * 0.4)


def test_the_bound_counts_what_was_left() -> None:
    found = choose(options(), 1)
    assert (found.value, found.bound) == (1.0, 1.5)
    assert found.guarantee == pytest.approx(2 / 3)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("cap", [None, 1])
def test_greedy_keeps_its_promises_against_every_set_there_is(seed: int, cap: int | None) -> None:
    rng = np.random.default_rng(seed)
    a, b = np.triu_indices(5, 1)
    needs = {k: [f"care {rng.integers(3)}"] for k in rng.choice(10, 4, replace=False).tolist()}
    made = options_of(a, b, rng.uniform(0.1, 1, 10), rng.uniform(0, 1, 10), [""] * 10, needs)

    def allowed(links: tuple[int, ...]) -> bool:
        ends = np.concatenate([a[list(links)], b[list(links)]])
        return cap is None or int(np.bincount(ends).max()) <= cap

    sets = (s for size in (1, 2, 3) for s in combinations(range(10), size) if allowed(s))
    best = max(worth(made, links) for links in sets)
    found = choose(made, 3, per_organisation=cap)
    assert found.value == pytest.approx(worth(made, found.chosen))
    assert best <= found.bound + 1e-12
    assert found.value >= (1 - 1 / np.e if cap is None else 1 / 4) * best


def test_groups_and_organisations_have_their_limits() -> None:
    assert choose(options(), 4, per_group={"g": 0}).chosen == (3,)
    assert choose(options(), 4, per_organisation=1).chosen == (0, 3)


def test_no_conversation_is_no_plan() -> None:
    with pytest.raises(InputError):
        choose(options(), 0)
