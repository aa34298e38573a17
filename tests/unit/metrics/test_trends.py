from datetime import date

from graphsvc.metrics.trends import year_ends
from graphsvc.model.network import Network


def test_year_ends_span_the_history(network):
    assert year_ends(network) == [date(2010, 12, 31), date(2011, 12, 31), date(2012, 12, 31)]
    assert year_ends(Network()) == []
