"""Meetings (form a, tasks b and f) and the log of contacts (task g)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from graphsvc.model.base import Code, Link, Record, Value
from graphsvc.model.fieldtypes import Count, Day, Flag, Id, Line, Name, OptionalDay, OptionalId, Text


class NotedNeed(Value):
    """A need that was named at a meeting."""

    code: Annotated[str, Code("need_area")]
    group: Annotated[str, Code("target_group")] = ""
    note: Line = ""


class Meeting(Record):
    """An animation meeting, workshop, debate … of groups, sectors or regions."""

    label: ClassVar[str] = "Meeting"
    name: Name
    form: Annotated[str, Code("meeting_form")] = "ANI"
    scope: Annotated[str, Code("meeting_scope")] = "GS"
    held_on: Day
    place: Line = ""
    territory: Annotated[OptionalId, Link("HELD_IN", "Territory", key="code")] = None
    themes: Annotated[tuple[str, ...], Code("need_area")] = ()
    about_social_economy: Flag = False
    agenda: Text = ""
    people: Count = None
    """How many people came; never who."""
    attended: Annotated[tuple[str, ...], Link("ATTENDED", "Organisation", direction="in")] = ()
    needs: Annotated[tuple[NotedNeed, ...], Link("NOTED", "ServiceArea", key="code")] = ()
    ideas: Text = ""
    follow_up: Text = ""
    """What follows, by whom."""
    follow_up_by: OptionalDay = None
    partnerships: Annotated[tuple[str, ...], Link("LED_TO", "Partnership")] = ()
    initiatives: Annotated[tuple[str, ...], Link("LED_TO", "Initiative")] = ()


class Contact(Record):
    """One contact with an organisation: to encourage, to invite, to ask."""

    label: ClassVar[str] = "Contact"
    repeated: ClassVar[tuple[str, ...]] = ("kind", "result", "note")
    organisation: Annotated[Id, Link("CONTACT_WITH", "Organisation")]
    kind: Annotated[str, Code("contact_kind")] = "TEL"
    held_on: Day
    result: Annotated[str, Code("contact_result")] = ""
    next_on: OptionalDay = None
    note: Text = ""
