"""A (ngo, 0201) and B (business, 020101) share P1 (theme t1, CSR); B and C (ngo, 14) share P2 (theme t2)."""

import pytest

from graphsvc.model.network import Network, table
from graphsvc.snapshot.choose import below, choose


@pytest.fixture
def network() -> Network:
    orgs = [("A", "ngo", "0201"), ("B", "business", "020101"), ("C", "ngo", "14")]
    territories = [("02", ""), ("0201", "02"), ("020101", "0201"), ("14", "")]
    return Network(
        organisations=table("organisations", [{"id": i, "name": i, "sector": s, "territory": t} for i, s, t in orgs]),
        partnerships=table(
            "partnerships",
            [{"id": "P1", "themes": ["t1"], "kind": "BIZ"}, {"id": "P2", "themes": ["t2"], "kind": "LOK"}],
        ),
        memberships=table(
            "memberships", [{"organisation": o, "partnership": p} for o, p in [(0, 0), (1, 0), (1, 1), (2, 1)]]
        ),
        needs=table("needs", [{"organisation": 2, "area": "US01"}, {"territory": "14", "area": "US02"}]),
        deliveries=table("deliveries", [{"organisation": 0, "territory": "02", "area": "US03"}]),
        territories=table("territories", [{"code": c, "parent": p} for c, p in territories]),
    )  # fmt: skip


def ids(network: Network) -> list[str]:
    return network.organisations["id"].to_pylist()


def test_no_filter_leaves_the_network_as_it_is(network):
    assert choose(network) is network


def test_sector_keeps_its_organisations_and_renumbers(network):
    chosen = choose(network, sectors=["ngo"])
    assert ids(chosen) == ["A", "C"]
    assert chosen.memberships["organisation"].to_pylist() == [0, 1]
    assert chosen.needs["organisation"].to_pylist() == [1, None]


def test_a_territory_means_all_below_it(network):
    assert below(network, ["02"]) == ["02", "0201", "020101"]
    assert ids(choose(network, territories=["02"])) == ["A", "B"]


def test_partnerships_of_nobody_chosen_are_left_out(network):
    """C is in P2 only."""
    assert choose(network, territories=["14"]).partnerships["id"].to_pylist() == ["P2"]
    assert choose(network, sectors=["ngo"]).partnerships["id"].to_pylist() == ["P1", "P2"]


def test_theme_and_kind_keep_members_of_their_partnerships(network):
    assert ids(choose(network, themes=["t2"])) == ["B", "C"]
    assert ids(choose(network, kinds=["BIZ"])) == ["A", "B"]
    assert choose(network, themes=["t2"]).partnerships["id"].to_pylist() == ["P2"]


def test_a_service_keeps_who_needs_offers_or_delivers_it(network):
    assert ids(choose(network, services=["US01"])) == ["C"]
    assert ids(choose(network, services=["US02"])) == []
    assert ids(choose(network, services=["US03"])) == ["A"]


def test_kind_and_phase(network):
    assert ids(choose(network, organisation_kinds=["GMI"])) == []
    assert ids(choose(network, phases=["F4"])) == []


def test_filters_that_match_nothing_give_an_empty_network(network):
    chosen = choose(network, sectors=["school"], themes=["t1"])
    assert (chosen.organisations.num_rows, chosen.memberships.num_rows) == (0, 0)
