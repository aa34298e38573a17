"""Who runs this service, as the accessibility statement has to say. No record of the network, never exported."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class Operator:
    """What the annex on the statement of the Act of 4 April 2019 asks a public body to fill in; "" or None: not said.

    ``person``, ``email``, ``phone``: whom to tell what can't be used. ``building``: how to get in, as text or address.
    ``published``: day on which the service went public; ``drawn_up``: day of the statement or its last review.
    """

    name: str = ""
    website: str = ""
    person: str = ""
    email: str = ""
    phone: str = ""
    building: str = ""
    published: date | None = None
    drawn_up: date | None = None

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that nothing was said in."""
        return tuple(f.name for f in fields(self) if not getattr(self, f.name))
