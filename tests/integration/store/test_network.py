from __future__ import annotations

from datetime import date

import pytest

from graphsvc.model.base import stable_id
from graphsvc.model.columns import to_network
from graphsvc.model.network import SCHEMAS
from graphsvc.model.organisations import Need, Offer, Organisation, Status
from graphsvc.model.partnerships import Member
from graphsvc.store import importing, network
from graphsvc.store.driver import Store
from graphsvc.store.network_changes import updated
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


def test_what_an_organisation_has_several_of_stays_in_its_order(store: Store) -> None:
    """Also where the same is there twice; read as a whole and of one that changed."""
    records, place = Records(store), sample.TERRITORY
    needs = [("TRA", 2021, 2022), ("OPI", 2020, 2021), ("TRA", 2023, None), ("OPI", 2019, 2020)]
    values = {
        "needs": tuple(Need(code=c, since=date(a, 1, 1), met_on=date(b, 1, 1) if b else None) for c, a, b in needs),
        "offers": tuple(Offer(code=c, since=date(a, 1, 1), until=date(b, 1, 1) if b else None) for c, a, b in needs),
        "statuses": (Status(code="PS"), Status(code="OPP"), Status(code="LGD")),
        "territory": place.code,
    }
    one = Organisation(name="Jedna", sector="ngo", **values)
    kept = records.save_many([place, one], by="ala")[1]
    expected, read = to_network([place, kept]), network.read_network(store)
    fresh = updated(store, read, [one.id])

    for name in ("organisations", "needs", "offers"):
        assert getattr(read, name).equals(getattr(expected, name)), name
        assert getattr(fresh, name) is getattr(read, name), name
