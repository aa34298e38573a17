from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from graphsvc.model.network import Network
from graphsvc.snapshot.filter import day
from graphsvc.suggest.memory import Memory

A, B = np.array([0, 2]), np.array([1, 3])
ON = date(2020, 1, 1)


def memory(network_of: Callable[..., Network], rows: list[dict[str, object]]) -> Memory:
    return Memory(network_of([], 4, outreach=rows), day(date(2020, 2, 1)))


def test_a_refusal_without_a_day_is_for_good(network_of: Callable[..., Network]) -> None:
    refused = {"a": 1, "b": 0, "status": "ODR", "reason": "No time.", "on": ON}
    found = memory(network_of, [refused])
    assert found.allowed(A, B).tolist() == [False, True]
    assert [str(m) for m in found.against(0, 1)] == ["It was refused before: No time."]


def test_what_was_shown_and_ignored_sinks(network_of: Callable[..., Network]) -> None:
    shown = [{"a": 0, "b": 1, "status": "NOW", "on": ON}] * 4
    assert memory(network_of, shown).factor(A, B, [""] * 4) == pytest.approx([0.25, 1.0])


def test_the_much_asked_are_spared(network_of: Callable[..., Network]) -> None:
    asked = [{"a": 2, "b": k % 2, "status": "ZAP", "on": ON} for k in range(3)]
    assert memory(network_of, asked).factor(A, B, [""] * 4) == pytest.approx([1.0, 0.6])
