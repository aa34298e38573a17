"""The order of what the animator's pages ask of the graph."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from graphsvc.store.animation import Animation

DAY = date(2026, 10, 31)


class Answer(dict[str, Any]):
    """A row as the driver gives it."""

    def data(self) -> dict[str, Any]:
        return self


class Told:
    """A store that gives the same rows whatever is asked."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self.rows = rows

    def read(self, _name: str, **_params: Any) -> Iterator[Answer]:
        return map(Answer, self.rows)


def ask(*rows: dict[str, Any]) -> Animation:
    return Animation(Told(*rows))  # type: ignore[arg-type]


def test_names_come_in_polish_order_within_what_an_overview_orders_by() -> None:
    places = [(1, "Zator", "A"), (1, "Łąck", "B"), (1, "Łąck", "C"), (0, "Brudzeń", "A"), (0, "Błonie", "A")]
    places += [(0, "Błędów", "A")]
    rows = [{"gap": gap, "need": 1, "territory_name": name, "area": area} for gap, name, area in places]
    found = [(r["territory_name"], r["area"]) for r in ask(*rows).demand(DAY)]
    assert found == [("Łąck", "B"), ("Łąck", "C"), ("Zator", "A"), ("Błędów", "A"), ("Błonie", "A"), ("Brudzeń", "A")]


def test_both_sides_of_a_tie_come_in_polish_order() -> None:
    rows = [{"a_name": a, "b_name": b} for a, b in (("Zebra", "Koło"), ("Łoś", "Żuk"), ("Łoś", "Źrebak"), ("łan", "Ż"))]
    assert [(r["a_name"], r["b_name"]) for r in ask(*rows).survey_ties("r")] == [
        ("łan", "Ż"),
        ("Łoś", "Źrebak"),
        ("Łoś", "Żuk"),
        ("Zebra", "Koło"),
    ]
