"""What a reader gives: a heading and rows of text, and what it found out about the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import islice

from graphsvc.errors import Place, ProfileError
from graphsvc.i18n import LISTED, Message, msg, short
from graphsvc.ingest.clean import one_line

Row = tuple[int, Sequence[str]]
"""Its number in the file (from 1) and its cells as they stand there."""
LONGEST = 500
"""Characters of a heading that are read."""
HEADING_WITHIN = 20
"""The heading is looked for in so many first rows: spreadsheets often have a title above it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in a file; ``rows`` starts from the top each time it is called."""

    file: str
    name: str
    rows: Callable[[], Iterator[Row]]
    found: tuple[Message, ...] = ()

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """Where in this sheet."""
        return Place(file=self.file, sheet=self.name or None, row=row, column=column)


@dataclass(frozen=True)
class Heading:
    """Row number of the heading and its cells, tidied."""

    row: int
    columns: tuple[str, ...]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in reversed(list(enumerate(_folded(self.columns))))}

    def index(self, name: str) -> int:
        """Position of a column, the first of its name; -1 when there is none."""
        return self._places.get(_fold(name), -1) if name else -1

    def lacks(self, names: Sequence[str]) -> list[str]:
        """Those of ``names`` that are no column."""
        return [n for n in names if _fold(n) not in self._places]


def likeliest_heading(sheet: Sheet, names: Sequence[str]) -> Heading:
    """The row among the first ones that has most of the columns ``names``."""
    top = (Heading(n, tuple(one_line(c[:LONGEST]) for c in cells)) for n, cells in islice(sheet.rows(), HEADING_WITHIN))
    return min(top, key=lambda h: (len(h.lacks(names)), h.row), default=Heading(1, ()))


def find_heading(sheet: Sheet, names: Sequence[str], needed: Sequence[str] = ()) -> Heading:
    """The likeliest heading. ``needed``: those of ``names`` that must be there; empty: all.

    Raises ProfileError naming the file and a column that it lacks, or has twice.
    """
    best = likeliest_heading(sheet, names)
    if missing := best.lacks(needed or names):
        raise _lacking(sheet, best, missing[0])
    have = _folded(best.columns)
    for name in names:
        if have.count(_fold(name)) > 1:
            raise ProfileError(
                msg("The file has two columns of this name."),
                place=sheet.place(best.row, name),
                hint=msg("Give one of them another heading."),
            )
    return best


def _lacking(sheet: Sheet, heading: Heading, name: str) -> ProfileError:
    near = get_close_matches(_fold(name), _folded(heading.columns), 1, 0.6)
    known = [c for c in heading.columns if c]
    if near:
        hint = msg(
            "Perhaps it is “%(near)s”: change the profile or the heading.",
            near=heading.columns[_folded(heading.columns).index(near[0])],
        )
    else:
        hint = msg(
            "The file has: %(columns)s. Choose another profile, or change it.",
            columns=short(", ".join(short(c, 40) for c in known), LISTED) or "–",
        )
    return ProfileError(
        msg("The profile names a column that the file does not have."), place=sheet.place(None, name), hint=hint
    )


def _fold(name: str) -> str:
    return one_line(name).casefold()


def _folded(columns: Sequence[str]) -> list[str]:
    return [_fold(c) for c in columns]
