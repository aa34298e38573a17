"""Separators, encodings that don't fit, rows as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc.errors import FileError
from graphsvc.ingest.csv_reader import find_separator, open_csv
from graphsvc.ingest.profile import FileRules


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        ("Nazwa;Kwota\nA;1,5\nB;2,5\n", ";"),
        ("Nazwa,Kwota\nA,1.5\n", ","),
        ("Nazwa\tKwota\nA, z o.o.\t1\n", "\t"),
        ("Nazwa|Kwota\nA|1\n", "|"),
        ("tytuł\n\nNazwa;Kwota\nA,B,C;1\nA,B,C;1\n", ";"),
        ("Nazwa\nA\n", ","),
    ],
)
def test_the_separator_shows_the_wanted_columns(sample: str, separator: str) -> None:
    assert find_separator(sample, ["nazwa", "kwota"]) == separator


def test_rows_keep_their_number_and_quoted_breaks(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes('Nazwa;Kwota\r\n"A\nB";1,5\r\n\r\n;;\r\n"say ""x""";2\r\n'.encode("utf-8-sig"))
    sheet = open_csv(path, FileRules(), ["Nazwa"])
    assert list(sheet.rows()) == [(1, ["Nazwa", "Kwota"]), (2, ["A\nB", "1,5"]), (5, ['say "x"', "2"])]
    assert str(sheet.found[0]) == "encoding utf-8-sig, separator “;”"
    assert list(sheet.rows()) == list(sheet.rows())


@pytest.mark.parametrize("last", ["\n", ""])
def test_a_quotation_mark_that_is_not_closed_is_told_with_its_row(tmp_path: Path, last: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Nazwa;Kto\nA;B\nA;"C\nA;D\nB;E' + last, "utf-8")
    rows = open_csv(path, FileRules(), ["Nazwa"]).rows()
    assert [next(rows), next(rows)] == [(1, ["Nazwa", "Kto"]), (2, ["A", "B"])]
    with pytest.raises(FileError, match="not closed") as caught:
        next(rows)
    assert caught.value.place
    assert caught.value.place.row == 3
    path.write_text('Nazwa;Kto\nA;"C ""D"" E"' + last, "utf-8")
    assert [cells for _, cells in open_csv(path, FileRules(), ["Nazwa"]).rows()][1] == ["A", 'C "D" E']


def test_an_encoding_that_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("Łąka;1\n".encode("cp1250"))
    for encoding in ("utf-8", "no-such-encoding"):
        with pytest.raises(FileError, match=f"encoding {encoding}"):
            open_csv(path, FileRules(encoding=encoding), [])
    path.write_bytes(b"a;b\n" * 50_000 + "Łąka;1\n".encode("cp1250"))
    with pytest.raises(FileError, match="row 49"):
        list(open_csv(path, FileRules(encoding="utf-8"), []).rows())


def test_a_cut_file_is_not_blamed_on_the_profile(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("Nazwa;Kto\nA;B\n".encode("utf-16")[:-1])
    with pytest.raises(FileError, match="row 1: Soon after this row the text is not in the encoding utf-16"):
        open_csv(path, FileRules(), [])
