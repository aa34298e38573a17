"""Text made harmless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.ingest.clean import clean, one_line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a   b\t c ", "a b c"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("Fun\u202edacja\u200b", "Fundacja"),
        ("a\x00b\x07c", "a b c"),
        ("z\u0301", "ź"),
        ("a\u00a0b", "a b"),
        ("\ufeffa\u00adb", "ab"),
        ("\ud800x", "?x"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_one_line() -> None:
    assert one_line(" a\n  b ") == "a b"
    assert one_line(" plain ") == "plain"


@given(st.text())
def test_what_is_clean_stays_so(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in cleaned)
    cleaned.encode("utf-8")
