"""Who runs the service."""

from __future__ import annotations

from datetime import date

from graphsvc.model.operator import Operator


def test_an_operator_knows_what_is_missing() -> None:
    said = Operator("A", "https://a.example", "B", "b@a.example", "", "here", date(2026, 1, 5))
    assert said.missing() == ("phone", "drawn_up")
