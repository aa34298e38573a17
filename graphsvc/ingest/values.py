"""Cells of one row as values of the model; what can't be taken is raised as ``RefusedValue``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from stdnum.dk import cvr
from stdnum.exceptions import ValidationError as NumberError
from stdnum.pl import nip, regon

from graphsvc.i18n import Message, msg
from graphsvc.ingest.clean import MAX_CELL, one_line
from graphsvc.ingest.dates import Dates
from graphsvc.ingest.profile import _CellRules
from graphsvc.ingest.table import Heading
from graphsvc.model.vocabulary import scheme

_KRS_DIGITS = 10
_CHECKS: dict[str, Any] = {"NIP": nip, "REGON": regon, "CVR": cvr}
_SHOWN = 200


class RefusedValue(Exception):
    """A value that can't be taken; ``whole_row``: nor can the row."""

    def __init__(self, column: str, value: str, why: Message, hint: Message, *, whole_row: bool = False) -> None:
        super().__init__(str(why))
        self.column, self.value, self.why, self.hint, self.whole_row = column, value[:_SHOWN], why, hint, whole_row


class Column:
    """One cell of the profile against one heading: what a row says there."""

    def __init__(self, rules: _CellRules, heading: Heading) -> None:
        self.rules = rules
        self.name = rules.column
        self._index = heading.index(rules.column) if rules.column else -1

    def text(self, cells: Sequence[str]) -> str:
        """The cell on one line, translated by the profile's ``values``, or the fixed ``value``."""
        return self._meaning(cell(cells, self._index, self.name)) or self.rules.value

    def texts(self, cells: Sequence[str]) -> list[str]:
        """The values of a cell that may hold several, without repetitions."""
        raw = cell(cells, self._index, self.name)
        parts = raw.split(self.rules.separator) if self.rules.separator else [raw]
        meant = (self._meaning(p.strip()) for p in parts)
        return list(dict.fromkeys(m for m in meant if m)) or ([self.rules.value] if self.rules.value else [])

    def _meaning(self, text: str) -> str:
        meaning = self.rules.meanings.get(text.casefold())
        if meaning is not None or self.rules.unlisted == "keep" or not text:
            return text if meaning is None else meaning
        if self.rules.unlisted == "drop":
            return ""
        raise RefusedValue(
            self.name,
            text,
            msg("The profile does not list this value."),
            msg("Add it to the profile's 'values', or mend the cell. The rest of the row is taken."),
        )


def cell(cells: Sequence[str], index: int, column: str) -> str:
    """A cell on one line; empty where the row is too short. Raises RefusedValue when it is too long."""
    return one_line(raw_cell(cells, index, column))


def raw_cell(cells: Sequence[str], index: int, column: str) -> str:
    """A cell as it stands; empty where the row is too short. Raises RefusedValue when it is too long."""
    if not 0 <= index < len(cells):
        return ""
    if len(cells[index]) > MAX_CELL:
        raise RefusedValue(
            column,
            cells[index],
            msg(
                "The cell has %(length)d characters; at most %(limit)d are read.",
                length=len(cells[index]),
                limit=MAX_CELL,
            ),
            msg("Shorten it. Perhaps a quotation mark is not closed."),
            whole_row=True,
        )
    return cells[index]


def day(text: str, dates: Dates, column: str) -> date | None:
    """A day, or None for an empty cell. Raises RefusedValue."""
    if not text:
        return None
    if found := dates.read(text):
        return found
    raise RefusedValue(
        column,
        text,
        msg("There is no such day."),
        msg("Write a day that exists, for example 28.02.2010. The row is not taken."),
        whole_row=True,
    )


def code(text: str, name: str, column: str) -> str:
    """A code of the vocabulary's scheme ``name``, given as code or as label. Raises RefusedValue."""
    if not text:
        return ""
    if found := _codes(name).get(text.casefold()):
        return found
    raise RefusedValue(
        column,
        text,
        msg("This is none of the service's codes or labels."),
        msg(
            "Write one of: %(codes)s, or list it in the profile's 'values'. The rest of the row is taken.",
            codes=", ".join(scheme(name).codes[:20]),
        ),
    )


@cache
def _codes(name: str) -> dict[str, str]:
    pairs: Iterable[tuple[str, str]] = (
        (key.casefold(), c.code) for c in scheme(name) for key in (c.pl, c.en, c.code) if key
    )
    return dict(pairs)


def number(text: str, register: str, column: str) -> str:
    """A company number in its register's usual form. Raises RefusedValue when its check digits are wrong."""
    digits = "".join(text.split())
    if not digits:
        return ""
    if register == "KRS" and digits.isdigit() and len(digits) <= _KRS_DIGITS:
        return digits.zfill(_KRS_DIGITS)  # spreadsheets drop the zeros
    try:
        if register == "KRS":
            raise NumberError
        return str(_CHECKS[register].validate(digits)) if register in _CHECKS else digits.upper()
    except NumberError:
        raise RefusedValue(
            column,
            text,
            msg("This is no valid %(register)s number.", register=register),
            msg("Check its digits. The rest of the row is taken."),
        ) from None


def decimal(text: str, column: str) -> str:
    """A number with a decimal comma or point, as text with a point. Raises RefusedValue."""
    plain = text.replace(" ", "").replace(",", ".")
    if not plain:
        return ""
    try:
        return repr(float(plain))
    except ValueError:
        raise RefusedValue(
            column, text, msg("This is no number."), msg("Write it in digits. The rest of the row is taken.")
        ) from None


Taken = Callable[[RefusedValue], None]
