"""Worked out by hand: A, B, C in P1 (from 2010, to 2012); A, B in P2 (from 2011); D alone; E joins P2 in 2013."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from graphsvc.model.network import Network, table
from graphsvc.snapshot import take
from graphsvc.snapshot.filter import sizes


@pytest.fixture
def network() -> Network:
    orgs = [{"id": key, "name": f"Org {key}", "sector": "ngo", "kind": "", "territory": ""} for key in "ABCDE"]
    orgs[3]["active_from"] = date(2012, 1, 1)  # type: ignore[assignment]
    return Network(
        organisations=table("organisations", orgs),
        partnerships=table(
            "partnerships",
            [
                {"id": "P1", "starts_on": date(2010, 1, 1), "ends_on": date(2012, 1, 1)},
                {"id": "P2", "starts_on": date(2011, 1, 1)},
            ],
        ),
        memberships=table(
            "memberships",
            [{"organisation": o, "partnership": 0} for o in (0, 1, 2)]
            + [{"organisation": o, "partnership": 1} for o in (0, 1, 1)]
            + [{"organisation": 4, "partnership": 1, "since": date(2013, 1, 1)}],
        ),
    )


def ties(snapshot):
    graph = snapshot.to_networkx()
    return {(a, b): (data["weight"], data["partnerships"]) for a, b, data in graph.edges(data=True)}


def test_each_partnership_spreads_its_weight(network):
    assert ties(take(network, date(2011, 6, 1))) == {
        ("A", "B"): (0.5 + 1.0, 2),
        ("A", "C"): (0.5, 1),
        ("B", "C"): (0.5, 1),
    }


def test_a_tie_that_ended_stays_in_ever_and_leaves_active(network):
    assert ties(take(network, date(2012, 6, 1), "active")) == {("A", "B"): (1.0, 1)}
    assert len(ties(take(network, date(2012, 6, 1)))) == 3


def test_a_member_who_joins_later_counts_from_then_and_changes_the_weights(network):
    after = ties(take(network, date(2013, 1, 1), "active"))
    assert after == {("A", "B"): (0.5, 1), ("A", "E"): (0.5, 1), ("B", "E"): (0.5, 1)}


def test_organisations_count_from_their_start_or_first_partnership(network):
    assert take(network, date(2010, 1, 1)).ids == ["A", "B", "C"]
    assert take(network, date(2012, 1, 1)).ids == ["A", "B", "C", "D"]
    assert take(network).ids == ["A", "B", "C", "D", "E"]


def test_what_is_active_without_a_day_is_so_today(network):
    now = take(network, scope="active")
    assert (now.as_of, ties(now)) == (date.today(), ties(take(network, date.today(), "active")))
    assert len(ties(now)) == 3 < len(ties(take(network)))


def test_members_are_counted_once_and_on_a_day_without_who_left(network):
    """B is twice in P2; E joins it in 2013, and leaves again."""
    memberships = network.memberships.to_pylist()
    memberships[-1]["until"] = date(2014, 1, 1)
    one = replace(network, memberships=table("memberships", memberships))
    assert sizes(one).tolist() == [3, 3]
    assert [sizes(one, date(year, 6, 1)).tolist() for year in (2012, 2013, 2014)] == [[3, 2], [3, 3], [3, 2]]


def test_an_idea_has_not_begun_and_what_is_closed_is_over_where_no_day_is_known(network):
    rows = network.partnerships.to_pylist()
    rows[0] |= {"starts_on": None, "phase": "F0"}
    rows[1] |= {"phase": "FZ"}
    one, today = replace(network, partnerships=table("partnerships", rows)), date.today()
    assert ties(take(one, date(2011, 6, 1))) == {("A", "B"): (1.0, 1)}
    assert ties(take(one, date(2012, 6, 1), "active")) == {("A", "B"): (1.0, 1)}  # it came later
    assert ties(take(one, today, "active")) == {}
    assert len(ties(take(one))) == 5  # all that is on record


def test_who_plans_its_first_partnership_is_there_already(network):
    """As it was before the plan was noted; on the day of the plan its tie joins it."""
    later = date.today() + timedelta(days=30)
    table_ = network.memberships.to_pylist()
    table_[-1]["since"] = later
    planned = replace(network, memberships=table("memberships", table_))
    assert take(planned, date(2010, 1, 1)).ids == ["A", "B", "C", "E"]
    today = take(planned, date.today(), "active")
    assert (today.ids, len(ties(today))) == (["A", "B", "C", "D", "E"], 1)
    assert len(ties(take(planned, later, "active"))) == 3


def test_other_projections(network):
    day = date(2011, 6, 1)
    assert ties(take(network, day, projection="count"))[("A", "B")] == (2.0, 2)
    assert ties(take(network, day, projection="unweighted"))[("A", "B")] == (1.0, 2)


def test_graph_is_symmetric_without_loops_and_shared_is_aligned(network):
    snapshot = take(network)
    dense = snapshot.graph.to_scipy().toarray()
    assert np.array_equal(dense, dense.T)
    assert not dense.diagonal().any()
    assert len(snapshot.shared) == len(snapshot.graph.indices)
    assert snapshot.members.row(0).tolist() == [0, 1, 2]


def test_an_empty_network_has_no_ties():
    snapshot = take(Network(), date(2020, 1, 1))
    assert (snapshot.graph.rows, len(snapshot.graph.indices)) == (0, 0)
