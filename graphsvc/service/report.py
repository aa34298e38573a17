"""What an import did, or would do, kept after its plan is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from graphsvc.i18n import Message
from graphsvc.model.imports import DoubtfulMatch, ImportPlan, Loss, Refusal

KEPT = 500
"""What is kept of each kind of finding: a page shows no more, the report file has all."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts, and the first ``KEPT`` problems of each kind."""

    new_organisations: int
    known_organisations: int
    partnerships: int
    memberships: int
    refused: list[Refusal]
    doubtful: list[DoubtfulMatch]
    losses: list[Loss]
    absent: list[str]
    found: tuple[Message, ...]

    @classmethod
    def of(cls, plan: ImportPlan) -> Self:
        """The report of an open plan."""
        return cls(
            len(plan.organisations) - len(plan.known),
            len(plan.known),
            plan.partnership_count,
            plan.membership_count,
            [r for r, _ in zip(plan.refused, range(KEPT), strict=False)],
            [d for d, _ in zip(plan.doubtful, range(KEPT), strict=False)],
            list(plan.losses)[:KEPT],
            list(plan.absent)[:KEPT],
            plan.found,
        )
