"""Dates in the forms that people use."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.ingest.dates import find_dates, no_day

MARCH = date(2010, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2010-03-12",
        "12.03.2010",
        "12.3.2010",
        "12/03/2010",
        "12-03-2010",
        "2010/03/12",
        "20100312",
        "2010-03-12 00:00:00",
        "12.03.10",
        "12 marca 2010",
        "12 MARCA 2010 r.",
        "12.03.2010 r.",
        "12.03.2010r.",
        "12 III 2010",
        "12.III.2010 roku",
    ],
)
def test_forms_that_are_found_out(text: str) -> None:
    assert find_dates([text]).read(text) == (MARCH, MARCH)


def test_the_column_tells_whether_the_month_comes_first() -> None:
    assert find_dates(["03/12/2010"]).read("03/12/2010") == (date(2010, 12, 3),) * 2  # unclear: the day first
    american = find_dates(["03/12/2010", "03/25/2010", "12/31/2010"])
    assert american.formats[0] == "%m/%d/%Y"
    assert american.read("03/12/2010") == (MARCH, MARCH)


def test_a_year_or_a_month_alone_is_all_its_days() -> None:
    assert find_dates(["2010"]).read("2010") == (date(2010, 1, 1), date(2010, 12, 31))
    march = (date(2010, 3, 1), date(2010, 3, 31))
    assert find_dates(["03.2010"]).read("03.2010") == march
    for text in ("marzec 2010", "Marzec 2010 r.", "III 2010", "marca 2010", "III.2010"):
        assert find_dates(["12.03.2010", text]).read(text) == march
    assert find_dates([], ("%Y-%m",)).read("2012-02") == (date(2012, 2, 1), date(2012, 2, 29))
    assert find_dates([], ("%j/%Y",)).read("71/2010") == (MARCH, MARCH)


@pytest.mark.parametrize(
    "text",
    ["31.02.2010", "2010-13-01", "0001-01-01", "9999-12-31", "wkrótce", "32 marca 2010", "1.1.1", "12 foo 2010", "r."],
)
def test_what_is_no_day(text: str) -> None:
    assert find_dates([]).read(text) is None


@pytest.mark.parametrize(
    "text", ["bezterminowo", "Czas nieokreślony", "na czas nieokreślony", "-", "–", "brak", "n/d", "nadal trwa"]
)
def test_what_says_that_there_is_no_day(text: str) -> None:
    assert no_day(text)
    assert not no_day(f"{text} 2010")


def test_a_profile_may_allow_one_form_only() -> None:
    assert find_dates(["2010-03-12"], ("%d.%m.%Y",)).read("2010-03-12") is None


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(text: str) -> None:
    found = find_dates([text]).read(text)
    assert found is None or 1800 <= found[0].year <= found[1].year <= 2200
