"""What helps PES to stand: promotion (e), revitalisation (h), business and CSR (i), social services (j)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from graphsvc.i18n import msg
from graphsvc.model.base import Code, Link, Record, in_order
from graphsvc.model.fieldtypes import Amount, Count, Flag, Id, Line, Name, OptionalDay, OptionalId, RuleError, Text, Url


class PromotionTool(Record):
    """A leaflet, page, offer … of one PES, and how far it is."""

    label: ClassVar[str] = "PromotionTool"
    name: Name
    organisation: Annotated[Id, Link("PROMOTES", "Organisation")]
    kind: Annotated[str, Code("promo_tool")] = "ULO"
    state: Annotated[str, Code("promo_tool_state")] = "POM"
    made_on: OptionalDay = None
    review_on: OptionalDay = None
    url: Url = ""
    note: Text = ""


class RevitalisationRole(Record):
    """What a PES does in the revitalisation of a gmina."""

    label: ClassVar[str] = "RevitalisationRole"
    repeated: ClassVar[tuple[str, ...]] = ("role", "undertaking", "since")
    organisation: Annotated[Id, Link("PLAYED_BY", "Organisation")]
    role: Annotated[str, Code("revitalisation_role")] = "INT"
    territory: Annotated[OptionalId, Link("PLAYED_IN", "Territory", key="code")] = None
    """The gmina, or its revitalisation area."""
    programme: Annotated[OptionalId, Link("UNDER", "StrategyDocument")] = None
    undertaking: Line = ""
    since: OptionalDay = None
    until: OptionalDay = None

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order."""
        yield from in_order(self, "since", "until")


class CsrOffer(Record):
    """What a business offers to PES, or a PES looks for from business."""

    label: ClassVar[str] = "CsrOffer"
    repeated: ClassVar[tuple[str, ...]] = ("since",)
    name: Name
    organisation: Annotated[Id, Link("MADE_BY", "Organisation")]
    side: Annotated[str, Code("csr_side")] = "offer"
    form: Annotated[str, Code("csr_form")] = "DAR"
    state: Annotated[str, Code("csr_state")] = "OTW"
    since: OptionalDay = None
    until: OptionalDay = None
    territories: Annotated[tuple[str, ...], Link("VALID_IN", "Territory", key="code")] = ()
    description: Text = ""

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order."""
        yield from in_order(self, "since", "until")


class CsrAction(Record):
    """Something a business did for or with a PES."""

    label: ClassVar[str] = "CsrAction"
    repeated: ClassVar[tuple[str, ...]] = ("since",)
    name: Name
    giver: Annotated[Id, Link("GIVEN_BY", "Organisation")]
    receiver: Annotated[Id, Link("GIVEN_TO", "Organisation")]
    form: Annotated[str, Code("csr_form")] = "DAR"
    offer: Annotated[OptionalId, Link("ANSWERS", "CsrOffer")] = None
    value: Amount = None
    """In PLN."""
    since: OptionalDay = None
    until: OptionalDay = None
    description: Text = ""

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order; giver and receiver differ."""
        yield from in_order(self, "since", "until")
        if self.giver == self.receiver:
            yield RuleError(
                msg("Giver and receiver are the same organisation."), msg("Choose another one."), "receiver"
            )


class ServiceDelivery(Record):
    """A social service that a PES delivers, or plans to, in a territory."""

    label: ClassVar[str] = "ServiceDelivery"
    repeated: ClassVar[tuple[str, ...]] = ("orderer", "group", "since")
    service: Annotated[Id, Code("need_area"), Link("DELIVERS", "ServiceArea", key="code")]
    provider: Annotated[Id, Link("DELIVERED_BY", "Organisation")]
    orderer: Annotated[OptionalId, Link("ORDERED_BY", "Organisation")] = None
    territory: Annotated[OptionalId, Link("DELIVERED_IN", "Territory", key="code")] = None
    document: Annotated[OptionalId, Link("UNDER", "StrategyDocument")] = None
    instrument: Annotated[str, Code("social_clause")] = ""
    group: Annotated[str, Code("target_group")] = ""
    deinstitutionalised: Flag = False
    planned: Flag = False
    """Planned, not yet delivered."""
    capacity: Count = None
    """People served."""
    value: Amount = None
    """In PLN."""
    since: OptionalDay = None
    until: OptionalDay = None
    note: Text = ""

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order."""
        yield from in_order(self, "since", "until")
