"""Outreach: a suggested link between two organisations, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from graphsvc.i18n import Message, msg
from graphsvc.model.base import Code, Link, Record
from graphsvc.model.fieldtypes import Count, Line, OptionalDay, OptionalId, RuleError, Share, Text


class Outreach(Record):
    """The conversation about bringing two organisations together."""

    label: ClassVar[str] = "Outreach"
    noted: ClassVar[frozenset[str]] = frozenset({"score", "shown"})
    about: ClassVar[Message | None] = msg("A conversation is about bringing two organisations together: choose both.")
    pair: Annotated[tuple[str, ...], Link("BETWEEN", "Organisation")]
    status: Annotated[str, Code("suggestion_status")] = "NOW"
    channel: Annotated[str, Code("outreach_channel")] = ""
    introduced_by: Annotated[OptionalId, Link("INTRODUCED_BY", "Organisation")] = None
    assigned_to: Line = ""
    """Who is to talk with the two."""
    next_on: OptionalDay = None
    note: Text = ""
    reasons: Annotated[tuple[str, ...], Code("suggestion_reason")] = ()
    meeting: Annotated[OptionalId, Link("LED_TO", "Meeting")] = None
    partnership: Annotated[OptionalId, Link("LED_TO", "Partnership")] = None
    decided_on: OptionalDay = None
    decided_by: Line = ""
    refusal_reason: Annotated[str, Code("refusal_reason")] = ""
    refusal: Text = ""
    """Why not, in their words."""
    not_before: OptionalDay = None
    """Not to be suggested again before this day."""
    score: Share = None
    """How likely the link was held to be when it was suggested."""
    shown: Count = None
    """How often it was shown."""

    def broken_rules(self) -> Iterator[RuleError]:
        """Two different organisations."""
        if len(set(self.pair)) != 2 or len(self.pair) != 2:
            yield RuleError(msg("Outreach is about two different organisations."), msg("Choose two."), "pair")
