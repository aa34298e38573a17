"""Nodes and links worked out by hand."""

from datetime import date
from unittest.mock import patch

from pydantic import BaseModel

from graphsvc.model.base import Link, Source
from graphsvc.model.mapping import LinkRow, from_node, to_node
from graphsvc.model.partnerships import Member, Partnership

MEMBER = Link("MEMBER_OF", "Organisation", "in")
ACTS_IN = Link("ACTS_IN", "Territory", key="code")
RECORD = Partnership(
    id="p",
    name="P",
    kind="LOK",
    starts_on=date(2024, 1, 1),
    themes=("OPI",),
    territories=("021101", "0211"),
    members=(Member(id="b", role="LID"), Member(id="a", since=date(2024, 2, 1))),
    source=Source(file="x.csv", row=7),
)


def test_fields_are_properties_and_links_are_relationships_in_their_order() -> None:
    node = to_node(RECORD)
    assert node.labels == ("Record", "Partnership")
    assert node.properties == {
        "id": "p",
        "name": "P",
        "kind": "LOK",
        "starts_on": date(2024, 1, 1),
        "themes": ["OPI"],
        "renew_before_days": 60,
        "version": 0,
        "source_file": "x.csv",
        "source_row": 7,
    }
    assert list(node.links) == [
        LinkRow(ACTS_IN, "021101", {"nth": 0}),
        LinkRow(ACTS_IN, "0211", {"nth": 1}),
        LinkRow(MEMBER, "b", {"role": "LID", "nth": 0}),
        LinkRow(MEMBER, "a", {"role": "PAR", "since": date(2024, 2, 1), "nth": 1}),
    ]


def test_the_record_comes_back_whatever_the_order_of_its_links() -> None:
    node = to_node(RECORD)
    assert from_node(Partnership, node.properties, list(node.links)[::-1]) == RECORD


def test_a_record_is_read_without_being_constructed_anew() -> None:
    node = to_node(RECORD)
    from_node(Partnership, node.properties, node.links)  # the first of its type is
    with patch.object(BaseModel, "model_construct", side_effect=AssertionError("takes most of the time of a download")):
        first, second = (from_node(Partnership, node.properties, node.links) for _ in range(2))
    assert first == second == RECORD
    bare = from_node(Partnership, {"id": "q"}, [])
    assert isinstance(bare, Partnership)
    assert (bare.id, bare.name, bare.members, bare.territories, bare.starts_on) == ("q", "", (), (), None)


def test_a_missing_property_is_empty_and_not_the_default_of_new_records() -> None:
    bare = from_node(Partnership, {"id": "p", "name": "P", "renew_before_days": 5}, [LinkRow(MEMBER, "a", {})])
    assert isinstance(bare, Partnership)
    assert (bare.members[0].role, bare.renew_before_days, bare.source) == ("", 5, None)
