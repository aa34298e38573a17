from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import linprog

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
    return Options(a, b, np.ones(4), [{"x": 1.0}, {"x": 1.0}, {"x": 1.0}, {"y": 0.5}], [["g"], ["g"], ["g"], ["h"]])


def test_a_target_reached_is_not_paid_for_twice() -> None:
    found = choose(options(), 2)
    assert found.chosen == (0, 3)
    assert found.gains == (1.0, 0.5)
    assert found.value == found.bound == 1.5
    assert found.guarantee == 1.0


def test_the_best_one_by_one_bring_less_together() -> None:
    assert (choose(options(), 2).one_by_one, choose(options(), 2).value) == (1.0, 1.5)
    assert choose(options(), 1).one_by_one == choose(options(), 1).value == 1.0


def test_a_target_is_worth_the_best_link_to_it_that_succeeds() -> None:
    """Two links to 0, each failing half of the time, that bring it 1 and 0.4; each once to 1 and to 2."""
    made = options_of(np.array([0, 0]), np.array([1, 2]), np.array([0.5, 0.5]), np.array([1.0, 0.4]), [(), ()], {})
    assert worth(made, [0]) == pytest.approx(0.5 * 1 + 0.5 * 1)
    assert worth(made, [0, 1]) == pytest.approx((0.5 * 1 + 0.25 * 0.4) + 0.5 * 1 + 0.5 * 0.4)
    assert choose(made, 2).value == pytest.approx(worth(made, [0, 1]))


def test_the_bound_is_the_least_that_is_certain() -> None:
    """One link brings no more than the best one; to a place that is reached for certain another link adds nothing."""
    assert (choose(options(), 1).value, choose(options(), 1).bound) == (1.0, 1.0)
    assert (choose(options(), 2).value, choose(options(), 2).bound) == (1.5, 1.5)


def certain(*groups: str) -> Options:
    """Links that bring 1, 2, 3 … elsewhere each, for certain; each may be the work of some groups (letters)."""
    n, ends = len(groups), np.arange(2 * len(groups))
    return Options(ends[::2], ends[1::2], np.ones(n), [{f"{k}": k + 1.0} for k in range(n)], [list(g) for g in groups])


def test_what_an_organisation_is_spared_is_not_possible() -> None:
    """Three links to organisation 0: with one conversation each no set brings more than the best of them and the one
    elsewhere. In a triangle half of each link keeps to that too, which is what the bound then tells."""
    star = certain("", "", "", "")
    star.a[:3] = 0
    found = choose(star, 4, per_organisation=1)
    assert (found.value, found.guarantee) == (7.0, 1.0)
    assert found.bound == pytest.approx(7.0)
    ring = certain("", "", "")
    ring.a[:], ring.b[:] = (0, 1, 2), (1, 2, 0)
    assert choose(ring, 3, per_organisation=1).bound == pytest.approx((1 + 2 + 3) / 2)
    ring.success[:] = 1e-9
    assert choose(ring, 3, per_organisation=1).bound == pytest.approx(3e-9, rel=1e-6, abs=0)


def test_the_bound_of_thousands_of_links_is_that_of_all() -> None:
    """Each links two places; the cheapest prices are known only once all are looked at."""
    rng, n = np.random.default_rng(0), 5000
    a, b = rng.integers(0, 40, n), rng.integers(40, 80, n)
    worth = rng.uniform(0, 1, n)
    made = Options(a, b, worth, [{f"{k}": 1.0} for k in range(n)], [["g"] if k < 4000 else ["h"] for k in range(n)])
    found = choose(made, 60, per_organisation=1, per_group={"g": 25, "h": 10})
    shares = np.zeros((122, n))
    shares[a, np.arange(n)] = shares[b, np.arange(n)] = 1
    shares[120, :4000] = shares[121, 4000:] = 1
    best = linprog(-worth, A_ub=shares, b_ub=[1] * 120 + [25, 10], bounds=(0, 1))
    assert found.bound == pytest.approx(-best.fun)


def test_what_an_animator_has_no_time_for_is_not_possible() -> None:
    found = choose(certain("g", "g", "g"), 3, per_group={"g": 1})
    assert (found.value, found.bound, found.groups) == (3.0, 3.0, ("g",))


def test_a_link_is_handed_on_to_make_room() -> None:
    """The best goes to g, the next to h; for the third, which only g may have, the best goes on to h, the next to k."""
    found = choose(certain("gh", "g", "hk", "gh"), 4, per_group={"g": 1, "h": 1, "k": 1})
    assert found.chosen == (3, 2, 1)
    assert found.groups == ("h", "k", "g")
    assert (found.value, found.bound) == (9.0, 9.0)


def test_a_link_of_no_group_with_a_limit_is_nobodys_work() -> None:
    assert choose(certain("g", "h", ""), 3, per_group={"g": 3}).chosen == (0,)
    assert choose(certain("g", "h", ""), 3).groups == ("", "", "")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("cap", [None, 1])
@pytest.mark.parametrize("groups", [None, {"g": 1, "h": 1, "k": 1}, {"k": 1, "g": 2}])
def test_greedy_keeps_its_promises_against_every_set_there_is(
    seed: int, cap: int | None, groups: dict[str, int] | None
) -> None:
    rng = np.random.default_rng(seed)
    a, b = np.triu_indices(5, 1)
    needs = {k: {f"care {rng.integers(3)}": 1.0} for k in rng.choice(10, 4, replace=False).tolist()}
    of = [[group for group in "ghk" if rng.random() < 0.5] for _ in range(10)]
    made = options_of(a, b, rng.uniform(0.1, 1, 10), rng.uniform(0, 1, 10), of, needs)

    def led(shared: tuple[str, ...]) -> bool:
        return all(n <= (groups or {}).get(group, 0) for group, n in Counter(shared).items())

    def allowed(links: tuple[int, ...]) -> bool:
        if groups and not any(led(shared) for shared in product(*(of[k] for k in links))):
            return False
        ends = np.concatenate([a[list(links)], b[list(links)]])
        return cap is None or int(np.bincount(ends).max()) <= cap

    sets = (s for size in (1, 2, 3) for s in combinations(range(10), size) if allowed(s))
    best = max((worth(made, links) for links in sets), default=0.0)
    share = {(True, True): 1 - 1 / np.e, (True, False): 1 / 2, (False, True): 1 / 3, (False, False): 1 / 4}
    found = choose(made, 3, per_organisation=cap, per_group=groups)
    assert found.value == pytest.approx(worth(made, found.chosen))
    assert best <= found.bound + 1e-12
    assert found.value >= share[cap is None, groups is None] * best - 1e-12
    assert found.one_by_one <= found.value * (1 + 1e-9)
    if groups:
        turned = choose(made, 3, per_organisation=cap, per_group=dict(reversed(groups.items())))
        assert turned.chosen == found.chosen
        assert turned.bound == pytest.approx(found.bound)
        assert led(found.groups)
        assert all(group in of[k] for k, group in zip(found.chosen, found.groups, strict=True))


def test_groups_and_organisations_have_their_limits() -> None:
    assert choose(options(), 4, per_group={"g": 0, "h": 4}).chosen == (3,)
    assert choose(options(), 4, per_organisation=1).chosen == (0, 3)


def test_no_conversation_is_no_plan() -> None:
    with pytest.raises(InputError):
        choose(options(), 0)
