"""Partnerships: who works together, since when, by which rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from graphsvc.model.base import Code, Link, Record, Value


class Member(Value):
    """One organisation in one partnership."""

    id: str
    """The organisation's id."""
    role: Annotated[str, Code("partner_role")] = "PAR"
    since: date | None = None
    until: date | None = None


class Partnership(Record):
    """Two or more organisations that do something together; ties between organisations are derived from it."""

    label: ClassVar[str] = "Partnership"
    name: str
    kind: Annotated[str, Code("partnership_type")] = ""
    phase: Annotated[str, Code("partnership_phase")] = ""
    formalisation: Annotated[str, Code("formalisation")] = ""
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    purpose: str = ""
    rules: str = ""
    document: str = ""
    themes: tuple[str, ...] = ()
    territories: Annotated[tuple[str, ...], Link("ACTS_IN", "Territory", key="code")] = ()
    members: Annotated[tuple[Member, ...], Link("MEMBER_OF", "Organisation", direction="in")] = ()
