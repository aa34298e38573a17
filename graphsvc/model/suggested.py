"""What is kept of suggestions besides outreach, and of scenarios. Neither is a record of the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair (ids, a < b) that was suggested: on so many days, from first to last, to whom (names).

    ignored : how often somebody said that they ignore it
    passed : days on which it was shown since somebody decided about it last
    """

    a: str
    b: str
    times: int
    ignored: int
    first_on: date
    last_on: date
    to: tuple[str, ...]
    passed: int


@dataclass(frozen=True, slots=True)
class Past:
    """What somebody did about a suggestion: an Outreach record in short. ``status``: scheme suggestion_status;
    ``reason``: scheme refusal_reason; ``chance``: likelihood when it was suggested."""

    id: str
    a: str
    b: str
    status: str
    on: date | None
    by: str
    assigned_to: str
    reason: str
    text: str
    until: date | None
    chance: float | None
    partnership: str | None


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A what-if under a name. ``query``: its changes as they stand in the address of the page."""

    id: str
    name: str
    by: str
    at: datetime
    query: str
