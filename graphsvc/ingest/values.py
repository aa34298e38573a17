"""Cells of one row as values of the model; what can't be taken is raised as ``RefusedError``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from pydantic import ValidationError
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError as NumberError

from graphsvc.errors import RecordError
from graphsvc.i18n import LISTED, Message, msg, short
from graphsvc.ingest.clean import MAX_CELL, clean, one_line
from graphsvc.ingest.dates import Dates, Days, no_day
from graphsvc.ingest.profile import CellRules
from graphsvc.ingest.table import Heading
from graphsvc.model.base import Record
from graphsvc.model.fieldtypes import RuleError, is_spreadsheet_error, krs, nip, regon
from graphsvc.model.validation import build
from graphsvc.model.vocabulary import default, in_force

OWN_NUMBERS = {"KRS": krs, "NIP": nip, "REGON": regon}
"""Registers that the model has a field for, and what checks their numbers."""
SHOWN = 200
"""Characters of a refused value that are told."""
TERRITORIES = "territory"
"""Stands for a scheme where a territory is asked for."""
ROW_NOT_TAKEN = msg("The row is not taken.")
REST_IS_TAKEN = msg("The rest of the row is taken.")


class RefusedError(Exception):
    """A value that can't be taken; ``whole_row``: nor can the row. ``scheme``: the list that it would have to be in."""

    def __init__(
        self, column: str, value: str, why: Message, do: Message, *, whole_row: bool = False, scheme: str = ""
    ) -> None:
        super().__init__(str(why))
        self.column, self.value, self.why, self.whole_row = column, short(one_line(value), SHOWN), why, whole_row
        self.scheme, self.do = scheme, do

    @property
    def what_to_do(self) -> Message:
        """And what becomes of the row."""
        return Message("%(do)s %(then)s", {"do": self.do, "then": ROW_NOT_TAKEN if self.whole_row else REST_IS_TAKEN})


class Column:
    """One cell of the profile against one heading: what a row says there."""

    def __init__(self, rules: CellRules, heading: Heading) -> None:
        self.rules = rules
        self.name = rules.column
        self.index = heading.index(rules.column)

    def text(self, cells: Sequence[str]) -> str:
        """The cell on one line, translated by the profile's ``values``, or the fixed ``value``."""
        raw = cell(cells, self.index, self.name)
        return (self.meaning(raw) if raw else "") or self.rules.value

    def lines(self, cells: Sequence[str]) -> str:
        """The cell with its line breaks, or the fixed ``value``."""
        return clean(raw_cell(cells, self.index, self.name)) or self.rules.value

    def texts(self, cells: Sequence[str]) -> list[str]:
        """The values of a cell that may hold several, without repetitions."""
        raw = cell(cells, self.index, self.name)
        parts = raw.split(self.rules.separator) if self.rules.separator else [raw]
        meant = [m for m in (self.meaning(p.strip()) for p in parts) if m]
        return list(dict.fromkeys(meant or ([self.rules.value] if self.rules.value else [])))

    def meaning(self, text: str) -> str:
        """What a text of the cell means by the profile's ``values``. Raises RefusedError."""
        meaning = self.rules.meanings.get(text.casefold())
        if meaning is not None or self.rules.unlisted == "keep" or not text:
            return text if meaning is None else meaning
        if self.rules.unlisted == "drop":
            return ""
        raise RefusedError(
            self.name,
            text,
            msg("The profile does not list this value."),
            msg("Add it to the profile's 'values', or mend the cell."),
        )


def cell(cells: Sequence[str], index: int, column: str) -> str:
    """A cell on one line, else as ``raw_cell``."""
    return one_line(raw_cell(cells, index, column))


def raw_cell(cells: Sequence[str], index: int, column: str) -> str:
    """A cell as it stands; empty where the row is too short. Raises RefusedError when it is too long, or holds what a
    spreadsheet writes where a formula failed."""
    if not 0 <= index < len(cells):
        return ""
    text = cells[index]
    if len(text) > MAX_CELL:
        raise RefusedError(
            column,
            text,
            msg("The cell has %(length)d characters; at most %(limit)d are read.", length=len(text), limit=MAX_CELL),
            msg("Shorten it. Perhaps a quotation mark is not closed."),
            whole_row=True,
        )
    if is_spreadsheet_error(text):
        raise RefusedError(
            column,
            text,
            msg("The spreadsheet's formula failed here."),
            msg("Correct the formula, or clear the cell."),
        )
    return text


def days(text: str, dates: Dates, column: str) -> Days | None:
    """First and last day of what the cell names, or None where it is empty or says “–”, „bezterminowo” or the like.

    Raises RefusedError.
    """
    found = dates.read(text) if text else None
    if found or not text or no_day(text):
        return found
    raise RefusedError(
        column,
        text,
        msg("There is no such day."),
        msg("Write a day that exists, for example 28.02.2010."),
        whole_row=True,
    )


def code(text: str, name: str, column: str) -> str:
    """A code of the scheme ``name``, "" for an empty text, given as code, label or other word; also by a shipped label
    that the centre changed, as old files have it. Raises RefusedError."""
    words = in_force().scheme(name)
    found = words.code_of(text) or default().scheme(name).code_of(text) if text else ""
    if found is not None:
        return found
    raise RefusedError(
        column,
        text,
        msg("This is none of the service's codes or labels."),
        msg(
            "List it in the profile's 'values', or write one of: %(codes)s.",
            codes=short(", ".join(words.codes), LISTED),
        ),
        scheme=name,
    )


def number(text: str, register: str, column: str) -> str:
    """A company number in its register's usual form. Raises RefusedError when its digits can't be right."""
    if not text:
        return ""
    try:
        if register in OWN_NUMBERS:
            return OWN_NUMBERS[register](text)
        return str(cvr.validate(text)) if register == "CVR" else "".join(text.split()).upper()
    except (RuleError, NumberError):
        raise RefusedError(
            column,
            text,
            msg("This is no valid %(register)s number.", register=register),
            msg("Check its digits, or leave the cell empty."),
        ) from None


Fields = tuple[tuple[str, str | tuple[str, ...]], ...]
"""Pairs of field and text (or texts)."""


def checked(model: type[Record], fields: Fields) -> tuple[Fields, tuple[RecordError, ...]]:
    """Those of the fields that the model takes, and what is wrong with the others (``place.field`` says which).

    Codes must have been looked up before.
    """
    data = {"name": "-", **dict(fields)}
    with suppress(ValidationError):  # told in words below
        if next(model.model_validate(data).broken_rules(), None) is None:
            return fields, ()
    try:
        build(model, data, in_force())
    except RecordError as wrong:
        problems = getattr(wrong, "problems", None) or (wrong,)
        bad = {p.place.field for p in problems if p.place}
        return tuple(f for f in fields if f[0] not in bad), tuple(problems)
    return fields, ()
