"""A record written as a row and read again is the same record, whatever its text holds."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.errors import Place, RecordError
from graphsvc.model.base import Link, Source
from graphsvc.model.mapping import from_node, to_node
from graphsvc.model.meetings import Meeting
from graphsvc.model.organisations import Need, Offer, Organisation, Status
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.rows import columns, from_row, to_row

AWKWARD = st.text(alphabet="aż=+-@'|;\\\" 1\n", max_size=12)
LINE = AWKWARD.map(lambda s: " ".join(s.split()))


@settings(max_examples=60, deadline=None)
@given(LINE, st.lists(LINE.filter(bool), max_size=3, unique=True), LINE, AWKWARD)
def test_any_text_comes_back_from_a_row_and_from_a_node(name: str, others: list[str], note: str, text: str) -> None:
    record = Organisation(
        id="o1",
        name=name or "n",
        other_names=tuple(others),
        needs=(Need(code="US01", level=3, note=note, since=date(2020, 1, 1)), Need(code="US02")),
        offers=(Offer(code="OPI", capacity=2.5),),
        statuses=(Status(code="PS", since=date(2024, 2, 1), number=note),),
        description=text,
        lat=-51.5,
        lon=16,
        source=Source(file=name or "f", row=3),
    )
    assert from_row(Organisation, to_row(record)) == record
    node = to_node(record)
    assert from_node(Organisation, node.properties, node.links) == record


def test_a_deliberately_empty_field_is_told_from_one_left_out() -> None:
    meeting = Meeting(id="m", name="x", form="", held_on=date(2024, 1, 2))
    row = to_row(meeting)
    assert row["form"] == "-"
    assert from_row(Meeting, row) == meeting
    assert from_row(Meeting, {"id": "m", "name": "x", "held_on": "2.01.2024"}).form == "ANI"


def test_what_is_named_twice_is_meant_once() -> None:
    row = {"name": "x", "held_on": "2024-01-02", "attended": "o1|o2|o1", "themes": "OPI|TEL|OPI"}
    found = from_row(Meeting, row)
    assert (found.attended, found.themes) == (("o1", "o2"), ("OPI", "TEL"))


def test_members_are_readable_in_a_cell() -> None:
    members = (Member(id="a", role="LID", since=date(2024, 1, 1)), Member(id="b", role=""))
    row = to_row(Partnership(id="p", name="P", members=members))
    assert row["members"] == "a;role=LID;since=2024-01-01|b"


def test_labels_names_and_spreadsheet_numbers_are_understood() -> None:
    def resolve(link: Link, text: str) -> str:
        return {("Territory", "Lubin"): "021101"}[link.target, text]

    row = {"name": "X", "sector": "Biznes", "kind": "duże", "territory": "Lubin", "jobs": 3.0, "krs": 12345.0}
    record = from_row(Organisation, row, resolve)
    assert (record.sector, record.kind, record.territory, record.jobs) == ("business", "DUZ", "021101", 3)
    assert record.krs == "0000012345"


def test_problems_name_file_row_and_column() -> None:
    place = Place(file="a.xlsx", sheet="s", row=7)
    with pytest.raises(RecordError, match=r"file a\.xlsx, sheet s, row 7, column nmae: There is no such field"):
        from_row(Organisation, {"nmae": "X"}, place=place)
    with pytest.raises(RecordError, match="row 7, field nip: “1234567890” is not a valid NIP"):
        from_row(Organisation, {"name": "X", "nip": "1234567890"}, place=place)


def test_private_fields_stay_in_unless_asked_for() -> None:
    record = Organisation(name="X", email="a@b.pl")
    assert "email" not in to_row(record)
    assert to_row(record, private=True)["email"] == "a@b.pl"
    assert "email" not in columns(Organisation)
