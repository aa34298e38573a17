from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from graphsvc.metrics import measure
from graphsvc.metrics.compare import compare
from graphsvc.metrics.position import positions
from graphsvc.snapshot import take
from tests.unit.suggest.conftest import make


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


def test_sums_that_differ_in_their_last_digits_are_equal():
    snapshot = take(make([(date(2010, 1, 1), of) for of in ((0, 1, 2, 3), (4, 5))], 6))
    plain = measure(snapshot)
    strength = plain.organisations["weighted_degree"]
    noisy = replace(
        plain, organisations=dict(plain.organisations) | {"weighted_degree": strength + 1e-15 * np.arange(6)}
    )
    told = [{p.measure: p.among_all for p in positions(snapshot, noisy, row)} for row in range(6)]
    assert [t["weighted_degree"] for t in told] == [0.5] * 6
    assert set(compare(snapshot, plain, snapshot, noisy).moved["weighted_degree"].values()) == {0.0}
    assert strength.tolist() == [1.0] * 6
