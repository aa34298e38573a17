import pytest

from graphsvc.metrics import measure
from graphsvc.metrics.position import positions
from graphsvc.snapshot import take


def test_position_among_all_in_sector_and_in_territory(network):
    snapshot = take(network)
    by_measure = {p.measure: p for p in positions(snapshot, measure(snapshot), snapshot.index["B"])}
    # partners 2; others 1, 1, 2, 2, 2, 0: three lower, three equal
    partners = by_measure["partners"]
    assert partners.among_all == pytest.approx((3 + 1.5) / 6)
    assert partners.in_sector is None
    assert partners.in_territory == 1.0
    assert "community" not in by_measure


def test_a_measure_without_a_value_has_no_position(network):
    snapshot = take(network)
    names = [p.measure for p in positions(snapshot, measure(snapshot), snapshot.index["G"])]
    assert "constraint" not in names
    assert "partners" in names
