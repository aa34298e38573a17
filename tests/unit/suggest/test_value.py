from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from graphsvc.model.network import Network
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import NEVER, History
from graphsvc.suggest.value import Value, likelihood_of, weigh


def test_parts_of_a_link_between_two_pairs(network_of: Callable[..., Network]) -> None:
    """0–1 and 2–3; 0 is a social enterprise that needs care (level 3), 2 a business that offers it."""
    day = date(2015, 1, 1)
    network = network_of(
        [(day, (0, 1)), (day, (2, 3))],
        4,
        of={0: {"sector": "social_economy"}, 2: {"sector": "business"}},
        needs=[{"organisation": 0, "territory": "", "area": "care", "level": 3.0}],
        offers=[{"organisation": 2, "territory": "", "area": "care"}],
    )
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    parts = {name: float(part[0]) for name, part in value.of(np.array([0]), np.array([2])).items()}
    assert parts["joins_components"] == parts["pes_business"] == parts["diversity"] == parts["brokerage"] == 1.0
    assert parts["isolated_reached"] == 0.5
    assert parts["needs_met"] == pytest.approx(1 - np.exp(-1))
    assert value.areas_met(0, 2) == ["care"]


def test_likelihood_and_value_are_weighed() -> None:
    score = weigh(likelihood_of(np.array([0.1, 0.001])), {"reach": np.array([0.0, 1.0])}, 0.25, {"reach": 2.0})
    assert score == pytest.approx([0.25, 0.75])
