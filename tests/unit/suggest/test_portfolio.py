from __future__ import annotations

import numpy as np
import pytest

from graphsvc.errors import InputError
from graphsvc.suggest.portfolio import Options, choose


def options() -> Options:
    """Three links to organisation 0 that succeed for certain, and one elsewhere worth half as much."""
    worth = {"x": 1.0, "y": 0.5}
    a, b = np.array([0, 0, 0, 4]), np.array([1, 2, 3, 5])
    return Options(a, b, np.ones(4), [["x"], ["x"], ["x"], ["y"]], worth, ["g", "g", "g", "h"])


def test_a_target_reached_is_not_paid_for_twice() -> None:
    found = choose(options(), 2)
    assert found.chosen == (0, 3)
    assert found.gains == (1.0, 0.5)
    assert found.value == found.bound == 1.5
    assert found.guarantee == 1.0


def test_the_bound_counts_what_was_left() -> None:
    found = choose(options(), 1)
    assert (found.value, found.bound) == (1.0, 1.5)
    assert found.guarantee == pytest.approx(2 / 3)


def test_groups_and_organisations_have_their_limits() -> None:
    assert choose(options(), 4, per_group={"g": 0}).chosen == (3,)
    assert choose(options(), 4, per_organisation=1).chosen == (0, 3)


def test_no_conversation_is_no_plan() -> None:
    with pytest.raises(InputError):
        choose(options(), 0)
