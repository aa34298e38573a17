"""What people type, as values: dates, numbers, flags, numbers of registers."""

from datetime import date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from graphsvc.model import fieldtypes as f


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (f.OptionalDay, "2026-03-31", date(2026, 3, 31)),
        (f.OptionalDay, "31.03.2026", date(2026, 3, 31)),
        (f.OptionalDay, "1/3/2026", date(2026, 3, 1)),
        (f.OptionalDay, "2026-03-31T00:00:00", date(2026, 3, 31)),
        (f.OptionalDay, datetime(2026, 3, 31, 12), date(2026, 3, 31)),  # noqa: DTZ001 as spreadsheets give it
        (f.OptionalDay, " ", None),
        (f.Amount, "1 234,50", 1234.5),
        (f.Amount, "1\u00a0000", 1000.0),
        (f.Count, "", None),
        (f.Latitude, "51,2", 51.2),
        (f.Flag, "Tak", True),
        (f.Flag, "x", True),
        (f.Flag, "", False),
        (f.Flag, "yes", True),
        (f.OptionalId, " ", None),
        (f.Postcode, "59300", "59-300"),
        (f.Postcode, "DK-6400", "DK-6400"),
        (f.Url, "example.org/a", "https://example.org/a"),
        (f.Url, "", ""),
        (f.Line, "a\tb\nc", "a b c"),
        (f.Line, "e\u0301\u200b", "é"),
        (f.Text, "a\r\nb", "a\nb"),
        (f.Krs, "KRS: 0000012345", "0000012345"),
        (f.Regon, "123-456-785", "123456785"),
        (f.Nip, "", None),
    ],
)
def test_values(kind: object, typed: object, value: object) -> None:
    assert TypeAdapter(kind).validate_python(typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (f.OptionalDay, "2026-02-30"),
        (f.OptionalDay, "03.2026"),
        (f.Amount, "-1"),
        (f.Amount, "nan"),
        (f.Count, "1,5"),
        (f.Share, "1.1"),
        (f.Flag, "maybe"),
        (f.Id, ""),
        (f.Name, "a\u2066b"),
        (f.Text, "a\x07b"),
        (f.Url, "ftp://example.org"),
        (f.Regon, "12345"),
    ],
)
def test_refused(kind: object, typed: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(typed)


def test_a_clean_line_says_what_it_refuses() -> None:
    assert f.clean_line(" a ") == "a"
    with pytest.raises(f.RuleError, match="This field is needed"):
        f.clean_line("  ")
