"""Territories: voivodeship, powiat, gmina, revitalisation area, a centre's region of work."""

from __future__ import annotations

from typing import Annotated, ClassVar

from graphsvc.model.base import Link, Record


class Territory(Record):
    """A territory; its ``code`` is the first 2, 4 or 6 digits of TERC, or ``CC:name`` outside Poland."""

    label: ClassVar[str] = "Territory"
    code: str
    name: str
    level: str
    parent: Annotated[str | None, Link("PART_OF", "Territory", key="code")] = None
    borders: Annotated[tuple[str, ...], Link("BORDERS", "Territory", key="code")] = ()
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
