"""Rows of one sheet, read by a profile into the spool and the mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from graphsvc.i18n import msg
from graphsvc.ingest.clean import MAX_NAME
from graphsvc.ingest.dates import Dates, find_dates
from graphsvc.ingest.mentions import Mentions, Numbers
from graphsvc.ingest.names import Names
from graphsvc.ingest.profile import MemberRules, Profile, _CellRules
from graphsvc.ingest.spool import Mention as Cited
from graphsvc.ingest.spool import Spool
from graphsvc.ingest.table import Heading, Sheet
from graphsvc.ingest.values import Column, RefusedValue, cell, code, day, decimal, number, raw_cell

CODES = {"kind": "partnership_type", "phase": "partnership_phase", "formalisation": "formalisation"}
DAYS = ("signed_on", "starts_on", "ends_on")
LISTS = ("themes", "territories")
TEXTS = ("purpose", "rules", "document")
FACTS = ("sector", "kind", "territory", "street", "postcode", "town", "website", "lat", "lon")
_SAMPLE = 2000
Refuse = Callable[[int, RefusedValue], None]


@dataclass(frozen=True, slots=True)
class Place:
    """One column in which a member stands, and the columns that tell more of it."""

    rules: MemberRules
    heading: str
    index: int
    columns: dict[str, Column]
    numbers: tuple[tuple[str, str, int], ...]


class SheetReader:
    """Reads the rows of one sheet. ``refuse`` is called for each value and row that is not taken."""

    def __init__(self, profile: Profile, sheet: Sheet, heading: Heading, names: Names, refuse: Refuse) -> None:
        self.profile, self.sheet, self.heading, self.names, self.refuse = profile, sheet, heading, names, refuse
        rules = profile.partnership
        self._columns = {
            f: Column(getattr(rules, f), heading)
            for f in type(rules).model_fields
            if isinstance(getattr(rules, f), _CellRules)
        }
        self._key = [(h, heading.index(h)) for h in rules.key]
        self._places = [p for g in profile.members for p in _places(g, heading)]
        self._dates = self._find_dates()

    def _find_dates(self) -> dict[str, Dates]:
        columns = {c.name: c for n, c in self._columns.items() if n in DAYS}
        for place in self._places:
            columns |= {c.name: c for n, c in place.columns.items() if n in ("since", "until")}
        samples: dict[str, list[str]] = {name: [] for name in columns}
        for _, cells in islice(self._rows(), _SAMPLE):
            for name, column in columns.items():
                index = self.heading.index(name) if name else -1
                if 0 <= index < len(cells):
                    samples[name].append(cells[index].strip())
        return {name: find_dates(values, self.profile.file.dates) for name, values in samples.items()}

    @property
    def date_forms(self) -> dict[str, str]:
        """Column -> the form of date that fits it best."""
        return {name: dates.formats[0] for name, dates in self._dates.items() if name}

    def _rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        return (r for r in self.sheet.rows() if r[0] > self.heading.row)

    def read(self, spool: Spool, mentions: Mentions) -> Iterator[int]:
        """Reads all rows, yielding the number of each."""
        for row, cells in self._rows():
            try:
                self._read_row(row, cells, spool, mentions)
            except RefusedValue as refused:
                self.refuse(row, refused)
            yield row

    def _read_row(self, row: int, cells: Sequence[str], spool: Spool, mentions: Mentions) -> None:
        data = self._partnership(row, cells)
        members = list(self._members(row, cells, mentions))
        if not members:
            raise RefusedValue(
                self._places[0].heading if self._places else "",
                "",
                msg("The row names no organisation."),
                msg("Write at least one member, or delete the row."),
                whole_row=True,
            )
        key = "\x1f".join([cell(cells, i, h) for h, i in self._key] or [data["name"].casefold()])
        made, before, first = spool.partnership(key, row, data)
        if first != row:
            self._merge(row, spool, made, before, data, first)
        spool.members(made, members)

    def _partnership(self, row: int, cells: Sequence[str]) -> dict[str, Any]:
        """The fields of the row's partnership that are not empty, as JSON can hold them."""
        data: dict[str, Any] = {"name": self._name(cells)}
        for field, column in self._columns.items():
            if field == "name":
                continue
            try:
                value = self._field(field, column, cells)
            except RefusedValue as refused:
                if refused.whole_row:
                    raise
                self.refuse(row, refused)
                continue
            if value:
                data[field] = value
        if data.get("starts_on", "") > data.get("ends_on", "9999"):
            raise RefusedValue(
                self._columns["ends_on"].name,
                data["ends_on"],
                msg("It ends before it starts (%(start)s).", start=data["starts_on"]),
                msg("Mend one of the dates. The row is not taken."),
                whole_row=True,
            )
        return data

    def _name(self, cells: Sequence[str]) -> str:
        column = self._columns["name"]
        name = column.text(cells)
        if name and len(name) <= MAX_NAME:
            return name
        why = msg("The name has more than %(limit)d characters.", limit=MAX_NAME) if name else msg("There is no name.")
        raise RefusedValue(
            column.name, name, why, msg("Write the partnership's name. The row is not taken."), whole_row=True
        )

    def _field(self, field: str, column: Column, cells: Sequence[str]) -> str | list[str]:
        if field in LISTS:
            return column.texts(cells)
        text = column.text(cells)
        if field in DAYS:
            found = day(text, self._dates[column.name], column.name)
            return found.isoformat() if found else ""
        return code(text, CODES[field], column.name) if field in CODES else text

    def _merge(self, row: int, spool: Spool, made: int, old: dict[str, Any], new: dict[str, Any], first: int) -> None:
        """A later row of the same partnership fills what is empty; where it contradicts, the first row counts."""
        merged = dict(old)
        for field, value in new.items():
            if isinstance(value, list):
                merged[field] = list(dict.fromkeys([*old.get(field, []), *value]))
            elif merged.setdefault(field, value) != value:
                self.refuse(
                    row,
                    RefusedValue(
                        self._columns[field].name,
                        str(value),
                        msg("The same partnership says “%(other)s” in row %(row)d.", other=old[field], row=first),
                        msg("The first counts. Make the rows agree, or add a column to the profile's 'key'."),
                    ),
                )
        if merged != old:
            spool.update(made, merged)

    def _members(self, row: int, cells: Sequence[str], mentions: Mentions) -> Iterator[Cited]:
        for place in self._places:
            cited = self._names_at(row, place, cells)
            if not cited and place.rules.required:
                raise RefusedValue(
                    place.heading,
                    "",
                    msg("The cell is empty."),
                    msg("Write the organisation's name. The row is not taken."),
                    whole_row=True,
                )
            if not cited:
                continue
            alone = len(cited) == 1
            facts = {f: self._value(row, place, f, cells) for f in FACTS if f in place.columns} if alone else {}
            numbers = self._numbers(row, place, cells) if alone else ()
            role = self._value(row, place, "role", cells) or "PAR"
            since, until = (self._day(place, f, cells) for f in ("since", "until"))
            for name in cited:
                yield mentions.add(name, numbers, row, facts), role, since, until

    def _names_at(self, row: int, place: Place, cells: Sequence[str]) -> list[str]:
        raw = raw_cell(cells, place.index, place.heading)
        if place.rules.marks:
            marked = raw.strip().casefold() in {m.casefold() for m in place.rules.marks}
            return [place.heading] if marked else []
        pieces = self.names.split(raw) if place.rules.list else [self.names.tidy(raw)]
        return [p for p in pieces if p and self._is_taken(row, place, p)]

    def _is_taken(self, row: int, place: Place, piece: str) -> bool:
        if len(piece) > MAX_NAME:
            why = msg("The name has more than %(limit)d characters.", limit=MAX_NAME)
        elif not self.names.is_name(piece):
            why = msg("This is no name of an organisation.")
        else:
            return True
        hint = msg("Mend the cell or the profile's rules of names. The rest of the row is taken.")
        self.refuse(row, RefusedValue(place.heading, piece, why, hint))
        return False

    def _numbers(self, row: int, place: Place, cells: Sequence[str]) -> Numbers:
        found = []
        for register, heading, index in place.numbers:
            try:
                value = number(cell(cells, index, heading), register, heading)
            except RefusedValue as refused:
                self.refuse(row, refused)
                continue
            if value:
                found.append((register, value))
        return tuple(sorted(found))

    def _value(self, row: int, place: Place, field: str, cells: Sequence[str]) -> str:
        column = place.columns[field]
        schemes = {"role": "partner_role", "sector": "organisation_sector", "kind": "organisation_kind"}
        try:
            text = column.text(cells)
            if field in schemes:
                return code(text, schemes[field], column.name)
            return decimal(text, column.name) if field in ("lat", "lon") else text
        except RefusedValue as refused:
            self.refuse(row, refused)
            return ""

    def _day(self, place: Place, field: str, cells: Sequence[str]) -> str | None:
        if field not in place.columns:
            return None
        column = place.columns[field]
        found: date | None = day(column.text(cells), self._dates[column.name], column.name)
        return found.isoformat() if found else None


def _places(rules: MemberRules, heading: Heading) -> Iterator[Place]:
    columns = {
        f: Column(getattr(rules, f), heading)
        for f in MemberRules.model_fields
        if isinstance(getattr(rules, f), _CellRules)
    }
    numbers = tuple((register, h, heading.index(h)) for register, h in rules.numbers.items())
    if rules.column:
        yield Place(rules, rules.column, heading.index(rules.column), columns, numbers)
    else:
        like = re.compile(rules.columns_like)
        for index, name in enumerate(heading.columns):
            if name and like.fullmatch(name):
                yield Place(rules, name, index, columns, numbers)
