"""Organisations and units: who takes part."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graphsvc.model.base import Code, Link, Record, Value


class Status(Value):
    """A dated status: social enterprise (PS), public benefit (OPP), OWES accreditation."""

    code: Annotated[str, Code("entity_status")]
    since: date | None = None
    until: date | None = None
    number: str = ""


class Organisation(Record):
    """An organisation or a unit without legal personality (then ``founder`` is set)."""

    label: ClassVar[str] = "Organisation"
    name: str
    short_name: str = ""
    other_names: tuple[str, ...] = ()
    """Other spellings under which it came; an import finds it by any of them."""
    sector: Annotated[str, Code("organisation_sector")] = "other"
    kind: str = ""
    krs: str | None = None
    regon: str | None = None
    nip: str | None = None
    foreign_id: str | None = None
    """Number in another country's register, with its name before it: ``CVR:26349303``."""
    territory: Annotated[str | None, Link("LOCATED_IN", "Territory", key="code")] = None
    founder: Annotated[str | None, Link("FOUNDED", "Organisation", direction="in")] = None
    street: str = ""
    postcode: str = ""
    town: str = ""
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    description: str = ""
    website: str = ""
    pkd: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    active_from: date | None = None
    active_to: date | None = None
    confirmed_on: date | None = None
    confirmed_by: str = ""
