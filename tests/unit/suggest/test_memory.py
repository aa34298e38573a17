from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from graphsvc.i18n import Day
from graphsvc.model.network import Network
from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.memory import Memory

A, B = np.array([0, 2]), np.array([1, 3])
ON = date(2020, 1, 1)


def memory(network_of: Callable[..., Network], rows: list[dict[str, object]], **more: Any) -> Memory:
    return Memory(Attributes(network_of([], 4, outreach=rows, **more)), day(date(2020, 2, 1)))


@pytest.mark.parametrize("status", ["ODR", "ODL"])
def test_without_a_day_a_no_is_for_a_year(network_of: Callable[..., Network], status: str) -> None:
    """The memory is of 31 January 2020, a year after 31 January 2019."""
    refused = {"a": 1, "b": 0, "status": status, "reason": "CZA"}
    for on, allowed in ((date(2019, 1, 31), True), (date(2019, 2, 1), False), (ON, False)):
        assert memory(network_of, [refused | {"on": on}]).allowed(A, B).tolist() == [allowed, True]
    told = [str(m) for m in memory(network_of, [refused | {"on": ON}]).against(0, 1)]
    assert told[-1] == "It is not to be suggested before 31 December 2020."
    assert told[:-1] == (["This was declined before."] if status == "ODR" else [])


def test_a_refusal_of_which_no_day_is_known_is_for_good(network_of: Callable[..., Network]) -> None:
    refused = {"a": 1, "b": 0, "status": "ODR", "on": None}
    assert memory(network_of, [refused]).allowed(A, B).tolist() == [False, True]
    assert memory(network_of, [refused | {"status": "ODL"}]).allowed(A, B).tolist() == [True, True]


def test_what_was_shown_and_ignored_sinks(network_of: Callable[..., Network]) -> None:
    shown = [{"a": 0, "b": 1, "status": "NOW", "on": ON}] * 4
    assert memory(network_of, shown).factor(A, B) == pytest.approx([0.25, 1.0])


def test_what_was_suggested_before_a_decision_was_not_ignored(network_of: Callable[..., Network]) -> None:
    shown = [{"a": 0, "b": 1, "status": "NOW", "on": day} for day in (ON - timedelta(9), ON - timedelta(8), None)]
    talked = {"a": 1, "b": 0, "status": "ZAP", "on": ON - timedelta(7)}
    again = {"a": 0, "b": 1, "status": "SPR", "on": ON}
    assert memory(network_of, shown).factor(A, B)[0] == 0.5
    assert memory(network_of, [*shown, talked, again]).factor(A, B)[0] == 1.0
    assert memory(network_of, [*shown, talked, again, again, again]).factor(A, B)[0] == 0.5


def test_the_much_asked_are_spared(network_of: Callable[..., Network]) -> None:
    asked = [{"a": 2, "b": k, "status": "ZAP", "on": ON} for k in (0, 1, 3)]
    assert memory(network_of, asked).factor(A, B) == pytest.approx([1.0, 0.6])


def test_asked_is_who_was_spoken_with_once_for_each_conversation(network_of: Callable[..., Network]) -> None:
    """A no for want of time is what they said; that they are too far apart may be what the animator thinks, unless
    somebody talked; and what is to be checked was said to nobody."""
    times = {
        ("CZA", False, "ODR", "ODR"): 3,
        ("OBC", False, "ODL", "ODL"): 3,
        ("DAL", False, "ODR", "ODR"): 0,
        ("DAL", True, "ODR", "ODR"): 3,
        ("", False, "SPR", "NOW"): 0,
        ("", True, "SPR", "NOW"): 0,
        ("DAL", False, "ZAP", "ODR"): 3,
    }
    for (reason, talked, first, then), count in times.items():
        one = {"a": 2, "reason": reason, "talked": talked, "on": ON}
        rows = [one | {"b": b, "status": status} for b in (0, 1, 3) for status in (first, then)]
        assert memory(network_of, rows).asked.get(2, 0) == count


def test_support_centres_come_later_as_they_work_with_everybody(network_of: Callable[..., Network]) -> None:
    found = memory(network_of, [], of={3: {"sector": "support_centre", "name": "OWES"}})
    assert found.factor(A, B) == pytest.approx([1.0, 0.2])
    assert [str(m) for m in found.against(2, 3)] == [
        "OWES is a support centre, which works with everybody by its task."
    ]


def test_who_is_being_talked_with_is_not_suggested_again(network_of: Callable[..., Network]) -> None:
    talking = {"a": 2, "b": 3, "status": "ZAP", "on": ON}
    assert memory(network_of, [talking]).allowed(A, B).tolist() == [True, False]
    old = talking | {"on": date(2019, 1, 1)}
    assert memory(network_of, [old]).allowed(A, B).tolist() == [True, True]


def test_a_conversation_is_told_of_unless_something_was_decided_since(network_of: Callable[..., Network]) -> None:
    talking = {"a": 1, "b": 0, "status": "ZAP", "on": date(2019, 3, 1)}
    begun = "A conversation about it began on 1 March 2019."
    assert [str(m) for m in memory(network_of, [talking]).against(0, 1)] == [begun]
    assert Day("2019-03-01").render("pl") == "1 marca 2019"
    declined = {"a": 0, "b": 1, "status": "ODR", "on": date(2019, 3, 2), "until": date(2020, 1, 1)}
    assert [str(m) for m in memory(network_of, [declined, talking]).against(0, 1)] == ["This was declined before."]
    assert memory(network_of, [talking]).against(0, 2) == ()


