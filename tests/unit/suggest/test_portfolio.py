from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

import numpy as np
import pytest

from graphsvc.errors import InputError
from graphsvc.suggest.portfolio import Options, choose, options_of


def worth(options: Options, links: Iterable[int]) -> float:
    """Expected worth of the targets that a set of links reaches: what ``choose`` maximises, straight from the idea, as
    the mean over all that may come of it."""
    links, total = list(links), 0.0
    for came in product((False, True), repeat=len(links)):
        chance, best = 1.0, dict[str, float]()
        for link, succeeds in zip(links, came, strict=True):
            chance *= options.success[link] if succeeds else 1 - options.success[link]
            for target, own in options.targets[link].items() if succeeds else ():
                best[target] = max(best.get(target, 0.0), own)
        total += chance * sum(best.values())
    return total


def options() -> Options:
    """Three links to organisation 0 that succeed for certain, and one elsewhere worth half as much."""
    a, b = np.array([0, 0, 0, 4]), np.array([1, 2, 3, 5])
    return Options(a, b, np.ones(4), [{"x": 1.0}, {"x": 1.0}, {"x": 1.0}, {"y": 0.5}], ["g", "g", "g", "h"])


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


def test_a_target_is_worth_the_best_link_to_it_that_succeeds() -> None:
    """Two links to 0, each failing half of the time, that bring it 1 and 0.4; each once to 1 and to 2."""
    made = options_of(np.array([0, 0]), np.array([1, 2]), np.array([0.5, 0.5]), np.array([1.0, 0.4]), ["", ""], {})
    assert worth(made, [0]) == pytest.approx(0.5 * 1 + 0.5 * 1)
    assert worth(made, [0, 1]) == pytest.approx((0.5 * 1 + 0.25 * 0.4) + 0.5 * 1 + 0.5 * 0.4)
    assert choose(made, 2).value == pytest.approx(worth(made, [0, 1]))
    assert choose(made, 2, order=[1, 0]).value == pytest.approx(worth(made, [0, 1]))


def test_the_bound_is_the_least_that_is_certain() -> None:
    """One link brings no more than the best one; of two certain ones to the same place the second adds nothing, and
    what was left (0.5) could come to that."""
    assert (choose(options(), 1).value, choose(options(), 1).bound) == (1.0, 1.0)
    found = choose(options(), 2, order=range(4))
    assert (found.value, found.bound) == (1.0, 1.5)
    assert found.guarantee == pytest.approx(2 / 3)


def test_what_an_animator_has_no_time_for_is_not_possible() -> None:
    """Three certain links that bring 1 each, all one animator's, who can lead one."""
    ends = np.array([0, 2, 4]), np.array([1, 3, 5])
    found = choose(Options(*ends, np.ones(3), [{"x": 1.0}, {"y": 1.0}, {"z": 1.0}], ["g"] * 3), 3, per_group={"g": 1})
    assert (found.value, found.bound) == (1.0, 1.0)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("cap", "groups"), [(None, None), (1, None), (None, {"g": 1, "h": 1}), (1, {"g": 2, "h": 1})])
def test_greedy_keeps_its_promises_against_every_set_there_is(
    seed: int, cap: int | None, groups: dict[str, int] | None
) -> None:
    rng = np.random.default_rng(seed)
    a, b = np.triu_indices(5, 1)
    needs = {k: {f"care {rng.integers(3)}": 1.0} for k in rng.choice(10, 4, replace=False).tolist()}
    made = options_of(a, b, rng.uniform(0.1, 1, 10), rng.uniform(0, 1, 10), list("ghghghghgh"), needs)

    def allowed(links: tuple[int, ...]) -> bool:
        led = [made.group[k] for k in links]
        if groups and any(led.count(group) > most for group, most in groups.items()):
            return False
        ends = np.concatenate([a[list(links)], b[list(links)]])
        return cap is None or int(np.bincount(ends).max()) <= cap

    sets = (s for size in (1, 2, 3) for s in combinations(range(10), size) if allowed(s))
    best = max(worth(made, links) for links in sets)
    found = choose(made, 3, per_organisation=cap, per_group=groups)
    assert found.value == pytest.approx(worth(made, found.chosen))
    assert best <= found.bound + 1e-12
    assert found.value >= (1 - 1 / np.e if cap is groups is None else 1 / 4) * best


def test_groups_and_organisations_have_their_limits() -> None:
    assert choose(options(), 4, per_group={"g": 0}).chosen == (3,)
    assert choose(options(), 4, per_organisation=1).chosen == (0, 3)


def test_no_conversation_is_no_plan() -> None:
    with pytest.raises(InputError):
        choose(options(), 0)
