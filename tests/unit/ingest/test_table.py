"""Where the heading is, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from graphsvc.errors import ProfileError
from graphsvc.ingest import table
from graphsvc.ingest.table import Heading, Sheet, find_heading


def sheet(*rows: Sequence[str]) -> Sheet:
    return Sheet("t.csv", "", lambda: iter(list(enumerate(rows, 1))))


def test_the_heading_may_stand_below_a_title() -> None:
    found = find_heading(
        sheet(["Nasze partnerstwa"], ["stan na", "2020"], [" NAZWA ", "Rok\nzałożenia"]), ["Nazwa", "rok założenia"]
    )
    assert (found.row, found.columns) == (3, ("NAZWA", "Rok założenia"))
    assert [found.index(n) for n in ("nazwa", "Rok  założenia", "inna", "")] == [0, 1, -1, -1]


def test_what_is_lacking() -> None:
    with pytest.raises(ProfileError, match=r"t\.csv, column Nazwa.*Perhaps it is “Nazwy”"):
        find_heading(sheet(["Nazwy", "x"]), ["Nazwa"])
    with pytest.raises(ProfileError, match="The file has: a, b"):
        find_heading(sheet(["a", "b"]), ["Nazwa"])
    with pytest.raises(ProfileError, match="The file has: –"):
        find_heading(sheet(), ["Nazwa"])


def test_only_needed_columns_must_be_there() -> None:
    assert find_heading(sheet(["a"]), ["a", "b"], ["a"]).lacks(["a", "b"]) == ["b"]


def test_a_column_named_twice() -> None:
    with pytest.raises(ProfileError, match="two columns"):
        find_heading(sheet(["a", "A ", "b"]), ["a", "b"])
    assert find_heading(sheet(["a", "x", "x"]), ["a"]).row == 1


def test_a_wide_heading_is_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []

    def seen(text: str) -> str:
        folded.append(text)
        return text

    monkeypatch.setattr(table, "one_line", seen)
    heading = Heading(1, tuple(f"c{i}" for i in range(1000)))
    assert [heading.index(f"C{i}") for i in range(20)] == list(range(20))
    assert len(folded) < 1100
