import csv
import errno
import io
import json
import math
import zipfile
from cProfile import Profile

import openpyxl
import pyarrow.parquet as pq
import pytest

from graphsvc.errors import FileError, InputError
from graphsvc.exports.files import OutputError, write_whole
from graphsvc.exports.tables import Table, harmless, write_plain, write_tables


@pytest.fixture
def tables() -> list[Table]:
    return [
        Table(
            "organisations",
            {"name": ["=1+1", "Żuk"], "partners": [3, 0], "score": [0.5, math.nan]},
            {"score": "0 to 1"},
        )
    ]


def test_csv_carries_provenance_and_no_formula(tables, provenance):
    rows = list(csv.DictReader(io.StringIO(write_tables(tables, provenance, "csv").decode())))
    assert rows[0]["name"] == "'=1+1"
    assert (rows[1]["name"], rows[1]["score"]) == ("Żuk", "")
    assert rows[1]["provenance_as_of"] == "2021-01-01"
    assert rows[1]["provenance_version"] == provenance.version


def test_xlsx_is_typed_and_explains_itself(tables, provenance):
    book = openpyxl.load_workbook(io.BytesIO(write_tables(tables, provenance, "xlsx")))
    assert book.sheetnames == ["organisations", "definitions", "provenance"]
    sheet = book["organisations"]
    assert [c.value for c in sheet[2]] == ["=1+1", 3, 0.5]
    assert sheet["A2"].data_type == "s"
    assert sheet["C3"].value is None
    assert [c.value for c in book["definitions"][2]] == ["organisations", "score", "0 to 1"]


def test_a_text_that_a_spreadsheet_would_compute_stays_a_text(provenance):
    texts = ["=1+1", "=", "#N/A", "+1", "plain"]
    sheet = openpyxl.load_workbook(io.BytesIO(write_tables([Table("t", {"a": texts})], provenance, "xlsx")))["t"]
    assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)] == [(t, "s") for t in texts]
    several = write_tables([Table("t", {"a": [["=1+1", "b"]]})], provenance, "csv").decode()
    assert several.splitlines()[1].startswith("'=1+1|b,")


def test_nothing_is_written_for_an_empty_cell():
    rows = 500
    columns = {"id": [f"r{n}" for n in range(rows)], **{f"empty {n}": [""] * rows for n in range(30)}}
    profile = Profile()
    content = profile.runcall(write_plain, [Table("t", columns)], "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["t"]
    assert (sheet.max_row, sheet.max_column) == (rows + 1, len(columns))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<c ") == rows + len(columns)
    made = sum(entry.callcount for entry in profile.getstats())
    assert made / rows < 500, "calls for a row, of whatever depth: a download of 20,000 rows waits for them"


def test_a_text_that_a_cell_can_not_hold_is_refused_not_cut(provenance):
    long = [Table("organisations", {"id": ["a", "b"], "name": ["A", "Żuk"], "members": ["x" * 32_767, "x" * 32_768]})]
    said = "column members: “Żuk” has 32768 characters here; a cell of XLSX holds 32767. Download CSV instead"
    with pytest.raises(InputError, match=said):
        write_tables(long, provenance, "xlsx")
    assert "x" * 32_768 in write_tables(long, provenance, "csv").decode()


def test_json_has_no_nan(tables, provenance):
    content = json.loads(write_tables(tables, provenance, "json"))
    assert content["organisations"][1] == {"name": "Żuk", "partners": 0, "score": None}
    assert content["provenance"]["projection"] == "weighted"


def test_parquet_keeps_types(tables, provenance):
    table = pq.read_table(io.BytesIO(write_tables(tables, provenance, "parquet")))
    assert table.column("partners").to_pylist() == [3, 0]
    assert table.schema.metadata[b"as_of"] == b"2021-01-01"


@pytest.mark.parametrize("text", ["=a", "+a", "-a", "@a", "\ta"])
def test_harmless(text):
    assert harmless(text) == f"'{text}"


def test_harmless_leaves_the_rest():
    assert (harmless("a=b"), harmless(-3)) == ("a=b", -3)


def test_write_whole_replaces_and_leaves_no_other_file(tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_write_whole_names_what_is_wrong(tmp_path):
    with pytest.raises(FileError, match="folder"):
        write_whole(tmp_path, b"x")
    with pytest.raises(FileError, match="does not exist"):
        write_whole(tmp_path / "none" / "x.csv", b"x")


def test_write_whole_says_that_a_folder_takes_no_file(tmp_path, monkeypatch):
    def refuse(**_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    long = tmp_path / ("ż" * 122 + ".csv")  # 248 bytes: a name that is allowed
    write_whole(long, b"x")
    assert long.read_bytes() == b"x"
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        write_whole(tmp_path / "x.csv", b"x")
