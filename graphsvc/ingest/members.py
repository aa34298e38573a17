"""Who takes part, as one row says it: names, roles, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from graphsvc.i18n import msg
from graphsvc.ingest.clean import MAX_NAME
from graphsvc.ingest.dates import Dates
from graphsvc.ingest.mentions import Mentions, Numbers
from graphsvc.ingest.names import Names
from graphsvc.ingest.places import Places
from graphsvc.ingest.profile import CellRules, MemberRules
from graphsvc.ingest.spool import Cited
from graphsvc.ingest.table import Heading
from graphsvc.ingest.values import Column, Fields, RefusedError, cell, checked, code, days, number, raw_cell
from graphsvc.model.organisations import Organisation

FACTS = ("sector", "kind", "territory", "street", "postcode", "town", "website", "lat", "lon")
SCHEMES = {"sector": "organisation_sector", "kind": "organisation_kind"}
Refuse = Callable[[int, RefusedError], None]
About = tuple[Numbers, Mapping[str, str]]
K = TypeVar("K")
V = TypeVar("V")
_REMEMBERED = 20_000


NO_MARKS = frozenset(("", "-", "–", "—", "0", "n", "nie", "no"))
"""What says in a column of marks that an organisation takes no part."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One column in which a member stands, and the columns that tell more of it."""

    rules: MemberRules
    heading: str
    index: int
    columns: dict[str, Column]
    numbers: tuple[tuple[str, str, int], ...]
    marks: frozenset[str]
    about: tuple[int, ...]
    """Positions of the columns with numbers and facts."""


def spots(rules: MemberRules, heading: Heading) -> Iterator[Spot]:
    """The columns of a file that a group of the profile speaks of."""
    cells = {f: getattr(rules, f) for f in MemberRules.model_fields}
    columns = {f: Column(c, heading) for f, c in cells.items() if isinstance(c, CellRules)}
    numbers = tuple((register, h, heading.index(h)) for register, h in rules.numbers.items())
    marks = frozenset(m.casefold() for m in rules.marks)
    about = (*(c.index for f, c in columns.items() if f in FACTS and c.index >= 0), *(i for _, _, i in numbers))
    like = re.compile(rules.columns_like)
    found = [i for i, name in enumerate(heading.columns) if rules.columns_like and name and like.fullmatch(name)]
    for index in [heading.index(rules.column)] if rules.column else found:
        if index >= 0:
            yield Spot(rules, heading.columns[index], index, columns, numbers, marks, about)


def _marked(spot: Spot, cell: str) -> str:
    """The cell where it is a mark; "" where it says no. Raises RefusedError."""
    text = cell.strip().casefold()
    if text in spot.marks or text in NO_MARKS:
        return text if text in spot.marks else ""
    raise RefusedError(
        spot.heading,
        cell,
        msg("This is no mark of who takes part."),
        msg("Write one of: %(marks)s; or leave it empty.", marks=", ".join(spot.rules.marks)),
    )


