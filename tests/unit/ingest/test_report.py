"""The report as text and as files."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from graphsvc.errors import FileError
from graphsvc.ingest import summary, write_report
from graphsvc.model.imports import ImportPlan
from tests.unit.ingest.conftest import Plan


@pytest.fixture
def made(plan: Plan) -> ImportPlan:
    return plan("Partnerstwo;Organizacja;Od", "A;Dom S.A.;", "A;Dom sp. z o.o.;", '"=cmd|x";Dom;=1+1', "B;Las;")


def test_text(made: ImportPlan) -> None:
    lines = list(summary(made, "en"))
    assert lines[0] == "encoding utf-8, separator “;”"
    assert "partnerships 2, organisations 3 (known before: 0), members 3" in lines
    assert "1 refusal" in lines
    assert any(line.startswith("  file table.csv, row 4, column Od: “=1+1” There is no such day.") for line in lines)
    assert "1 doubtful name" in lines
    assert "  Dom sp. z o.o. | Dom S.A.: the same name with another legal form (100; 3)" in lines


def test_files_hold_all_of_it_and_no_formula(made: ImportPlan, tmp_path: Path) -> None:
    write_report(made, tmp_path / "r.csv", "en")
    rows = list(csv.reader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["File", "Row", "Column", "Value", "Why", "What to do"]
    assert rows[1][:4] == ["table.csv", "4", "Od", "'=1+1"]
    assert rows[3:] == [
        ["Name", "Other name", "Likeness", "Why", "Rows"],
        ["Dom sp. z o.o.", "Dom S.A.", "100", "the same name with another legal form", "3"],
    ]
    write_report(made, tmp_path / "r.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["Refused", "Doubtful names"]
    assert [c.value for c in book["Refused"][2]][:4] == ["table.csv", 4, "Od", "'=1+1"]
    assert book["Refused"]["D2"].data_type == "s"
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith((".", "r"))) == ["r.csv", "r.xlsx"]


def test_a_folder_that_is_not_there(made: ImportPlan, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="report can't be written"):
        write_report(made, tmp_path / "none" / "r.csv")


def test_a_write_that_fails_leaves_the_old_report(
    made: ImportPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(FileError, match="No space left"):
        write_report(made, path)
    assert path.read_text() == "old"
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]
