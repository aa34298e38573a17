"""What is wrong with a file is said with its place, on the page of the import; nothing is half-written."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient

from tests import bad_files
from tests.bad_files import book, csv
from tests.web.memory import MemoryService
from tests.web.test_records import client, database  # noqa: F401 fixtures

GOOD = ("Dobra", "")
CASES = {
    "wrong checksums": (
        csv(
            ("name", "nip", "regon", "krs"),
            ("Dobra", "", "", ""),
            ("A", "1234567890", "", ""),
            ("B", "", "123456789", ""),
            ("C", "", "", "0000000000"),
            ("D", "0000000000", "", ""),
        ),
        (
            '<td class="number">3</td><td>nip</td>',
            '<td class="number">4</td><td>regon</td>',
            '<td class="number">5</td><td>krs</td>',
            '<td class="number">6</td><td>nip</td>',
            "1234567890",
        ),
    ),
    "end before start": (
        csv(("name", "active_from", "active_to"), ("Dobra", "", ""), ("A", "2024-05-01", "2024-04-01")),
        ('<td class="number">3</td><td>active_to</td>', "2024-04-01"),
    ),
    "unknown codes": (
        csv(("Nazwa", "Sektor"), GOOD, ("A", "kosmos")),
        ('<td class="number">3</td><td>Sektor</td>', "kosmos", "social_economy"),
    ),
    "100,000 characters": (
        csv(("name",), ("Dobra",), (bad_files.LONG,)),
        ('<td class="number">3</td><td>name</td>', "100000"),
    ),
    "right to left": (
        csv(("name",), ("Dobra",), (bad_files.RTL,)),
        ('<td class="number">3</td><td>name</td>', "U+202E"),
    ),
    "control characters": (
        csv(("name",), ("Dobra",), (bad_files.BELL,)),
        ('<td class="number">3</td><td>name</td>', "U+0007"),
    ),
    "an empty sheet": (book(("Organisation", [])), ("zly.xlsx", "arkusza z danymi")),
    "headings only": (csv(("name",)), ("zly.csv", "nie ma wierszy")),
    "an empty file": (b"", ("zly.csv", "pusty")),
    "two sheets with the same name": (bad_files.two_sheets_of_one_name([["name"], ["A"]]), ("Dane", "dwa arkusze")),
    "not a workbook": (b"PK\x03\x04broken", ("skoroszyt",)),
    "no such column": (csv(("nazwa firmy",), ("A",)), ('<td class="number">1</td><td>nazwa firmy</td>',)),
}


def send(client: FlaskClient, content: bytes, label: str = "Organisation", **more: str) -> tuple[int, str]:  # noqa: F811
    name = "zly.xlsx" if content.startswith(b"PK") else "zly.csv"
    form = {"file": (io.BytesIO(content), name), **more}
    answer = client.post(f"/records/{label}/import", data=form)
    return answer.status_code, answer.text


@pytest.mark.parametrize("case", CASES)
def test_bad_files_are_told_with_the_place_and_nothing_is_written(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
    case: str,
) -> None:
    content, told = CASES[case]
    status, text = send(client, content)
    assert status == 422
    assert [t for t in told if t not in text] == []
    assert 'name="file"' in text
    assert database.records.counts()["Organisation"] == 0


def test_a_member_outside_the_partnerships_dates(client: FlaskClient, database: MemoryService) -> None:  # noqa: F811
    assert client.post(
        "/records/Organisation/import", data={"file": (io.BytesIO(csv(("name",), ("A",), ("B",))), "o.csv")}
    )
    rows = (("name", "starts_on", "ends_on", "members"), ("P", "2024-01-01", "2024-12-31", "A;since=2023-01-01|B"))
    status, text = send(client, csv(*rows), "Partnership")
    assert status == 422
    assert '<td class="number">2</td><td>members</td>' in text
    assert "2023-01-01" in text
    assert database.records.counts()["Partnership"] == 0


def test_a_formula_is_kept_as_text_pointed_at_and_leaves_as_text(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
) -> None:
    content = csv(("name", "description"), ("=HYPERLINK(1)", "@SUM(1)"))
    _status, text = send(client, content, only_check="1")
    assert '<td class="number">2</td><td>name</td>' in text
    assert "jak formuła" in text
    send(client, content)
    (made,) = database.records.all("Organisation")
    assert (made.name, made.description) == ("=HYPERLINK(1)", "@SUM(1)")
    exported = client.get("/records/Organisation/export.csv").text
    assert "'=HYPERLINK(1)" in exported
    assert ",=" not in exported


def test_a_merged_cell_counts_for_each_of_its_rows(client: FlaskClient, database: MemoryService) -> None:  # noqa: F811
    rows = [["name", "town"], ["A", "Lubin"], ["B", None]]
    send(client, book(("Organisation", rows), merged="B2:B3"))
    assert {(o.name, o.town) for o in database.records.all("Organisation")} == {("A", "Lubin"), ("B", "Lubin")}


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(client: FlaskClient) -> None:  # noqa: F811
    status, text = send(client, b"name\n" + b"x\n" * 100_000_000)
    assert status == 413
    assert "Plik jest za duży" in text
