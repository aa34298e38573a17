"""Civic dialogue (form d) and strategic planning with local government (form f)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from graphsvc.i18n import msg
from graphsvc.model.base import Code, Link, Record, Value, in_order
from graphsvc.model.fieldtypes import Day, Flag, Id, Line, Name, OptionalDay, OptionalId, RuleError, Text, Url


class Voice(Value):
    """An organisation or group that took part in a consultation, and where it stands."""

    id: Id
    position: Annotated[str, Code("comment_position")] = ""


class Planner(Value):
    """An organisation's part in a strategic document."""

    id: Id
    role: Annotated[str, Code("planning_role")] = "KON"


class StrategyDocument(Record):
    """A strategy, programme or plan of local government, and whether social economy is in it."""

    label: ClassVar[str] = "StrategyDocument"
    name: Name
    kind: Annotated[str, Code("strategic_document")] = "SRG"
    territory: Annotated[OptionalId, Link("PLANS_FOR", "Territory", key="code")] = None
    adopted_on: OptionalDay = None
    number: Line = ""
    valid_from: OptionalDay = None
    valid_to: OptionalDay = None
    social_economy: Flag = False
    """Social economy is in it."""
    extract: Text = ""
    """What it says about social economy."""
    url: Url = ""
    participants: Annotated[tuple[Planner, ...], Link("CO_CREATED", "Organisation", direction="in")] = ()

    def broken_rules(self) -> Iterator[RuleError]:
        """Validity in order."""
        yield from in_order(self, "valid_from", "valid_to")


class Consultation(Record):
    """A consultation of a gmina or powiat."""

    label: ClassVar[str] = "Consultation"
    name: Name
    territory: Annotated[OptionalId, Link("HELD_IN", "Territory", key="code")] = None
    document: Annotated[OptionalId, Link("CONSULTS", "StrategyDocument")] = None
    starts_on: Day
    ends_on: OptionalDay = None
    forms: Annotated[tuple[str, ...], Code("consultation_form")] = ()
    stage: Annotated[str, Code("consultation_stage")] = "PLA"
    announcement_url: Url = ""
    participants: Annotated[tuple[Voice, ...], Link("TOOK_PART_IN", "Organisation", direction="in")] = ()
    result: Text = ""

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order."""
        yield from in_order(self, "starts_on", "ends_on")


class Comment(Record):
    """What a group or organisation said in a consultation, and what became of it."""

    label: ClassVar[str] = "Comment"
    consultation: Annotated[Id, Link("SAID_IN", "Consultation")]
    organisation: Annotated[OptionalId, Link("SAID_BY", "Organisation")] = None
    said_on: OptionalDay = None
    text: Text
    outcome: Annotated[str, Code("consultation_outcome")] = "OCZ"
    reason: Text = ""

    def broken_rules(self) -> Iterator[RuleError]:
        """A comment says something."""
        if not self.text:
            yield RuleError(msg("This field is needed."), msg("Fill it in."), "text")
