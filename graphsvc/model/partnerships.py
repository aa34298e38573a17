"""Partnerships: who works together, since when, by which rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graphsvc.i18n import msg
from graphsvc.model.base import Code, Link, Record, Value, in_order, wanting
from graphsvc.model.fieldtypes import Day, Id, Line, Name, OptionalDay, RuleError, Text, Url

BEFORE_AGREEMENT = frozenset({"", "F0", "F1"})
"""Phases in which there is nothing signed yet."""
IDEA = "F0"
"""The phase of what has not begun; it may never."""
CLOSED = "FZ"
"""The phase of what has ended, on a day that may not be known."""


class Member(Value):
    """One organisation in one partnership."""

    id: Id
    """The organisation's id."""
    role: Annotated[str, Code("partner_role")] = "PAR"
    since: OptionalDay = None
    until: OptionalDay = None
    evidence: Annotated[str, Code("link_evidence")] = ""

    def overlaps(self, other: Member) -> bool:
        """Whether there may be a day that is in both spans; a day that is not known may be any."""
        starts_late = self.since and other.until and self.since > other.until
        ends_early = self.until and other.since and self.until < other.since
        return not (starts_late or ends_early)


class Partnership(Record):
    """Two or more organisations that do something together; ties between organisations are derived from it."""

    label: ClassVar[str] = "Partnership"
    name: Name
    kind: Annotated[str, Code("partnership_type")] = ""
    phase: Annotated[str, Code("partnership_phase")] = ""
    formalisation: Annotated[str, Code("formalisation")] = ""
    signed_on: OptionalDay = None
    starts_on: OptionalDay = None
    ends_on: OptionalDay = None
    purpose: Text = ""
    rules: Text = ""
    """The rules of cooperation: who decides, who leads, how money and disputes are dealt with."""
    document: Line = ""
    """Number or name of the agreement."""
    document_url: Url = ""
    themes: Annotated[tuple[str, ...], Code("need_area")] = ()
    territories: Annotated[tuple[str, ...], Link("ACTS_IN", "Territory", key="code")] = ()
    members: Annotated[tuple[Member, ...], Link("MEMBER_OF", "Organisation", direction="in")] = ()
    renew_before_days: int = Field(default=60, ge=0, le=3650)
    """How many days before the end a reminder to renew appears."""

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order; members' dates inside the partnership's; nobody a member twice at the same time."""
        yield from in_order(self, "starts_on", "ends_on")
        seen: dict[str, list[Member]] = {}
        for member in self.members:
            yield from in_order(member, "since", "until", "members")
            yield from self._outside(member)
            if any(member.overlaps(other) for other in seen.get(member.id, ())):
                yield RuleError(
                    msg("An organisation is a member twice at the same time."),
                    msg("Delete one of the two, or give the first an end."),
                    "members",
                )
            seen.setdefault(member.id, []).append(member)

    def _outside(self, member: Member) -> Iterator[RuleError]:
        days = [d for d in (member.since, member.until) if d]
        if any((self.starts_on and d < self.starts_on) or (self.ends_on and d > self.ends_on) for d in days):
            yield RuleError(
                msg(
                    "A member's dates (%(since)s to %(until)s) are outside the partnership's (%(start)s to %(end)s).",
                    since=member.since or "…",
                    until=member.until or "…",
                    start=self.starts_on or "…",
                    end=self.ends_on or "…",
                ),
                msg("Correct the member's dates or the partnership's."),
                "members",
            )

    def over(self, on: date) -> bool:
        """Whether it has ended by a day."""
        return self.phase == CLOSED or (self.ends_on is not None and self.ends_on <= on)

    def warnings(self) -> Iterator[RuleError]:
        """From its formation on a partnership has a document and at least two members."""
        if self.phase not in BEFORE_AGREEMENT:
            yield from wanting(self.document, "document", msg("Name the document that set it up."))
        if len({m.id for m in self.members}) < 2:
            yield RuleError(msg("A partnership has two members or more."), msg("Add members."), "members")


class PartnershipEvent(Record):
    """Something that happened in a partnership."""

    label: ClassVar[str] = "PartnershipEvent"
    repeated: ClassVar[tuple[str, ...]] = ("kind", "note")
    partnership: Annotated[Id, Link("HAPPENED_IN", "Partnership")]
    kind: Annotated[str, Code("partnership_event")] = "SPO"
    held_on: Day
    note: Text = ""
