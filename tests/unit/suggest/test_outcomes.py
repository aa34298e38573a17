from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graphsvc.model.network import Network
from graphsvc.model.suggested import Past, Shown
from graphsvc.suggest.history import History
from graphsvc.suggest.outcomes import outcomes
from tests.unit.suggest.conftest import make

TODAY = date(2020, 1, 1)


def past(a: str, b: str, status: str, on: date) -> Past:
    return Past(f"{a}{b}{on}", a, b, status, on, "ola", "", "", "", None, None, None)


def shown(a: str, b: str, on: date, times: int = 1) -> Shown:
    return Shown(a, b, times, 0, on, on, ("ola",), times)


def test_a_partnership_counts_if_it_came_after_the_suggestion(path_network: Network) -> None:
    """0–1 met in 2010, 1–2 in 2011, 2–3 in 2012."""
    early, late = date(2010, 6, 1), date(2015, 1, 1)
    decisions = [past("o1", "o2", "ZAP", early), past("o0", "o1", "ODR", early), past("o2", "o3", "ZAP", late)]
    found = outcomes(History.of(path_network), [f"o{k}" for k in range(5)], decisions, [], TODAY)
    assert [o.formed for o in found.all] == [date(2011, 1, 1), None, None]
    assert found.precision == pytest.approx(1 / 3)


def test_the_partnership_that_a_decision_names_is_what_became_of_it() -> None:
    """The two had met in 2010 already; what came of the suggestion is their second partnership, of 2011."""
    history = History.of(make([(date(2010, 1, 1), (0, 1)), (date(2011, 1, 1), (0, 1, 2))], 3))
    decided = past("o0", "o1", "PRZ", date(2010, 6, 1))
    named = [replace(decided, partnership=name) for name in ("p1", "gone")]
    of = [outcomes(history, ["o0", "o1", "o2"], [one], [], TODAY).all[0] for one in named]
    assert [(o.partnership, o.formed) for o in of] == [("p1", date(2011, 1, 1)), (None, None)]


def test_the_newest_decision_counts_and_what_was_only_shown_follows(path_network: Network) -> None:
    day = date(2015, 1, 1)
    decisions = [
        past("o0", "o4", "ODR", day),
        past("o0", "o4", "ZAP", date(2014, 1, 1)),
        past("gone", "o1", "ODR", day),
        past("o1", "o3", "ODL", day),
    ]
    looked_at = [shown("o1", "o4", day), shown("o3", "o4", day, 5), shown("o0", "o4", date(2013, 1, 1))]
    found = outcomes(History.of(path_network), [f"o{k}" for k in range(5)], decisions, looked_at, TODAY)
    assert [(o.a, o.b) for o in found.all] == [(0, 4), (1, 3), (3, 4), (1, 4)]
    assert found.all[0].first_on == date(2013, 1, 1)
    assert found.counts == {"suggested": 4, "taken_up": 0, "declined": 1, "put_off": 1, "formed": 0, "undecided": 2}


def test_a_decision_of_before_the_partnership_counts_whatever_was_written_down_after_it(path_network: Network) -> None:
    """1–2 met in 2011: invited in 2010, and noted as accepted in 2012."""
    decisions = [past("o1", "o2", "PRZ", date(2012, 1, 1)), past("o1", "o2", "ZAP", date(2010, 6, 1))]
    (one,) = outcomes(History.of(path_network), [f"o{k}" for k in range(5)], decisions, [], TODAY).all
    assert (one.status, one.first_on, one.formed) == ("PRZ", date(2010, 6, 1), date(2011, 1, 1))


def test_what_is_written_down_as_new_is_not_decided_about(path_network: Network) -> None:
    day = date(2015, 1, 1)
    decisions = [past("o0", "o4", "NOW", day), past("o1", "o3", "ODR", day)]
    found = outcomes(History.of(path_network), [f"o{k}" for k in range(5)], decisions, [], TODAY)
    assert found.counts == {"suggested": 2, "taken_up": 0, "declined": 1, "put_off": 0, "formed": 0, "undecided": 1}
    assert found.precision == 0


def test_nothing_suggested_has_no_precision(path_network: Network) -> None:
    assert outcomes(History.of(path_network), [], [], [], TODAY).precision is None


def test_a_partnership_that_is_yet_to_begin_is_planned_and_none_that_formed(path_network: Network) -> None:
    """1–2 meet on 2011-01-01, which is to come."""
    found = outcomes(
        History.of(path_network),
        [f"o{k}" for k in range(5)],
        [past("o1", "o2", "ZAP", date(2010, 6, 1))],
        [],
        date(2010, 9, 1),
    )
    assert [(o.formed, o.planned) for o in found.all] == [(None, date(2011, 1, 1))]
    assert (found.counts["formed"], found.precision) == (0, 0)


def test_a_partnership_of_others_is_not_what_became_of_the_two(path_network: Network) -> None:
    """p1 is of 1 and 2."""
    one = replace(past("o0", "o4", "PRZ", date(2010, 6, 1)), partnership="p1")
    (found,) = outcomes(History.of(path_network), [f"o{k}" for k in range(5)], [one], [], TODAY).all
    assert (found.partnership, found.formed) == (None, None)


def test_a_no_without_a_day_rests_for_a_year(path_network: Network) -> None:
    day = date(2015, 1, 1)
    decisions = [past("o0", "o4", "ODR", day), replace(past("o1", "o3", "ODL", day), until=date(2015, 3, 1))]
    decisions.append(past("o1", "o4", "ZAP", day))
    found = outcomes(History.of(path_network), [f"o{k}" for k in range(5)], decisions, [], TODAY)
    assert [o.rests_until for o in found.all] == [date(2016, 1, 1), date(2015, 3, 1), None]


def test_a_pair_rests_to_the_last_day_that_was_named(path_network: Network) -> None:
    """Put off for a month after it was declined for two years; what is being talked about rests for no day."""
    no = replace(past("o0", "o4", "ODR", date(2015, 1, 1)), until=date(2017, 1, 1))
    later = replace(past("o0", "o4", "ODL", date(2015, 2, 1)), until=date(2015, 3, 1))
    ids = [f"o{k}" for k in range(5)]
    for decisions, day in (([later, no], date(2017, 1, 1)), ([past("o0", "o4", "ZAP", date(2015, 2, 1)), no], None)):
        (found,) = outcomes(History.of(path_network), ids, decisions, [], TODAY).all
        assert found.rests_until == day
