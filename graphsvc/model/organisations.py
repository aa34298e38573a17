"""Organisations and units: who takes part, what they need and what they offer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graphsvc.i18n import msg
from graphsvc.model.base import Code, Link, Private, Record, Value, in_order, wanting
from graphsvc.model.fieldtypes import (
    Amount,
    Count,
    Flag,
    Id,
    Krs,
    Latitude,
    Line,
    Longitude,
    Name,
    Nip,
    OptionalDay,
    OptionalId,
    Postcode,
    Regon,
    RuleError,
    Text,
    Url,
)

UNITS_WITH_FOUNDER = frozenset({"CIS", "KIS", "WTZ", "ZAZ", "OPS", "PCPR", "CUS"})
"""Kinds without legal personality: identifiers and the PS status belong to who founded them."""


class Status(Value):
    """A dated status: social enterprise (PS), public benefit (OPP), OWES accreditation."""

    code: Annotated[str, Code("entity_status")]
    since: OptionalDay = None
    until: OptionalDay = None
    number: Line = ""


class Need(Value):
    """What an organisation or a territory lacks; open until ``met_on``."""

    code: Annotated[str, Code("need_area")]
    level: int = Field(default=2, ge=1, le=3)
    """1 low, 2 medium, 3 high (scheme need_priority)."""
    group: Annotated[str, Code("target_group")] = ""
    scale: Count = None
    """About how many people it concerns."""
    since: OptionalDay = None
    met_on: OptionalDay = None
    note: Line = ""


class Offer(Value):
    """What an organisation can give or do."""

    code: Annotated[str, Code("need_area")]
    capacity: Amount = None
    """How much of it, in the service's own unit (places, hours a month)."""
    since: OptionalDay = None
    until: OptionalDay = None
    note: Line = ""


class Organisation(Record):
    """An organisation or a unit without legal personality (then ``founder`` is set)."""

    label: ClassVar[str] = "Organisation"
    name: Name
    short_name: Line = ""
    other_names: tuple[Line, ...] = ()
    """Other spellings under which it came; an import finds it by any of them."""
    sector: Annotated[str, Code("organisation_sector")] = "other"
    kind: Annotated[str, Code("organisation_kind")] = ""
    krs: Krs = None
    regon: Regon = None
    nip: Nip = None
    foreign_id: OptionalId = None
    """Number in another country's register, with its name before it: ``CVR:26349303``."""
    territory: Annotated[OptionalId, Link("LOCATED_IN", "Territory", key="code")] = None
    acts_in: Annotated[tuple[str, ...], Link("ACTS_IN", "Territory", key="code")] = ()
    founder: Annotated[OptionalId, Link("FOUNDED", "Organisation", direction="in")] = None
    street: Line = ""
    postcode: Postcode = ""
    town: Line = ""
    lat: Latitude = None
    lon: Longitude = None
    description: Text = ""
    website: Url = ""
    email: Annotated[Line, Private()] = ""
    pkd: tuple[Line, ...] = ()
    statuses: Annotated[tuple[Status, ...], Link("HAS_STATUS", "Status", key="code")] = ()
    needs: Annotated[tuple[Need, ...], Link("NEEDS", "ServiceArea", key="code")] = ()
    offers: Annotated[tuple[Offer, ...], Link("OFFERS", "ServiceArea", key="code")] = ()
    csr_policy: Text = ""
    jobs: Count = None
    """Jobs created in the social enterprise (indicator K03)."""
    budget: Amount = None
    """Yearly budget in PLN, for units of local government (indicator K08)."""
    active_from: OptionalDay = None
    active_to: OptionalDay = None
    confirmed_on: OptionalDay = None
    confirmed_by: Line = ""

    @property
    def tags(self) -> list[str]:
        """Codes of the statuses that it has today, then its trades."""
        return [*(s.code for s in self.statuses if s.until is None or s.until > date.today()), *self.pkd]

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order; coordinates both or none; not its own founder."""
        yield from in_order(self, "active_from", "active_to")
        for status in self.statuses:
            yield from in_order(status, "since", "until", "statuses")
        for need in self.needs:
            yield from in_order(need, "since", "met_on", "needs")
        for offer in self.offers:
            yield from in_order(offer, "since", "until", "offers")
        if (self.lat is None) != (self.lon is None):
            yield RuleError(
                msg("Coordinates need both a latitude and a longitude."),
                msg("Fill in both, or neither."),
                "lat" if self.lat is None else "lon",
            )
        if self.founder == self.id:
            yield RuleError(msg("An organisation can't be its own founder."), msg("Choose another one."), "founder")

    def warnings(self) -> Iterator[RuleError]:
        """A unit without legal personality should name who founded it."""
        if self.kind in UNITS_WITH_FOUNDER:
            yield from wanting(
                self.founder, "founder", msg("A unit without legal personality needs its founder: name it.")
            )


class ContactPerson(Record):
    """A person to talk to at an organisation, in their office. Personal data: kept apart, never exported."""

    label: ClassVar[str] = "ContactPerson"
    private: ClassVar[bool] = True
    organisation: Annotated[Id, Link("CONTACT_OF", "Organisation")]
    name: Name
    function: Line = ""
    email: Line = ""
    phone: Line = ""
    legal_basis: Line = ""
    review_on: OptionalDay = None
    """The day by which to ask whether the data are still needed."""
    objected: Flag = False
    """The person asked not to be contacted."""
