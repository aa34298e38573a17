"""Two organisations in one partnership; the names are what spreadsheets trip over."""

from datetime import date

import pytest

from graphsvc.exports.provenance import Provenance
from graphsvc.model.network import Network, table
from graphsvc.snapshot import Snapshot, take


@pytest.fixture
def snapshot() -> Snapshot:
    orgs = [
        {"id": "a", "name": "=HYPERLINK(1)", "sector": "ngo", "kind": "", "territory": "0201"},
        {"id": "b", "name": "Łódź, \"Żagiel\"", "sector": "business", "kind": "", "territory": ""},
    ]  # fmt: skip
    return take(
        Network(
            organisations=table("organisations", orgs),
            partnerships=table("partnerships", [{"id": "p", "name": "Umowa", "starts_on": date(2020, 5, 1)}]),
            memberships=table("memberships", [{"organisation": o, "partnership": 0, "role": "PAR"} for o in (0, 1)]),
        ),
        date(2021, 1, 1),
    )


@pytest.fixture
def provenance(snapshot: Snapshot) -> Provenance:
    return Provenance.of(snapshot)
