from datetime import date

from graphsvc.metrics.trends import trend, year_ends
from graphsvc.model.network import Network


def test_year_ends_span_the_history(network):
    assert year_ends(network) == [date(2010, 12, 31), date(2011, 12, 31), date(2012, 12, 31)]
    assert year_ends(network, date(2011, 3, 1)) == [date(2010, 12, 31), date(2011, 12, 31)]
    assert year_ends(Network()) == []


def test_ties_grow_year_by_year(network):
    points = trend(network, year_ends(network), "ever")
    assert [p.measures.network["ties"] for p in points] == [1, 2, 5]
