"""Workbooks: which sheets, how cells read."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graphsvc.errors import FileError
from graphsvc.ingest import xlsx_reader
from graphsvc.ingest.profile import FileRules
from graphsvc.ingest.xlsx_reader import open_workbook


def save(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_cells_as_text(tmp_path: Path) -> None:
    cells = [1, 2.5, 1e20, True, date(2010, 2, 28), datetime(2010, 2, 28, 13, 5), "tekst", None]  # noqa: DTZ001
    (sheet,) = open_workbook(save(tmp_path / "t.xlsx", S=[cells, [], ["=1+1", "x"]]), FileRules())
    assert list(sheet.rows()) == [
        (1, ["1", "2.5", "1e+20", "1", "2010-02-28", "2010-02-28 13:05:00", "tekst"]),
        (3, ["", "x", "", "", "", "", ""]),
    ]


def test_merged_cells_below_empty_rows_and_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, value in {"B3": "P", "C3": "O", "B4": "A", "C4": "Dom", "C5": "Las", "B6": "B", "C6": "Pole"}.items():
        sheet[place] = value
    sheet.merge_cells("B4:B5")
    book.save(tmp_path / "t.xlsx")
    (read,) = open_workbook(tmp_path / "t.xlsx", FileRules())
    assert list(read.rows()) == [(3, ["P", "O"]), (4, ["A", "Dom"]), (5, ["A", "Las"]), (6, ["B", "Pole"])]


def test_formulas_that_failed_are_no_empty_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their place on their sheet, beside merged cells and empty columns, with the formula too, as Excel keeps it."""
    book, cells = openpyxl.Workbook(), {"C2": "P", "D2": "O", "C3": "#REF!", "D4": "=A1/0"}
    for name, places in (("Jeden", {"A1": "a"}), ("Dwa & „trzy”", cells)):
        sheet = book.create_sheet(name)
        for place, value in places.items():
            sheet[place] = value
    sheet.merge_cells("C3:C4")
    book.save(tmp_path / "made.xlsx")
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(tmp_path / "made.xlsx") as made, zipfile.ZipFile(path, "w") as packed:
        for part in made.namelist():
            failed = b'<c r="D4" t="e" s="1"><f aca="false">A1/0</f><v>#DIV/0!</v></c>'
            packed.writestr(part, re.sub(rb'<c r="D4".*?</c>', failed, made.read(part)))
    read = {sheet.name: list(sheet.rows()) for sheet in open_workbook(path, FileRules())}
    assert read == {
        "Jeden": [(1, ["a"])],
        "Dwa & „trzy”": [(2, ["P", "O"]), (3, ["#REF!", ""]), (4, ["#REF!", "#DIV/0!"])],
    }
    monkeypatch.setattr(xlsx_reader, "_CHUNK", 50)  # cells lie on the borders of what is read at a time
    assert {sheet.name: list(sheet.rows()) for sheet in open_workbook(path, FileRules())} == read
    monkeypatch.setattr(xlsx_reader, "MAX_FAILED", 1)
    with pytest.raises(FileError, match=r"t\.xlsx: More than 1 formulas of the workbook failed"):
        open_workbook(path, FileRules())


def test_which_sheets(tmp_path: Path) -> None:
    path = save(tmp_path / "t.xlsx", Jeden=[["a"]], Dwa=[["b"]], Notatki=[], **{"Stare (IGNORE)": [["c"]]})
    assert [s.name for s in open_workbook(path, FileRules())] == ["Jeden", "Dwa"]
    assert [s.name for s in open_workbook(path, FileRules(sheets=("dwa",)))] == ["Dwa"]
    with pytest.raises(FileError, match="sheet Trzy"):
        open_workbook(path, FileRules(sheets=("Trzy",)))


def test_no_data(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no sheet with data"):
        open_workbook(save(tmp_path / "t.xlsx", A=[], **{"B (ignore)": [["x"]]}), FileRules())


def test_two_sheets_of_one_name(tmp_path: Path) -> None:
    path = save(tmp_path / "t.xlsx", Dane=[["a"]], Danf=[["b"]])
    twice = tmp_path / "twice.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(twice, "w") as new:
        for item in old.namelist():
            new.writestr(item, old.read(item).replace(b'name="Danf"', b'name="Dane"'))
    with pytest.raises(FileError, match="two sheets of the same name"):
        open_workbook(twice, FileRules())


def test_too_large_when_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "MAX_UNPACKED", 100)
    with pytest.raises(FileError, match="too large"):
        open_workbook(save(tmp_path / "t.xlsx", A=[["x"]]), FileRules())


def test_a_part_made_to_fill_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "BOMB_BYTES", 100_000)
    path = save(tmp_path / "t.xlsx", A=[["x"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", "<sst><si><t>" + "A" * 1_000_000 + "</t></si></sst>")
    with pytest.raises(FileError, match="too large"):
        open_workbook(path, FileRules())


def test_a_stray_cell_far_away(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = sheet["XFD1048576"] = "x"  # 16,384 columns × 1,048,576 rows, held in memory by the library
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(FileError, match="17179869184 cells"):
        open_workbook(tmp_path / "t.xlsx", FileRules())


def test_cells_without_an_address_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, plain = save(tmp_path / "t.xlsx", A=[["a", "b"], ["c", "d"]]), tmp_path / "plain.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(plain, "w") as new:
        for item in old.namelist():
            new.writestr(item, re.sub(rb' r="[A-Z]?[0-9]+"', b"", old.read(item)))
    assert list(open_workbook(plain, FileRules())[0].rows()) == [(1, ["a", "b"]), (2, ["c", "d"])]
    monkeypatch.setattr(xlsx_reader, "MAX_CELLS", 3)
    with pytest.raises(FileError, match="a sheet of 4 cells"):
        open_workbook(plain, FileRules())


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "t.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", "<x/>")
    with pytest.raises(FileError, match="kind XLSX"):
        open_workbook(path, FileRules())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=20))
@example(at=202, junk=bytes.fromhex("0800000000000000000000000000000000000012"))  # a name that is no UTF-8
def test_a_damaged_workbook_is_told(tmp_path: Path, at: int, junk: bytes) -> None:
    path = tmp_path / "t.xlsx"
    if not path.exists():
        save(path, A=[["a", "b"], [1, 2]])
    content = path.read_bytes()
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(content[: at % len(content)] + junk + content[at % len(content) + len(junk) :])
    with suppress(FileError):
        assert all(list(sheet.rows()) for sheet in open_workbook(damaged, FileRules()))
