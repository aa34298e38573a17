"""Types of fields: what people type, cleaned, or refused with a sentence that says why.

A validator raises ``RuleError`` (a ValueError, as pydantic asks); ``model.validation`` turns it into a RecordError.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from stdnum import exceptions as stdnum_errors
from stdnum.pl import nip as stdnum_nip
from stdnum.pl import regon as stdnum_regon

from graphsvc.i18n import Message, msg, short

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The id of a record, as it is made here."""
LONGEST_LINE = 300
LONGEST_TEXT = 20_000
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing, and so can make a name look like another one."""

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Signs without width that come along with pasted text; dropped without a word."""


_FOLD = str.maketrans("łŁ", "lL")


def folded(text: str) -> str:
    """Lower case without diacritics: what a search compares."""
    marks = unicodedata.normalize("NFD", text.translate(_FOLD))
    return "".join(c for c in marks if not unicodedata.combining(c)).casefold()


_SPREADSHEET_ERROR = re.compile(
    r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|GETTING_DATA"
    r"|ZERO!|DZIEL/0!|ARG!|ADR!|NAZWA\?|LICZBA!|N/D!?|ROZLANIE!|OBL!)|(?:Err|Błąd):\d{3}"
)


class RuleError(ValueError):
    """A value that a rule refuses. ``field`` where the rule is about several fields."""

    def __init__(self, message: Message, hint: Message | None = None, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint
        self.field = field


def is_spreadsheet_error(text: str) -> bool:
    """Does a cell hold what a spreadsheet writes, in English or Polish, where a formula failed?"""
    return bool(_SPREADSHEET_ERROR.fullmatch(text.strip()))


def bad_characters(text: str, allowed: str = "") -> Iterator[str]:
    """Control characters and marks of direction in ``text``, but for ``allowed``."""
    return (c for c in text if c in BIDI or (unicodedata.category(c) in ("Cc", "Cs") and c not in allowed))


def _clean(value: str, longest: int, allowed: str = "") -> str:
    if len(value) > longest:
        raise RuleError(
            msg("The text has %(length)s characters; %(longest)s are allowed.", length=len(value), longest=longest),
            msg("Shorten it."),
        )
    bad = next(bad_characters(value, allowed), None)
    if bad is not None:
        raise RuleError(
            msg("The text holds a character that can't be seen (U+%(code)s).", code=format(ord(bad), "04X")),
            msg("Delete it, or type the text again."),
        )
    return unicodedata.normalize("NFC", value.translate(UNSEEN))


def _line(value: str) -> str:
    return _clean(re.sub(r"[\t\r\n]+", " ", value), LONGEST_LINE)


def clean_line(value: str) -> str:
    """A needed line of up to 300 characters. Raises RuleError."""
    value = value.strip()
    if not value:
        raise RuleError(msg("This field is needed."), msg("Fill it in."))
    return _line(value)


def _text(value: str) -> str:
    return _clean(value.replace("\r\n", "\n"), LONGEST_TEXT, "\n\t")


def _day(value: Any) -> Any:
    """Dates as people write them: 2026-03-31, 31.03.2026, 31/03/2026; empty is no date."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    match = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)
    try:
        return date(*(int(g) for g in reversed(match.groups()))) if match else datetime.fromisoformat(text).date()
    except ValueError:
        raise RuleError(
            msg("“%(value)s” is not a date.", value=short(text, 40)), msg("Write it as 2026-03-31 or 31.03.2026.")
        ) from None


def _number(value: Any) -> Any:
    """Numbers as people write them: decimal comma, spaces between thousands; empty is no number."""
    if not isinstance(value, str):
        return value
    return re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".") or None


def _or_none(value: Any) -> Any:
    return value.strip() or None if isinstance(value, str) else value


def _flag(value: Any) -> Any:
    """Yes and no as people write them in both languages; empty is no."""
    if not isinstance(value, str):
        return value
    return {"tak": True, "t": True, "x": True, "nie": False, "": False}.get(value.strip().casefold(), value)


def _checked(value: str, module: Any, name: str) -> str:
    digits = re.sub(r"[\s-]|^PL", "", value.strip().upper())
    try:
        if not digits.strip("0"):
            raise stdnum_errors.InvalidComponent()
        return str(module.validate(digits))
    except stdnum_errors.ValidationError:
        raise RuleError(
            msg("“%(value)s” is not a valid %(name)s number.", value=short(value, 40), name=name),
            msg("Check the digits; the last one does not fit the others, or their number is wrong."),
        ) from None


def nip(value: str) -> str:
    """A tax number as ten digits. Raises RuleError."""
    return _checked(value, stdnum_nip, "NIP")


def regon(value: str) -> str:
    """A REGON as nine or fourteen digits. Raises RuleError."""
    return _checked(value, stdnum_regon, "REGON")


def krs(value: str) -> str:
    """A KRS number as ten digits, with the leading zeros that spreadsheets drop. Raises RuleError."""
    digits = re.sub(r"[\s-]|^KRS:?", "", value.strip().upper())
    if not re.fullmatch(r"\d{1,10}", digits) or not digits.strip("0"):
        raise RuleError(
            msg("“%(value)s” is not a valid %(name)s number.", value=short(value, 40), name="KRS"),
            msg("A KRS number has ten digits."),
        )
    return digits.zfill(10)


def postcode(value: str) -> str:
    """``NN-NNN``, or another country's code as it is."""
    digits = re.sub(r"[\s-]", "", value)
    return f"{digits[:2]}-{digits[2:]}" if re.fullmatch(r"\d{5}", digits) else _line(value)


def _url(value: str) -> str:
    value = _clean(value, 2_000)
    if not value:
        return ""
    with_scheme = value if "://" in value else f"https://{value}"
    if not re.fullmatch(r"https?://[^\s/<>\"']+\.[^\s<>\"']+", with_scheme):
        raise RuleError(
            msg("“%(value)s” is not a web address.", value=short(value)), msg("Write it as https://example.org.")
        )
    return with_scheme


Name = Annotated[str, AfterValidator(clean_line)]
"""A needed line of up to 300 characters."""
Id = Annotated[str, AfterValidator(clean_line)]
"""The key of another record, needed."""
Line = Annotated[str, AfterValidator(_line)]
"""A line of up to 300 characters, may be empty."""
Text = Annotated[str, AfterValidator(_text)]
"""Several lines, up to 20,000 characters, may be empty."""
Url = Annotated[str, AfterValidator(_url)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_day)]
OptionalDay = Annotated[date | None, BeforeValidator(_day)]
OptionalId = Annotated[str | None, BeforeValidator(_or_none)]
Count = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_number)]
Amount = Annotated[Annotated[float, Field(ge=0, allow_inf_nan=False)] | None, BeforeValidator(_number)]
Share = Annotated[Annotated[float, Field(ge=0, le=1)] | None, BeforeValidator(_number)]
Latitude = Annotated[Annotated[float, Field(ge=-90, le=90)] | None, BeforeValidator(_number)]
Longitude = Annotated[Annotated[float, Field(ge=-180, le=180)] | None, BeforeValidator(_number)]
Postcode = Annotated[str, AfterValidator(postcode)]
Nip = Annotated[str | None, AfterValidator(lambda v: v and nip(v)), BeforeValidator(_or_none)]
Regon = Annotated[str | None, AfterValidator(lambda v: v and regon(v)), BeforeValidator(_or_none)]
Krs = Annotated[str | None, AfterValidator(lambda v: v and krs(v)), BeforeValidator(_or_none)]
