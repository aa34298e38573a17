"""Ids that never change, and the rules that records share."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from pydantic import ValidationError

from graphsvc.i18n import msg
from graphsvc.model.base import NAMESPACE, in_order, needed, stable_id
from graphsvc.model.meetings import Contact, Meeting
from graphsvc.model.organisations import Status


def test_the_same_parts_give_the_same_id_and_others_another() -> None:
    assert stable_id("row", "a", "b") == str(uuid.uuid5(NAMESPACE, "row\x1fa\x1fb"))
    assert stable_id("row", "a", "b") != stable_id("row", "ab")
    assert stable_id("row", "a", "b") != stable_id("row", "b", "a")


def test_a_new_record_has_an_id_of_its_own_and_no_version() -> None:
    one, other = (Meeting(name="M", held_on=date(2026, 1, 1)) for _ in range(2))
    assert one.id != other.id
    assert uuid.UUID(one.id).version == 4
    assert (one.version, one.source) == (0, None)


def test_a_record_is_frozen_and_takes_no_unknown_field() -> None:
    one = Contact(organisation="o", held_on=date(2026, 1, 1))
    with pytest.raises(ValidationError):
        one.note = "x"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Contact.model_validate({"organisation": "o", "held_on": date(2026, 1, 1), "colour": "red"})


@pytest.mark.parametrize(
    ("since", "until", "broken"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), True),
        (date(2026, 1, 1), date(2026, 1, 1), False),
        (None, date(2026, 1, 1), False),
        (date(2026, 1, 1), None, False),
    ],
)
def test_an_end_is_not_before_its_start(since: date | None, until: date | None, broken: bool) -> None:
    found = list(in_order(Status(code="PS", since=since, until=until), "since", "until"))
    assert [rule.field for rule in found] == (["until"] if broken else [])
    moved = list(in_order(Status(code="PS", since=since, until=until), "since", "until", "statuses"))
    assert [rule.field for rule in moved] == (["statuses"] if broken else [])


@pytest.mark.parametrize(("value", "broken"), [("", True), (None, True), ((), True), ("x", False), (("x",), False)])
def test_what_is_needed_is_not_empty(value: object, broken: bool) -> None:
    assert len(list(needed(value, "field", msg("Fill it in.")))) == int(broken)