def test_who_is_talked_with_is_what_the_newest_decision_says(network_of: Callable[..., Network]) -> None:
    """Put off after the conversation of the same day, which is written later; then talked with again."""
    talking, until = {"a": 2, "b": 3, "status": "ZAP", "on": ON}, date(2020, 3, 1)
    put_off = talking | {"status": "ODL", "until": until}
    found = memory(network_of, [talking, put_off])
    assert found.talked_with(A, B).tolist() == [False, False]
    assert found.allowed(A, B).tolist() == [True, False]
    assert [str(m) for m in found.against(2, 3)] == ["It is not to be suggested before 1 March 2020."]
    again = memory(network_of, [talking, put_off, talking, talking | {"status": "NOW"}])
    assert again.talked_with(A, B).tolist() == [False, True]


def test_a_refusal_ends_on_its_day(network_of: Callable[..., Network]) -> None:
    refused = {"a": 0, "b": 1, "status": "ODR", "on": ON}
    later, past = date(2020, 2, 1), date(2020, 1, 31)  # the memory is of 31 January
    assert memory(network_of, [refused | {"until": later}]).allowed(A, B).tolist() == [False, True]
    assert memory(network_of, [refused | {"until": past}]).allowed(A, B).tolist() == [True, True]


def test_a_pair_rests_to_the_last_day_that_was_named(network_of: Callable[..., Network]) -> None:
    """Declined until 2030, then put off until March: the day that is told is the one that is kept to."""
    refused = {"a": 0, "b": 1, "status": "ODR", "on": date(2019, 1, 1), "until": date(2030, 1, 1)}
    later = {"a": 1, "b": 0, "status": "ODL", "on": ON, "until": date(2020, 3, 1)}
    found = memory(network_of, [refused, later])
    assert found.allowed(A, B).tolist() == [False, True]
    assert str(found.against(0, 1)[-1]) == "It is not to be suggested before 1 January 2030."


def test_kinds_refused_three_times_as_unfit_sink_but_not_for_want_of_time(network_of: Callable[..., Network]) -> None:
    kinds = {k: {"kind": ("SZK", "PRY")[k % 2]} for k in range(4)}
    rows = [{"a": 0, "b": k, "status": "ODR", "reason": "ROZ", "on": date(2019, 1, 1)} for k in (1, 3, 1)]
    found = memory(network_of, rows, of=kinds)
    assert found.factor(A, B) == pytest.approx([0.25, 0.25])  # 1 - 3 / (3 + 1)
    assert [str(m) for m in found.against(3, 2)] == [
        "Of suggestions for such kinds of organisations 3 of 3 were declined as not fitting."
    ]
    assert memory(network_of, rows).factor(A, B) == pytest.approx([1.0, 1.0])  # of no known kind
    for reason in ("CZA", "DAL", ""):
        other = [row | {"reason": reason} for row in rows]
        assert memory(network_of, other, of=kinds).factor(A, B) == pytest.approx([1.0, 1.0])
        found = memory(network_of, [*rows, *other], of=kinds)
        assert any("3 of 6 were declined as not fitting" in str(m) for m in found.against(3, 2))


def test_pairs_as_far_apart_as_those_refused_for_that_sink(network_of: Callable[..., Network]) -> None:
    """A degree of latitude is 111 km."""
    rows = [{"a": 0, "b": 1, "status": "ODR", "reason": "DAL", "on": date(2019, 1, 1)}] * 3
    places = {k: {"lat": north, "lon": 16.0} for k, north in enumerate((51.0, 52.0, 53.0, 53.9))}
    found = memory(network_of, rows, of=places)
    assert found.factor(A, B) == pytest.approx([0.5, 1.0])  # 111 km as those refused, and 100 km
    assert [str(m) for m in found.against(0, 2)] == ["Pairs no farther apart than these were declined as too far."]
    assert found.against(2, 3) == ()


def test_no_distance_is_too_far_that_others_work_across(network_of: Callable[..., Network]) -> None:
    """111 km were too far for three pairs, but half of those who took a suggestion up are 333 km apart: nothing is
    learnt, and nobody is told that such pairs were declined."""
    refused = [{"a": 0, "b": 1, "status": "ODR", "reason": "DAL", "on": ON, "until": ON}] * 3
    places = {k: {"lat": north, "lon": 16.0} for k, north in enumerate((51.0, 52.0, 54.0))}
    found = memory(network_of, [*refused, {"a": 0, "b": 2, "status": "PRZ", "on": ON}], of=places)
    assert found.too_far == np.inf
    assert found.against(1, 2) == ()
    one = [*refused, {"a": 0, "b": 2, "status": "PRZ", "on": ON}, {**refused[0], "a": 1, "b": 3}]
    places[3] = {"lat": 56.0, "lon": 16.0}
    assert memory(network_of, one, of=places).too_far == pytest.approx(333.6, abs=0.5)  # 445 km were declined too


def test_who_says_they_are_asked_too_often_is_spared(network_of: Callable[..., Network]) -> None:
    tired = {"a": 0, "b": 2, "status": "ODR", "reason": "OBC", "on": ON}
    found = memory(network_of, [tired])
    assert found.factor(A, B) == pytest.approx([0.6, 0.6])
    assert str(found.spared(0)) == "Organisation 0, or the one it was to meet, said that they are asked too often."
    assert found.spared(1) is None
