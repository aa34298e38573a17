"""Encodings found out from the bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc.errors import FileError
from graphsvc.ingest.encodings import find_encoding, likeliest

POLISH = "Partnerstwo;Ośrodek Pomocy Społecznej w Żółkiewce;Łąka\n"
DANISH = "projekt;Væksthus Sjælland på Ærø;Århus Købmandsskole\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (POLISH, "utf-8", "utf-8"),
        (POLISH, "utf-8-sig", "utf-8-sig"),
        (POLISH, "utf-16", "utf-16"),
        (POLISH, "utf-16-le", "utf-16-le"),
        (POLISH, "utf-16-be", "utf-16-be"),
        (POLISH, "cp1250", "cp1250"),
        (POLISH, "iso8859_2", "iso8859_2"),
        (DANISH, "cp1252", "cp1252"),
        ("plain;text\n", "ascii", "utf-8"),
    ],
)
def test_found(tmp_path: Path, text: str, encoding: str, found: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes((text * 3).encode(encoding))
    assert find_encoding(path) == found
    assert path.read_text(found) == text * 3


def test_an_odd_byte_deep_in_the_file_counts(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a;b\n" * 400_000 + "Łąka".encode("cp1250"))
    assert find_encoding(path) != "utf-8"


def test_no_text(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(FileError, match="not a text file"):
        find_encoding(path)


def test_marks_tell_cp1250_from_iso() -> None:
    assert likeliest("„Świt” – śląskie".encode("cp1250")) == "cp1250"
