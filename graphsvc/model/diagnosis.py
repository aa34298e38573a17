"""Diagnosis of a territory or an organisation (form b, task a): needs and potentials by area, level, date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from graphsvc.i18n import Message, msg
from graphsvc.model.base import Code, Link, Record, Value
from graphsvc.model.fieldtypes import Count, Day, Line, Name, OptionalId, RuleError, Text


class Finding(Value):
    """One need or potential that a diagnosis found."""

    code: Annotated[str, Code("need_area")]
    what: Annotated[str, Code("finding_kind")] = "need"
    level: int = Field(default=2, ge=1, le=3)
    """1 low, 2 medium, 3 high (scheme need_priority)."""
    group: Annotated[str, Code("target_group")] = ""
    scale: Count = None
    source: Line = ""
    note: Line = ""


class Diagnosis(Record):
    """What a territory or an organisation needs and has, as found on a day."""

    label: ClassVar[str] = "Diagnosis"
    about: ClassVar[Message | None] = msg(
        "A diagnosis is about a territory or about an organisation: fill in one of the two."
    )
    name: Name
    territory: Annotated[OptionalId, Link("ABOUT", "Territory", key="code")] = None
    organisation: Annotated[OptionalId, Link("ABOUT", "Organisation")] = None
    made_on: Day
    method: Annotated[tuple[str, ...], Code("diagnosis_method")] = ()
    findings: Annotated[tuple[Finding, ...], Link("FOUND", "ServiceArea", key="code")] = ()
    conclusions: Text = ""

    def broken_rules(self) -> Iterator[RuleError]:
        """About a territory or an organisation, not both."""
        if bool(self.territory) == bool(self.organisation):
            yield RuleError(
                msg("A diagnosis is about a territory or an organisation."),
                msg("Choose one of the two."),
                "territory",
            )
