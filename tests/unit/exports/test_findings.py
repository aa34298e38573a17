"""Tables of what measures say, of two in one partnership and a third that is alone."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from graphsvc.exports import findings
from graphsvc.kernels.cuts import parted_by_loss
from graphsvc.metrics import measure
from graphsvc.metrics.between import mixing
from graphsvc.metrics.compare import compare
from graphsvc.metrics.resilience import Loss
from graphsvc.metrics.whole import without_partner
from graphsvc.model.network import Network, table
from graphsvc.snapshot import take

DAYS = (date(2020, 6, 1), date(2021, 6, 1))


@pytest.fixture
def network():
    sectors = {"a": "ngo", "b": "business", "c": "ngo", "d": "ngo"}
    return Network(
        organisations=table(
            "organisations",
            [
                {"id": id, "name": id.upper(), "sector": sector, "territory": f"02010{n}"}
                for n, (id, sector) in enumerate(sectors.items())
            ],
        ),
        partnerships=table("partnerships", [
            {"id": "p", "starts_on": date(2020, 5, 1), "ends_on": date(2021, 5, 1)},
            {"id": "q", "starts_on": date(2021, 5, 1)},
        ]),
        memberships=table("memberships", [
            {"organisation": o, "partnership": p} for o, p in ((0, 0), (1, 0), (1, 1), (2, 1), (0, 1))
        ]),
    )  # fmt: skip


def rows(found):
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows()]


def test_roles_say_who_links_and_who_is_alone(network):
    pairs = network.memberships.filter([True, True, True, True, False])  # a - b - c, and d
    snapshot = take(replace(network, memberships=pairs))
    own = (parted_by_loss(snapshot.graph), without_partner(snapshot, snapshot), np.array([1, 3, 0]))
    found = rows(findings.roles(snapshot, measure(snapshot), *own, "en"))
    assert [r["id"] for r in found] == ["b", "d", "a"]
    assert [r["betweenness"] for r in found] == pytest.approx([1 / 3, 0, 0])
    assert [r["would_be_cut_off"] for r in found] == [1, 0, 0]
    assert [(r["partners"], r["without_a_partner"]) for r in found] == [(2, False), (0, True), (1, False)]
    assert found[0]["sector_label"] == "business"


def test_gaps_come_first_and_the_widest_before_others(network):
    snapshot = take(network)
    found = findings.gaps(mixing(snapshot, "sector"), mixing(snapshot, "territory", 6), {"020100": "Lubin"}, "en")
    sectors = [r for r in rows(found) if r["between"] == "sector"]
    assert [(r["a"], r["b"], r["ties"], r["not_connected"]) for r in sectors] == [
        ("business", "business", 0, False),  # of one alone there is no pair
        ("ngo", "ngo", 1, False),
        ("business", "ngo", 2, False),
    ]
    first = next(r for r in rows(found) if r["between"] == "powiat")
    assert (first["a"], first["a_label"], first["b_label"], first["ties"]) == ("020100", "Lubin", "Lubin", 0)
    assert found.definitions.keys() >= {"ties", "not_connected"}


def test_shares_are_of_all(network):
    found = rows(findings.robustness([Loss(0, 0.75, 0.75), Loss(1, 0.5, 0.6)], 4, "en"))
    assert found[1] == {"left": 1, "left_share": 0.25, "largest_part": 0.5, "largest_part_by_chance": 0.6}


def test_counts_over_the_years_are_whole_and_what_is_unknown_is_empty():
    found = rows(findings.trends([(DAYS[0], {"ties": 3.0, "density": float("nan")})], ("ties", "density"), "en"))
    assert found == [{"day": DAYS[0], "ties": 3, "density": None}]
    assert isinstance(found[0]["ties"], int)


def test_two_days_tell_of_the_network_of_each_organisation_and_of_ties(network):
    sides = tuple(take(network, day, "active") for day in DAYS)
    measures = tuple(measure(side) for side in sides)
    whole, each, ties = findings.change(sides, measures, compare(sides[0], measures[0], sides[1], measures[1]), "en")
    moved = {r["measure"]: (r["earlier"], r["later"], r["change"]) for r in rows(whole)}
    assert moved["ties"] == (1, 3, 2)
    found = {r["id"]: r for r in rows(each)}
    assert {id: r["change"] for id, r in found.items()} == {"a": "stayed", "b": "stayed", "c": "joined", "d": "stayed"}
    assert [found["a"][f"partners_{when}"] for when in ("earlier", "later", "change")] == [1, 2, 1]
    assert [found["c"][f"partners_{when}"] for when in ("earlier", "later", "change")] == [None, 2, None]
    assert found["d"]["constraint_later"] is None
    assert "community_later" not in each.columns
    assert [(r["a"], r["b"], r["change"]) for r in rows(ties)] == [("a", "c", "began"), ("b", "c", "began")]
