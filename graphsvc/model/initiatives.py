"""Initiatives: groups on their way from a first meeting to a registered PES (task c)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from graphsvc.model.base import Code, Link, Record, in_order
from graphsvc.model.fieldtypes import Count, Line, Name, OptionalDay, OptionalId, RuleError, Text


class Initiative(Record):
    """A group that forms, plans, founds a PES or lets it be. No names of people."""

    label: ClassVar[str] = "Initiative"
    name: Name
    status: Annotated[str, Code("initiative_group_status")] = "G1"
    territory: Annotated[OptionalId, Link("LOCATED_IN", "Territory", key="code")] = None
    group: Annotated[OptionalId, Link("RUN_BY", "Organisation")] = None
    """The informal group, where it takes part in partnerships and consultations as one."""
    first_meeting: Annotated[OptionalId, Link("GREW_FROM", "Meeting")] = None
    starts_on: OptionalDay = None
    ends_on: OptionalDay = None
    people: Count = None
    purpose: Text = ""
    planned_kind: Annotated[str, Code("pes_type")] = ""
    next_step: Line = ""
    next_step_by: OptionalDay = None
    registered_on: OptionalDay = None
    grew_into: Annotated[OptionalId, Link("GREW_INTO", "Organisation")] = None
    partnerships: Annotated[tuple[str, ...], Link("JOINED", "Partnership")] = ()

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order."""
        yield from in_order(self, "starts_on", "ends_on")
        yield from in_order(self, "starts_on", "registered_on")
