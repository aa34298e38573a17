"""Rows of one sheet, read by a profile into the spool and the mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from graphsvc.i18n import msg
from graphsvc.ingest.dates import Dates, find_dates
from graphsvc.ingest.members import Members, Refuse, spots
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.names import Names
from graphsvc.ingest.places import Places
from graphsvc.ingest.profile import CellRules, PartnershipRules, Profile
from graphsvc.ingest.spool import Made, Spool
from graphsvc.ingest.table import Heading, Row, Sheet
from graphsvc.ingest.values import Column, RefusedError, cell, checked, code, days
from graphsvc.model.partnerships import Partnership

SCHEMES = {
    "kind": "partnership_type",
    "phase": "partnership_phase",
    "formalisation": "formalisation",
    "themes": "need_area",
}
DAYS = ("signed_on", "starts_on", "ends_on")
LISTS = ("themes", "territories")
IDENTITY = ("name", *DAYS)
"""Fields without which, or with a wrong one, the row is not taken."""
_SAMPLE = 2000
_COMMA = re.compile(r"-?\d[\d\s]{0,20},\d{1,9}")
Data = dict[str, Any]


class SheetReader:
    """Reads the rows of one sheet. ``refuse`` is called for each value and row that is not taken."""

    def __init__(
        self,
        profile: Profile,
        sheet: Sheet,
        heading: Heading,
        names: Names,
        places: Places,
        mentions: Mentions,
        refuse: Refuse,
    ) -> None:
        self.sheet, self.heading, self.places, self.refuse = sheet, heading, places, refuse
        cells = {f: getattr(profile.partnership, f) for f in PartnershipRules.model_fields}
        self._columns = {f: Column(c, heading) for f, c in cells.items() if isinstance(c, CellRules)}
        self._key = [(heading.index(h), h) for h in profile.partnership.key]
        found = [s for group in profile.members for s in spots(group, heading)]
        dated = [c for f, c in self._columns.items() if f in DAYS]
        dated += [s.columns[f] for s in found for f in ("since", "until") if f in s.columns]
        self.dates = self._find_dates(dated, profile.file.dates)
        self._members = Members(found, names, places, self.dates, mentions, refuse)
        self._last: tuple[tuple[str, ...], Data] | None = None
        self._bare = [i for i, h in enumerate(heading.columns) if not h]
        self.without_heading: dict[int, int] = {}
        """Columns (from 0) without a heading that hold something, and the first row where; after ``read``."""

    def _find_dates(self, columns: Sequence[Column], forms: tuple[str, ...]) -> dict[str, Dates]:
        samples: dict[str, list[str]] = {c.name: [] for c in columns}
        for _, cells in islice(self._rows(), _SAMPLE):
            for c in columns:
                if 0 <= c.index < len(cells) and len(cells[c.index]) < 40:
                    samples[c.name].append(cells[c.index].strip())
        return {name: find_dates(values, forms) for name, values in samples.items()}

    def decimal_comma(self) -> bool:
        """Do numbers of the first rows have a comma before the fraction?"""
        return any(_COMMA.fullmatch(c.strip()) for _, cells in islice(self._rows(), _SAMPLE) for c in cells)

    def _rows(self) -> Iterator[Row]:
        return (r for r in self.sheet.rows() if r[0] > self.heading.row)

    def read(self, spool: Spool) -> Iterator[int]:
        """Reads all rows, yielding the number of each."""
        width = len(self.heading.columns)
        for row, cells in self._rows():
            for i in (*self._bare, *range(width, len(cells))):
                if i < len(cells) and cells[i].strip():
                    self.without_heading.setdefault(i, row)
            try:
                self._read(row, cells, spool)
            except RefusedError as refused:
                refused.whole_row = True
                self.refuse(row, refused)
            yield row

    def _read(self, row: int, cells: Sequence[str], spool: Spool) -> None:
        data = self._partnership(row, cells)
        parts = [cell(cells, i, h) for i, h in self._key]
        key = ("\x1f".join(parts) if any(parts) else data["name"]).casefold()
        made = spool.find(key)
        merged = self._merged(row, spool, made, data) if made and made[1] != data else data
        members = self._members.read(row, cells, (merged.get("starts_on", ""), merged.get("ends_on", "")))
        if made is None:
            number = spool.add(key, merged, self.sheet.name, row)
        else:
            number = made[0]
            if merged != made[1]:
                spool.update(number, merged)
        spool.members(number, members)

    def _partnership(self, row: int, cells: Sequence[str]) -> Data:
        """The fields of the row's partnership that are not empty, as JSON can hold them."""
        raw = tuple(cells[c.index] if 0 <= c.index < len(cells) else "" for c in self._columns.values())
        if self._last and self._last[0] == raw:  # rows of one partnership follow each other
            return self._last[1]
        fields, problems = checked(Partnership, tuple(self._fields(row, cells)))
        for problem in problems:
            field = (problem.place.field if problem.place else None) or "name"
            column, hint = self._columns[field], problem.hint or msg("Mend the cell.")
            value = str(dict(fields).get(field, "")) or column.text(cells)
            refused = RefusedError(column.name, value, problem.message, hint, whole_row=field in IDENTITY)
            if refused.whole_row:
                raise refused
            self.refuse(row, refused)
        data = {f: list(v) if isinstance(v, tuple) else v for f, v in fields}
        self._last = raw, data
        return data

    def _fields(self, row: int, cells: Sequence[str]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
        for field, column in self._columns.items():
            try:
                value = self._field(row, field, column, cells)
            except RefusedError as refused:
                if refused.whole_row or field in IDENTITY:
                    raise
                self.refuse(row, refused)
                continue
            if value or field == "name":
                yield field, value

    def _field(self, row: int, field: str, column: Column, cells: Sequence[str]) -> str | tuple[str, ...]:
        if field in LISTS:
            return tuple(dict.fromkeys(self._each(row, field, column, cells)))
        if field in ("purpose", "rules"):
            return column.lines(cells)
        text = column.text(cells)
        if field in DAYS:
            found = days(text, self.dates[column.name], column.name)
            return found[field == "ends_on"].isoformat() if found else ""
        return code(text, SCHEMES[field], column.name) if field in SCHEMES else text

    def _each(self, row: int, field: str, column: Column, cells: Sequence[str]) -> Iterator[str]:
        """The codes of a cell; what is on no list as a whole is taken for several after commas."""
        for text in column.texts(cells):
            try:
                yield self._listed(text, field, column)
            except RefusedError as refused:
                if "," not in text:
                    self.refuse(row, refused)
                    continue
                for part in dict.fromkeys(filter(None, map(str.strip, text.split(",")))):
                    try:
                        yield self._listed(column.meaning(part), field, column)
                    except RefusedError as one:
                        self.refuse(row, one)

    def _listed(self, text: str, field: str, column: Column) -> str:
        if field in SCHEMES:
            return code(text, SCHEMES[field], column.name)
        return self.places.code(text, column.name)

    def _merged(self, row: int, spool: Spool, made: Made, new: Data) -> Data:
        """A later row of the same partnership fills what is empty; where it contradicts, the first row counts."""
        number, old, sheet, first = made
        merged = dict(old)
        for field, value in new.items():
            if isinstance(value, list):
                merged[field] = list(dict.fromkeys([*old.get(field, []), *value]))
            elif str(merged.setdefault(field, value)).casefold() != str(value).casefold():
                if sheet == self.sheet.name:
                    why = msg("The same partnership says “%(other)s” in row %(row)d.", other=old[field], row=first)
                else:
                    why = msg(
                        "The same partnership says “%(other)s” in sheet “%(sheet)s”, row %(row)d.",
                        other=old[field],
                        sheet=sheet,
                        row=first,
                    )
                do = msg(
                    "The first counts. Make the rows agree, or give two partnerships two names (a profile's 'key' can"
                    " tell them apart too)."
                )
                self.refuse(row, RefusedError(self._columns[field].name, str(value), why, do))
        for field in ("starts_on", "ends_on"):
            if field in merged and field not in old:
                self._check_days(field, merged, spool, number)
        return merged

    def _check_days(self, field: str, merged: Data, spool: Spool, number: int) -> None:
        """Raises RefusedError where a later row gives a day that can't be, by what earlier rows said."""
        start, end = merged.get("starts_on", ""), merged.get("ends_on", "")
        column = self._columns[field].name
        if start and end and end < start:
            raise RefusedError(
                column,
                merged[field],
                msg("The end (%(end)s) is before the start (%(start)s).", start=start, end=end),
                msg("Correct one of the two dates."),
                whole_row=True,
            )
        if outside := spool.outside(number, *((start, "9999") if field == "starts_on" else ("", end))):
            raise RefusedError(
                column,
                merged[field],
                msg(
                    "A member's dates (%(since)s to %(until)s) are outside the partnership's (%(start)s to %(end)s).",
                    since=outside[0] or "…",
                    until=outside[1] or "…",
                    start=start or "…",
                    end=end or "…",
                ),
                msg("Correct the member's dates or the partnership's."),
                whole_row=True,
            )
