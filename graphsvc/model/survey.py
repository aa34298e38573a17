"""Asking the network itself: rounds, answers, the ties that organisations name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from graphsvc.model.base import Code, Link, Private, Record, Value, in_order
from graphsvc.model.fieldtypes import Flag, Id, Line, Name, OptionalDay, OptionalId, RuleError, Text
from graphsvc.model.organisations import Need, Offer

Moment = Annotated[datetime | None, BeforeValidator(lambda v: v or None)]


class SurveyRound(Record):
    """One time of asking."""

    label: ClassVar[str] = "SurveyRound"
    name: Name
    state: Annotated[str, Code("survey_state")] = "draft"
    opens_on: OptionalDay = None
    closes_on: OptionalDay = None
    territories: Annotated[tuple[str, ...], Link("ASKS_IN", "Territory", key="code")] = ()
    previous: Annotated[OptionalId, Link("FOLLOWS", "SurveyRound")] = None
    introduction: Text = ""
    consent: Text = ""
    invitation: Text = ""
    """Text of the e-mail; ``{link}`` and ``{organisation}`` are filled in."""
    remind_after_days: int = Field(default=7, ge=1, le=365)
    reminders: int = Field(default=2, ge=0, le=10)

    def broken_rules(self) -> Iterator[RuleError]:
        """Dates in order."""
        yield from in_order(self, "opens_on", "closes_on")

    def over(self, on: date) -> bool:
        """Whether its last day has passed by a day: its links open nothing any more."""
        return self.closes_on is not None and self.closes_on < on


class SurveyTie(Value):
    """An organisation that another one names: how closely they work, with how much trust and value."""

    id: Id
    closeness: Annotated[str, Code("closeness_scale")] = ""
    trust: Annotated[str, Code("trust_scale")] = ""
    value: Annotated[str, Code("value_scale")] = ""
    note: Line = ""


class SurveyAnswer(Record):
    """What one organisation answered in one round."""

    label: ClassVar[str] = "SurveyAnswer"
    noted: ClassVar[frozenset[str]] = frozenset({"token_hash", "corrections"})
    round: Annotated[Id, Link("IN_ROUND", "SurveyRound")]
    organisation: Annotated[Id, Link("ANSWERED_BY", "Organisation")]
    state: Annotated[str, Code("answer_state")] = "invited"
    email: Annotated[Line, Private()] = ""
    token_hash: Annotated[str, Private()] = ""
    """SHA-256 of the personal link's secret; the secret itself is not kept."""
    language: Line = "pl"
    invited_on: OptionalDay = None
    reminded_on: OptionalDay = None
    reminded: int = Field(default=0, ge=0)
    consented_at: Moment = None
    sent_at: Moment = None
    entry_confirmed: Flag = False
    corrections: Annotated[tuple[Text, ...], Private()] = ()
    """Corrections to its entry, each as ``field=value``; its e-mail may be one."""
    ties: Annotated[tuple[SurveyTie, ...], Link("NAMES", "Organisation")] = ()
    unlisted: tuple[Line, ...] = ()
    """Names of organisations that it did not find in the list."""
    needs: Annotated[tuple[Need, ...], Link("ASKS_FOR", "ServiceArea", key="code")] = ()
    offers: Annotated[tuple[Offer, ...], Link("CAN_GIVE", "ServiceArea", key="code")] = ()
    reviewed_on: OptionalDay = None
    reviewed_by: Line = ""
    review_note: Text = ""

    def corrected(self) -> dict[str, str]:
        """The corrections by field of ``Organisation``."""
        return {field: value for field, _, value in (line.partition("=") for line in self.corrections)}
