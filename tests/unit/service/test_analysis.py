from dataclasses import replace
from datetime import date

import pytest

from graphsvc import metrics
from graphsvc.metrics.resilience import Loss, Robustness
from graphsvc.model.network import Network, table
from graphsvc.service.analysis import Analysis
from graphsvc.snapshot import take
from graphsvc.snapshot.choose import choose

STARTS = [date(2020, 5, 1), date(2021, 5, 1), date(2021, 6, 1)]
PARTNERSHIPS = [{"id": f"p{n}", "starts_on": day} for n, day in enumerate(STARTS)]
MEMBERS = [(0, 0), (1, 0), (1, 1), (2, 1), (3, 2), (2, 2)]
"""a - b in 2020; b - c and c - d in 2021; e is alone."""


class Core:
    """The network a - b - c - d, and e."""

    def __init__(self) -> None:
        places = ["0201", "0201", "0202", "0203", "0204"]
        self.network = Network(
            organisations=table(
                "organisations",
                [{"id": id, "sector": "ngo", "territory": p} for id, p in zip("abcde", places, strict=True)],
            ),
            partnerships=table("partnerships", PARTNERSHIPS),
            memberships=table("memberships", [{"organisation": o, "partnership": p} for o, p in MEMBERS]),
        )
        self.taken = {}

    def snapshot(self, *, as_of=None, scope="ever", territories=()):
        key = (as_of, scope, territories)
        if key not in self.taken:
            self.taken[key] = take(choose(self.network, territories=territories), as_of, scope)
        return self.taken[key]

    def measure(self, snapshot):
        return metrics.measure(snapshot)


@pytest.fixture
def core():
    return Core()


def test_standing_is_that_of_the_organisation(core):
    found = {p.measure: p for p in Analysis(core).standing(core.snapshot(), "b")}
    assert found["partners"].value == 2
    assert found["partners"].among_all == pytest.approx((3 + 0.5) / 4)  # a, d, e below; c equal
    assert found["partners"].in_territory == 1  # more than a
    assert Analysis(core).standing(core.snapshot(), "nobody") == []
    assert [p.measure for p in Analysis(core).standing(core.snapshot(), "b", ["clustering", "partners"])] == [
        "clustering",
        "partners",
    ]


def test_the_course_of_one_organisation(core):
    found = Analysis(core).course("c", "partners", "ever", date(2021, 5, 15))
    assert [(day, p.value) for day, p in found] == [(date(2021, 5, 15), 1)]  # before, it was in no partnership
    assert found[0][1].among_all == pytest.approx((1 + 0.5) / 3)  # e below, a equal
    assert [p.value for _, p in Analysis(core).course("b", "partners", "ever")] == [1, 2]
    assert [p.value for _, p in Analysis(core).course("c", "constraint", "ever")] == [pytest.approx(0.5)]
    assert Analysis(core).course("nobody", "partners", "ever") == []


def test_who_would_be_missed(core):
    assert Analysis(core).parted(core.snapshot()).tolist() == [0, 1, 1, 0, 0]


def test_robustness_counts_all_organisations(core):
    losses = Analysis(core).robustness(core.snapshot()).losses
    assert [x.left for x in losses] == [0, 1]
    assert [x.largest for x in losses] == pytest.approx([4 / 5, 2 / 5])  # b
    assert losses[0].by_chance == pytest.approx(4 / 5)


def test_at_most_a_tenth_leaves_and_the_widest_gap_is_judged(core):
    pairs, hubs = 90, 3
    members = [{"organisation": o, "partnership": o - hubs} for o in range(hubs, hubs + pairs)]
    members += [{"organisation": (o - hubs) % hubs, "partnership": o - hubs} for o in range(hubs, hubs + pairs)]
    members += [{"organisation": o, "partnership": pairs} for o in range(hubs)]
    core.network = Network(
        organisations=table("organisations", [{"id": f"{o:02}", "sector": "ngo"} for o in range(hubs + pairs)]),
        partnerships=table("partnerships", [{"id": f"{p:02}"} for p in range(pairs + 1)]),
        memberships=table("memberships", members),
    )
    found = Analysis(core).robustness(core.snapshot())
    assert [x.left for x in found.losses] == [0, 1, 2, 5, 10]
    assert found.worst.left == 5
    assert found.hangs  # three hubs hold ninety others


def test_what_is_judged_is_the_widest_gap_beside_what_holds_now():
    small = Robustness([Loss(0, 0.159, 0.159), Loss(3, 0.035, 0.149), Loss(12, 0.03, 0.1)])
    assert (small.worst.left, small.hangs) == (3, True)
    assert not Robustness([Loss(0, 1.0, 1.0), Loss(1, 0.99, 0.99), Loss(10, 0.85, 0.9)]).hangs
    assert not Robustness([Loss(0, 0.0, 0.0)]).hangs


def test_powiats_without_a_tie(core):
    found = Analysis(core).between(core.snapshot(), "territory", 4)
    assert ("0201", "0203") in found.apart()
    assert ("0201", "0202") not in found.apart()


def test_the_course_over_years(core):
    found = Analysis(core).trend("ever")
    assert [day for day, _ in found] == [date(2020, 12, 31), date(2021, 12, 31)]
    assert [values["ties"] for _, values in found] == [1, 3]


def test_the_course_of_what_a_filter_keeps_until_a_day(core):
    found = Analysis(core).trend("ever", date(2021, 5, 15), territories=("0201", "0202"))
    assert [day for day, _ in found] == [date(2020, 12, 31), date(2021, 5, 15)]
    assert [values["ties"] for _, values in found] == [1, 2]  # c - d is of another place, and began later
    assert Analysis(core).trend("ever", date(2019, 1, 1)) == []


def test_a_year_that_has_not_ended_is_told_of_today(core):
    today = date.today()
    core.network = replace(core.network, partnerships=table("partnerships", [{"id": "p0", "starts_on": today}]))
    core.network = replace(core.network, memberships=core.network.memberships.slice(0, 2))
    assert [day for day, _ in Analysis(core).trend("ever")] == [today]


def test_two_days_compared(core):
    earlier, later = core.snapshot(as_of=date(2020, 12, 31)), core.snapshot(as_of=date(2021, 12, 31))
    analysis = Analysis(core)
    found = analysis.compared(earlier, later)
    assert found.began == [("b", "c"), ("c", "d")]
    assert found.moved["partners"]["b"] == 1
    assert analysis.compared(earlier, later) is found
