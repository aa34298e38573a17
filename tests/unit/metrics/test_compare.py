from datetime import date

import pytest

from graphsvc.metrics import measure
from graphsvc.metrics.compare import compare, two_days
from graphsvc.snapshot import take
from graphsvc.snapshot.filter import last_day


def test_compare_two_years(network):
    earlier, later = take(network, date(2010, 6, 1)), take(network, date(2012, 6, 1))
    change = compare(earlier, measure(earlier), later, measure(later))
    assert (change.joined, change.left) == ([], [])
    assert change.began == [("B", "C"), ("D", "E"), ("D", "F"), ("E", "F")]
    assert change.ended == []
    assert change.moved["partners"] == {"A": 0, "B": 1, "C": 1, "D": 2, "E": 2, "F": 2, "G": 0}
    assert change.network["ties"] == 4
    assert "community" not in change.moved


def test_the_other_way_round_ties_end(network):
    earlier, later = take(network, date(2011, 6, 1)), take(network, date(2010, 6, 1))
    change = compare(earlier, measure(earlier), later, measure(later))
    assert change.ended == [("B", "C")]
    assert change.moved["constraint"] == {"A": 0, "B": pytest.approx(0.5)}


def test_the_days_that_are_compared(network):
    assert two_days(network, date(2010, 1, 1), date(2012, 1, 1)) == (date(2010, 1, 1), date(2012, 1, 1))
    assert two_days(network, date(2012, 2, 29), None) == (date(2011, 2, 28), date(2012, 2, 29))
    assert two_days(network, date(1, 2, 3), None) == (date.min, date(1, 2, 3))
    earlier, later = two_days(network, None, None)
    assert (later, earlier) == (last_day(network), later.replace(year=later.year - 1))
