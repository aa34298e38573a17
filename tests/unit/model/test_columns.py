"""A few records as a network, worked out by hand."""

from datetime import date

import pytest

from graphsvc.model.columns import to_network
from graphsvc.model.meetings import Meeting
from graphsvc.model.organisations import Need, Offer, Organisation, Status
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.support import ServiceDelivery
from graphsvc.model.territories import Territory

DAY = date(2024, 1, 1)


def test_records_become_rows_that_refer_by_position() -> None:
    network = to_network(
        [
            Territory(
                code="021101", name="L", level="gmina", borders=("021102", "999999"), needs=(Need(code="TEL", scale=9),)
            ),
            Territory(code="021102", name="W", level="gmina"),
            Organisation(id="a", name="A", territory="021101", needs=(Need(code="LOK", level=3, since=DAY),)),
            Organisation(
                id="b",
                name="B",
                founder="a",
                pkd=("56.10",),
                statuses=(Status(code="PS"), Status(code="OPP", until=DAY)),
                offers=(Offer(code="LOK", capacity=2),),
            ),
            Partnership(id="p", name="P", starts_on=DAY, members=(Member(id="b", role="LID"), Member(id="a"))),
            Meeting(id="m", name="M", held_on=DAY, attended=("b",), territory="021102"),
            ServiceDelivery(id="s2", service="OPI", provider="b", planned=True),
            ServiceDelivery(id="s1", service="OPI", provider="a", territory="021102", capacity=8, until=DAY),
            Outreach(pair=("b", "a"), status="ODR", refusal_reason="DAL", decided_on=DAY),
        ]
    )
    assert network.organisations["tags"].to_pylist() == [[], ["PS", "56.10"]]
    assert network.organisations["founder"].to_pylist() == [None, 0]
    members = [(r["organisation"], r["partnership"], r["role"]) for r in network.memberships.to_pylist()]
    assert members == [(1, 0, "LID"), (0, 0, "PAR")]
    assert network.attendances.to_pylist() == [{"organisation": 1, "meeting": 0}]
    needs = [(r["organisation"], r["territory"], r["area"], r["level"], r["people"]) for r in network.needs.to_pylist()]
    assert needs == [(0, "021101", "LOK", 3.0, None), (None, "021101", "TEL", 2.0, 9.0)]
    assert [(r["organisation"], r["capacity"]) for r in network.offers.to_pylist()] == [(1, 2.0)]
    delivered = {"organisation": 0, "territory": "021102", "area": "OPI", "capacity": 8.0, "since": None, "until": DAY}
    assert network.deliveries.to_pylist() == [delivered]
    assert [(r["a"], r["b"], r["reason"]) for r in network.outreach.to_pylist()] == [(0, 1, "DAL")]
    assert network.borders.to_pylist() == [{"a": "021101", "b": "021102"}]


def test_a_member_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        to_network([Partnership(name="P", members=(Member(id="x"),))])
