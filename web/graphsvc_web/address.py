"""A view's state, as it stands in its address: every view can be bookmarked, saved and shared."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal, Self
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg, short
from graphsvc.metrics.compare import year_before

YEARS = range(1900, 2101)
LISTS = {
    "sector": "sectors",
    "organisation_kind": "organisation_kinds",
    "territory": "territories",
    "service": "services",
    "theme": "themes",
    "kind": "kinds",
    "phase": "phases",
}
"""Filters with several values, and what ``graphsvc.snapshot.choose`` calls them."""
LEVELS = ("communities", "territories", "organisations")
TABLES = ("ties", "organisations")
LONGEST = 300
MOST = 100


@dataclass(frozen=True, slots=True)
class View:
    """Filters, zoom and order of a network view. The defaults are not written into addresses."""

    sector: tuple[str, ...] = ()
    organisation_kind: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    """Areas in which an organisation needs, offers or delivers something."""
    theme: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    """Of partnerships."""
    phase: tuple[str, ...] = ()
    year: int | None = None
    day: date | None = None
    """Goes before ``year``."""
    against: date | None = None
    """The other day that it is compared with."""
    active: int | None = None
    """1: only partnerships that last; None: also those that have ended."""
    only: tuple[str, ...] = ()
    """Ids of organisations that somebody chose."""
    q: str = ""
    group: int | None = None
    """A community's number."""
    level: str = ""
    size: str = "partners"
    table: str = ""
    """What the table beside a picture lists, where that is not what the picture draws first: ``ties`` beside
    organisations, ``organisations`` beside groups."""
    sort: str = ""
    """A column, with ``-`` before it for descending."""
    page: int = 1

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> Self:
        """From a query string; unknown names are ignored.

        Raises InputError for a year, day, number or level that can't be.
        """
        values: dict[str, Any] = {name: _texts(args, name) for name in LISTS}
        values["only"] = _texts(args, "only")
        values |= {name: _number(args, name) for name in ("year", "active", "group")}
        values |= {name: day_of(args, name) for name in ("day", "against")}
        values |= {name: args.get(name, "")[:LONGEST].strip() for name in ("q", "level", "table", "sort")}
        values["size"] = args.get("size", "partners")[:LONGEST]
        values["page"] = max(_number(args, "page") or 1, 1)
        for name in ("year", "day", "against"):
            _within(name, values[name])
        values["table"] = values["table"] if values["table"] in TABLES else ""
        if values["level"] and values["level"] not in LEVELS:
            raise InputError(msg("There is no such zoom level."), place=Place(field="level"))
        return cls(**values)

    def args(self, **changes: Any) -> dict[str, Any]:
        """Arguments for ``url_for``: what differs from the defaults, after ``changes``.

        Anything but another page or another zoom leads back to the first page.
        """
        if changes and "page" not in changes:
            changes["page"] = 1
        view, plain = replace(self, **changes), type(self)()
        pairs = ((f.name, getattr(view, f.name)) for f in fields(view))
        return {name: value for name, value in pairs if value != getattr(plain, name)}

    def without(self, name: str, value: str) -> dict[str, Any]:
        """Arguments for ``url_for`` with one value of a list filter taken out."""
        return self.args(**{name: tuple(v for v in getattr(self, name) if v != value)})

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.filters or self.only or self.as_of or self.active or self.q) or self.group is not None

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """For ``Service.snapshot``: filters with several values."""
        return {name: getattr(self, field) for field, name in LISTS.items() if getattr(self, field)}

    def words(self, rows: bool = False) -> str:
        """The filters of the snapshot as they stand in an address: with them a figure can be got again.

        rows : also those that choose organisations within the snapshot
        """
        names = (*LISTS, "only", "q", "group") if rows else LISTS
        return urlencode({name: value for name in names if (value := getattr(self, name)) not in ((), "", None)}, True)

    @property
    def as_of(self) -> date | None:
        """The chosen day, or the last one of the chosen year."""
        return self.day or (date(self.year, 12, 31) if self.year else None)

    @property
    def compared(self) -> date | None:
        """The day to compare with; a year before the chosen day where none is named, None where no day is chosen."""
        day = self.as_of
        return self.against or (year_before(day) if day else None)

    @property
    def scope(self) -> Literal["ever", "active"]:
        """For ``Service.snapshot``."""
        return "active" if self.active else "ever"


def _texts(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v[:LONGEST] for v in args.getlist(name)[:MOST] if v))


def day_of(args: MultiDict[str, str], name: str) -> date | None:
    """The day in a field of an address or form, None where it is empty. Raises InputError for what is no date."""
    text = args.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(
            msg("“%(value)s” is not a date.", value=short(text, 40)),
            place=Place(field=name),
            hint=msg("Write it as year, month and day: 2024-12-31."),
        ) from None


def _within(name: str, value: int | date | None) -> None:
    year = value.year if isinstance(value, date) else value
    if year is not None and year not in YEARS:
        raise InputError(
            msg("%(year)s is not a year of this network.", year=year),
            place=Place(field=name),
            hint=msg("Choose one from %(first)s to %(last)s.", first=YEARS[0], last=YEARS[-1]),
        )


def _number(args: MultiDict[str, str], name: str) -> int | None:
    text = args.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise InputError(
            msg("“%(value)s” is not a whole number from 0 to 999999999.", value=short(text, 40)),
            place=Place(field=name),
            hint=msg("Leave it out or use digits."),
        )
    return int(text)
