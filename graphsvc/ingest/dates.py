"""Dates as people write them: the form is found out from the column, each value is then read by it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

FORMATS = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%y",
    "%m.%Y",
    "%Y-%m",
    "%Y",
)
"""Forms tried when the profile gives none; where a day and a month can't be told apart, the day comes first."""
_NAMES = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
_ALONE = "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii"
_MONTHS = {name: n for names in (_NAMES, _ALONE, _ROMAN) for n, name in enumerate(names.split(), 1)}
_WORDS = re.compile(r"(\d{1,2})[ .]{1,2}(\w+)[ .]{1,2}(\d{4})")
_MONTH = re.compile(r"(\w+)[ .]{1,2}(\d{4})")
_NO_DAY = re.compile(
    r"[-–—.?]+|brak|n/?d\.?|n/?a|nie dotyczy|bezterminow[oaye]|(na )?(czas )?nieokreślon[yae]|nadal|obecnie"
    r"|(nadal )?trwa|do odwołania|do ustalenia|none|unknown|open[ -]ended|indefinite(ly)?|ongoing|until further notice"
)
_YEAR = re.compile(r"(?<=\d) ?(?:r\.?|roku?)$")
_WITH_DAY, _WITH_MONTH = re.compile("%[djcxUWV]"), re.compile("%[mbB]")
Days = tuple[date, date]
FIRST_YEAR, LAST_YEAR = 1800, 2200


class Dates:
    """Reads the dates of one column by the forms it was seen to use; ``seen``: whether its first rows hold any."""

    def __init__(self, formats: Iterable[str], seen: bool = True) -> None:
        self.formats, self.seen = tuple(formats), seen
        self._cached = lru_cache(maxsize=4096)(self._read)

    def read(self, text: str) -> Days | None:
        """First and last day of what the text names; None when it is no day that exists (31.02.2010) or is outside
        1800–2200."""
        return self._cached(text)

    def _read(self, text: str) -> Days | None:
        plain = _in_digits(text)
        for form in self.formats:
            day = _parse(plain, form)
            if day is not None:
                return day, _last(day, form)
        return None


def find_dates(sample: Iterable[str], formats: tuple[str, ...] = ()) -> Dates:
    """The forms that read the sample best, the best first; all forms stay allowed, so that rare ones are read too.

    Given ``formats`` (of a profile), only these.
    """
    values = [_in_digits(text) for text in sample if text]
    hits = {f: sum(_parse(v, f) is not None for v in values) for f in formats or FORMATS}
    return Dates(formats or sorted(FORMATS, key=lambda f: (-hits[f], FORMATS.index(f))), any(hits.values()))


def no_day(text: str) -> bool:
    """Does the text say that there is no day, as in „bezterminowo” or “–”?"""
    return bool(_NO_DAY.fullmatch(" ".join(text.casefold().split())))


def _parse(text: str, form: str) -> date | None:
    try:
        day = datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _last(day: date, form: str) -> date:
    """The last day of the year or month, where the form has nothing smaller."""
    if _WITH_DAY.search(form):
        return day
    month = day.month if _WITH_MONTH.search(form) else 12
    return date(day.year, month, monthrange(day.year, month)[1])


def _in_digits(text: str) -> str:
    """``12 marca 2010 r.`` and ``12.III.2010`` as ``12.3.2010``, ``marzec 2010`` as ``3.2010``; anything else without
    needless spaces."""
    plain = _YEAR.sub("", " ".join(text.casefold().split()))
    if (found := _WORDS.fullmatch(plain)) and found[2] in _MONTHS:
        return f"{found[1]}.{_MONTHS[found[2]]}.{found[3]}"
    if (found := _MONTH.fullmatch(plain)) and found[1] in _MONTHS:
        return f"{_MONTHS[found[1]]}.{found[2]}"
    return plain.upper()
