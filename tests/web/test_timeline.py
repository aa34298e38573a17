"""An organisation's partnerships in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graphsvc_web import timeline

from graphsvc.model.network import table
from graphsvc.snapshot import take
from tests.unit.suggest.conftest import make


def test_days_are_those_of_the_organisation_in_it() -> None:
    left, back = date(2012, 5, 1), date(2014, 1, 1)
    network = make([(date(2010, 1, 1), (0, 1)), (date(2011, 1, 1), (0, 2))], 3)
    rows = [
        {"organisation": 0, "partnership": 0, "role": "LID", "until": left},
        {"organisation": 0, "partnership": 0, "role": "PAR", "since": back},
        {"organisation": 1, "partnership": 0, "role": "PAR"},
        {"organisation": 0, "partnership": 1, "role": "PAR"},
        {"organisation": 2, "partnership": 1, "role": "PAR"},
    ]
    found = timeline.of_organisation(take(replace(network, memberships=table("memberships", rows))), 0)
    assert [(b.id, b.role, b.starts_on, b.ends_on, b.members) for b in found.bars] == [
        ("p0", "PAR", back, None, 2),
        ("p1", "PAR", date(2011, 1, 1), None, 2),
        ("p0", "LID", date(2010, 1, 1), left, 2),
    ]
