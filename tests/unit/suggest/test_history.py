from __future__ import annotations

from datetime import date

from graphsvc.model.network import Network
from graphsvc.snapshot.filter import day
from graphsvc.suggest.history import OLDEST, History, end_of
from tests.unit.suggest.conftest import make


def test_pairs_meet_on_the_day_of_their_first_partnership(path_network: Network) -> None:
    meetings = History.of(path_network).meetings
    assert list(zip(meetings.a.tolist(), meetings.b.tolist(), strict=True)) == [(0, 1), (1, 2), (2, 3)]
    assert meetings.first.tolist() == [day(date(2010, 1, 1)), day(date(2011, 1, 1)), day(date(2012, 1, 1))]


def test_the_past_ends_before_its_day(path_network: Network) -> None:
    history = History.of(path_network)
    assert history.until(day(date(2011, 1, 1))).known.tolist() == [0, 1]
    assert history.until(end_of(date(2011, 1, 1))).known.tolist() == [0, 1, 2]
    assert history.until(end_of(None)).known.tolist() == [0, 1, 2, 3]


def test_age_is_counted_from_the_day_asked_about(path_network: Network) -> None:
    past = History.of(path_network).until(day(date(2012, 1, 1)))
    assert past.age[:2].round(2).tolist() == [2.0, 1.0]


def test_of_an_unknown_day_the_age_is_the_highest_unless_no_day_is_known() -> None:
    some, none = (
        History.of(make([(None, (0, 1)), (other, (1, 2))], 3)).until(end_of(None)) for other in (date(2011, 1, 1), None)
    )
    assert some.age[0] == OLDEST
    assert none.age.tolist() == [0, 0]
