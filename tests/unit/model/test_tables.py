"""Headers in either language are understood, rows are told apart, problems name their row."""

from typing import ClassVar

import pytest

from graphsvc.errors import Place, RecordError
from graphsvc.model.base import Record
from graphsvc.model.meetings import Meeting
from graphsvc.model.organisations import ContactPerson, Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.record_types import record_type
from graphsvc.model.tables import Row, code_list, header, natural_id, read_table, template
from graphsvc.model.territories import ServiceArea, Territory


def with_id(row: Row) -> tuple[Row, Row]:
    return {}, {"id": natural_id(Meeting, row), **row}


def test_a_template_has_every_field_that_people_fill_in() -> None:
    made = {c.name: c for c in template(Organisation)}
    assert "version" not in made
    assert "email" not in made
    assert made["name"].required
    assert str(made["statuses"].help) == "Entries joined by |, each as code;since=…;until=…;number=…."
    assert ("Sector", "business", "business") in code_list(Organisation, "en")
    assert ("Statusy: code", "OPP", "organizacja pożytku publicznego") in code_list(Organisation, "pl")


def test_a_header_is_known_by_field_name_and_by_title() -> None:
    assert header(Meeting, ["name", "Date", None, "WHO ATTENDED *"]) == ["name", "held_on", "", "attended"]


@pytest.mark.parametrize(
    ("titles", "why"),
    [
        (["name", "held_on", "weight"], "column weight: There is no such field"),
        (["name", "Name", "held_on"], "“name” is there twice"),
        (["name"], "“held_on” is missing"),
    ],
)
def test_a_wrong_header_is_refused(titles: list[str], why: str) -> None:
    with pytest.raises(RecordError, match=why):
        header(Meeting, titles, Place(file="a.csv", row=1))


def test_rows_become_records_or_problems_and_blank_ones_nothing() -> None:
    rows = [
        (Place(file="a.csv", row=2), ["Spotkanie", "2.01.2024"]),
        (Place(file="a.csv", row=3), ["", None]),
        (Place(file="a.csv", row=4), ["Inne", "31.02.2024"]),
        (Place(file="a.csv", row=5), ["SPOTKANIE ", "2.01.2024"]),
    ]
    read = read_table(Meeting, ["name", "held_on"], rows, with_id)
    assert [r.name for r in read.records] == ["Spotkanie"]  # type: ignore[attr-defined]
    assert read.rows == 3
    assert [str(p) for p in read.refused] == [
        "file a.csv, row 4, field held_on: “31.02.2024” is not a date. Write it as 2026-03-31 or 31.03.2026.",
        "file a.csv, row 5: This is the same record as row 2. Delete one of the two rows.",
    ]


def test_problems_name_the_column_as_the_file_does() -> None:
    rows = [(Place(row=2), ["Spotkanie", "31.02.2024"])]
    read = read_table(Meeting, ["name", "held_on"], rows, with_id, titles=["Nazwa", "Kiedy"])
    assert str(read.refused[0]).startswith("row 2, column Kiedy: “31.02.2024” is not a date.")


def test_a_type_without_needed_fields_is_told_apart_by_what_it_has() -> None:
    class Plain(Record):
        label: ClassVar[str] = "Plain"
        text: str = ""

    assert natural_id(Plain, {"text": "a"}) == natural_id(Plain, {"text": " A"}) != natural_id(Plain, {"text": "b"})


@pytest.mark.parametrize(
    ("label", "row", "other"),
    [
        ("ServiceDelivery", {"service": "DZI", "provider": "A", "since": "2024-01-01"}, {"since": "2025-01-01"}),
        ("ServiceDelivery", {"service": "DZI", "provider": "A", "since": "2024-01-01"}, {"orderer": "Lubin"}),
        ("CsrAction", {"name": "Dar", "giver": "A", "receiver": "B", "since": "2024-01-01"}, {"since": "2025-01-01"}),
        ("CsrOffer", {"name": "Dar", "organisation": "A", "since": "2024-01-01"}, {"since": "2025-01-01"}),
        ("RevitalisationRole", {"organisation": "A", "role": "INT"}, {"role": "WYK"}),
        ("Contact", {"organisation": "A", "held_on": "2024-01-01", "note": "Nie odbiera"}, {"note": "Przyjdą"}),
        ("PartnershipEvent", {"partnership": "P", "held_on": "2024-01-01", "kind": "SPO"}, {"kind": "ANX"}),
    ],
)
def test_what_happens_more_than_once_is_several_records(label: str, row: Row, other: Row) -> None:
    model = record_type(label)
    assert natural_id(model, row) == natural_id(model, {**row, "source_file": "a.csv"})
    assert natural_id(model, row) != natural_id(model, {**row, **other})


def test_the_id_of_a_row_with_a_code_follows_from_it() -> None:
    lubin = {"code": "021101", "name": "Lubin"}
    assert natural_id(Territory, lubin) == Territory(level="gmina", **lubin).id
    assert natural_id(ServiceArea, {"code": "OPI", "name": "x"}) == ServiceArea(code="OPI", name="x").id
    assert natural_id(Territory, {"name": "Rynek", "parent": "021101"}) == ""


def test_headings_of_files_that_an_earlier_version_made_are_read() -> None:
    assert header(Outreach, ["pair", "Ocena", "Następny krok dnia"]) == ["pair", "score", "next_on"]
    assert header(ContactPerson, ["Nazwa", "organisation", "Przegląd dnia"]) == ["name", "organisation", "review_on"]


def test_a_formula_that_failed_is_refused_and_takes_nothing_from_a_record() -> None:
    rows = [(Place(row=2), ["Spotkanie", "2.01.2024", "#N/D!"]), (Place(row=3), ["Inne", "#VALUE!", ""])]
    read = read_table(Meeting, ["name", "held_on", "place"], rows, with_id, titles=["Nazwa", "Kiedy", "Gdzie"])
    assert not read.records
    assert [str(p) for p in read.refused] == [
        f"row {row}, column {column}: The spreadsheet's formula failed here: {error}. "
        "Correct the formula, or clear the cell."
        for row, column, error in ((2, "Gdzie", "#N/D!"), (3, "Kiedy", "#VALUE!"))
    ]
