from __future__ import annotations

from datetime import date

import pytest

from graphsvc.model.base import stable_id
from graphsvc.model.columns import to_network
from graphsvc.model.network import SCHEMAS
from graphsvc.model.partnerships import Member
from graphsvc.store import importing, network
from graphsvc.store.driver import Store
from graphsvc.store.records import Records
from tests.integration.store import sample


def test_an_empty_database_is_an_empty_network(store: Store) -> None:
    read = network.read_network(store)
    assert all(getattr(read, name).num_rows == 0 for name in SCHEMAS)


@pytest.mark.parametrize("chunk", [2, 1000])
def test_equal_to_the_records_one_by_one(store: Store, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    for size in ("NODES_AT_ONCE", "LINKS_AT_ONCE", "LINKS_IN_PIECE"):
        monkeypatch.setattr(network, size, chunk)
    plan = sample.circle(10, 7)
    special = sample.partnership(99, [1, 2]).model_copy(
        update={
            "members": (
                Member(id=stable_id("org", "1"), role="LID", since=date(2010, 5, 1)),
                Member(id=stable_id("org", "2"), until=date(2011, 5, 1)),
            ),
            "themes": ("t1", "t2"),
            "ends_on": date(2015, 1, 1),
        }
    )
    importing.write(store, sample.plan([*plan.partnerships, special], list(plan.organisations.values())))
    records = Records(store)
    by_id = [sorted(records.all(label), key=lambda r: r.id) for label in ("Territory", "Organisation", "Partnership")]
    expected = to_network(r for part in by_id for r in part)
    read = network.read_network(store)

    assert read.organisations.equals(expected.organisations)
    assert read.partnerships.equals(expected.partnerships)
    assert read.territories.equals(expected.territories)
    order = [("partnership", "ascending"), ("organisation", "ascending")]
    assert read.memberships.equals(expected.memberships.sort_by(order))
    assert read.memberships.num_rows == plan.membership_count + 2
