"""Who runs the service, in a real database."""

from __future__ import annotations

from datetime import date

from graphsvc.model.operator import Operator
from graphsvc.store.driver import Store
from graphsvc.store.operators import Operators


def test_what_is_said_is_kept_with_what_was_said_before(store: Store) -> None:
    operators, first = Operators(store), Operator(name="Stowarzyszenie Żuraw", published=date(2026, 1, 5))
    assert operators.load() == operators.before() == Operator()
    operators.save(first, "a1")
    assert operators.load() == first
    assert operators.before() == Operator()
    operators.save(Operator(name="Fundacja"), "a1")
    assert operators.load().name == "Fundacja"
    assert operators.before() == first