class Members:
    """Reads the members of rows; ``dates`` by column."""

    def __init__(
        self,
        spots: Sequence[Spot],
        names: Names,
        places: Places,
        dates: Mapping[str, Dates],
        mentions: Mentions,
        refuse: Refuse,
    ) -> None:
        self.spots, self.names, self.places, self.dates = spots, names, places, dates
        self.mentions, self.refuse = mentions, refuse
        self._known: dict[tuple[int, tuple[str, ...]], About] = {}
        self._split: dict[tuple[int, str], list[str]] = {}
        self._refusals = 0

    def read(self, row: int, cells: Sequence[str], span: tuple[str, str]) -> list[Cited]:
        """The row's members. ``span``: first and last day of the partnership, "" where not known.

        Raises RefusedError when there is none, or one that is required is lacking.
        """
        found = [cited for spot in self.spots for cited in self._at(spot, row, cells, span)]
        if found:
            return found
        raise RefusedError(
            self.spots[0].heading if self.spots else "",
            "",
            msg("The row names no organisation."),
            msg("Write at least one member, or delete the row."),
            whole_row=True,
        )

    def _at(self, spot: Spot, row: int, cells: Sequence[str], span: tuple[str, str]) -> Iterator[Cited]:
        names = self._names(spot, row, cells)
        if not names:
            if spot.rules.required:
                why, do = msg("The cell is empty."), msg("Write the organisation's name.")
                raise RefusedError(spot.heading, "", why, do, whole_row=True)
            return
        role = self._try(row, lambda: code(spot.columns["role"].text(cells), "partner_role", spot.columns["role"].name))
        since, until = self._days(spot, cells, span)
        # an address or a number beside a list of names says nothing of each
        numbers, facts = self._about(spot, row, cells) if len(names) == 1 else ((), {})
        for name in names:
            yield self.mentions.add(name, numbers, row, facts), role or "PAR", since or None, until or None

    def _try(self, row: int, read: Callable[[], str]) -> str:
        """A value, or "" and a line in the report; what spoils the row is passed on."""
        try:
            return read()
        except RefusedError as refused:
            if refused.whole_row:
                raise
            self._refuse(row, refused)
            return ""

    def _refuse(self, row: int, refused: RefusedError) -> None:
        self._refusals += 1
        self.refuse(row, refused)

    def _names(self, spot: Spot, row: int, cells: Sequence[str]) -> list[str]:
        read = partial(raw_cell, cells, spot.index, spot.heading)
        raw = read() if spot.rules.required else self._try(row, read)
        if spot.marks:
            return [spot.heading] if self._try(row, lambda: _marked(spot, raw)) else []
        found = self._split.get((spot.index, raw))
        if found is None:
            refused = self._refusals
            pieces = self.names.split(raw) if spot.rules.list else [self.names.tidy(raw)]
            found = [p for p in pieces if p and self._try(row, lambda p=p: self._name(spot, p))]  # type: ignore[misc]
            if refused == self._refusals:
                _remember(self._split, (spot.index, raw), found)
        return found

    def _name(self, spot: Spot, piece: str) -> str:
        if len(piece) <= MAX_NAME and self.names.is_name(piece):
            return piece
        why = (
            msg("This is no name of an organisation.")
            if len(piece) <= MAX_NAME
            else msg("The name has more than %(limit)d characters.", limit=MAX_NAME)
        )
        raise RefusedError(spot.heading, piece, why, msg("Mend the cell, or the profile's rules of names."))

    def _about(self, spot: Spot, row: int, cells: Sequence[str]) -> About:
        """Numbers and facts; those of an organisation that comes again are looked up."""
        raw = tuple(cells[i] if i < len(cells) else "" for i in spot.about)
        found = self._known.get((spot.index, raw))
        if found is None:
            refused = self._refusals
            found = self._numbers(spot, row, cells), {f: str(v) for f, v in self._facts(spot, row, cells)}
            if refused == self._refusals:
                _remember(self._known, (spot.index, raw), found)
        return found

    def _numbers(self, spot: Spot, row: int, cells: Sequence[str]) -> Numbers:
        found = (
            (register, self._try(row, lambda h=h, i=i, r=register: number(cell(cells, i, h), r, h)))  # type: ignore[misc]
            for register, h, i in spot.numbers
        )
        return tuple(sorted(pair for pair in found if pair[1]))

    def _facts(self, spot: Spot, row: int, cells: Sequence[str]) -> Fields:
        """Fields of Organisation that the row gives and the model takes."""
        texts = (
            (f, self._try(row, lambda f=f: self._fact(f, spot.columns[f], cells)))  # type: ignore[misc]
            for f in FACTS
            if f in spot.columns
        )
        good, problems = checked(Organisation, tuple(pair for pair in texts if pair[1]))
        for problem in problems:
            field = problem.place.field if problem.place else None
            column = spot.columns[field or ""]
            self.refuse(
                row,
                RefusedError(column.name, column.text(cells), problem.message, problem.hint or msg("Mend the cell.")),
            )
        return good

    def _fact(self, field: str, column: Column, cells: Sequence[str]) -> str:
        text = column.text(cells)
        if field == "territory":
            return self.places.code(text, column.name)
        return code(text, SCHEMES[field], column.name) if field in SCHEMES else text

    def _days(self, spot: Spot, cells: Sequence[str], span: tuple[str, str]) -> tuple[str, str]:
        """The first and last day of a member, within the partnership's: of a year or month what is in both."""
        own = []
        for field in ("since", "until"):
            column = spot.columns.get(field)
            found = days(column.text(cells), self.dates[column.name], column.name) if column else None
            if column is None or found is None:
                own.append("")
                continue
            first, last = (day.isoformat() for day in found)
            first, last = max(first, span[0]), min(last, span[1] or last)
            if last < first:
                raise RefusedError(
                    column.name,
                    column.text(cells),
                    msg(
                        "It is outside the partnership's dates (%(start)s to %(end)s).",
                        start=span[0] or "…",
                        end=span[1] or "…",
                    ),
                    msg("Mend one of the dates."),
                    whole_row=True,
                )
            own.append(first if field == "since" else last)
        if all(own) and own[1] < own[0]:
            raise RefusedError(
                spot.columns["until"].name,
                own[1],
                msg("The end (%(end)s) is before the start (%(start)s).", start=own[0], end=own[1]),
                msg("Correct one of the two dates."),
                whole_row=True,
            )
        return own[0], own[1]


def _remember(known: dict[K, V], key: K, value: V) -> None:
    """Keeps what was worked out for a cell that may come again; few of them, so that memory is bounded."""
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = value
