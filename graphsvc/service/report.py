"""What an import did, or would do, kept after its plan is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Self

from graphsvc.i18n import Message
from graphsvc.ingest.values import SHOWN
from graphsvc.model.imports import DoubtfulMatch, ImportPlan, Loss, Refusal

KEPT = 500
"""What is kept of each kind of finding: a page shows no more, the report file has all."""


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A value of a column (whatever its case) that is not in the list of its scheme, and how often it was refused:
    once for rows of one partnership that follow each other."""

    column: str
    scheme: str
    value: str
    times: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts of all there is, and the first ``KEPT`` findings of each kind."""

    id: str
    """Of the import."""
    counts: Mapping[str, int]
    refused: list[Refusal]
    """Without values of ``unlisted``: each of them is told once, not for each of its rows."""
    doubtful: list[DoubtfulMatch]
    losses: list[Loss]
    absent: list[str]
    found: tuple[Message, ...]
    unlisted: list[Unlisted]
    """Values that are in no list, the most frequent first."""

    @classmethod
    def of(cls, plan: ImportPlan) -> Self:
        """The report of an open plan."""
        unlisted = Counter[tuple[str, str, str]]()
        spelt: dict[tuple[str, str, str], str] = {}
        for r in filter(_is_asked, plan.refused):
            which = r.column, r.scheme, r.value.casefold()
            unlisted[which] += 1
            spelt.setdefault(which, r.value)
        counts = {
            "new_organisations": len(plan.organisations) - len(plan.known),
            "known_organisations": len(plan.known),
            "partnerships": plan.partnership_count,
            "memberships": plan.membership_count,
            "refused": len(plan.refused) - unlisted.total(),
            "not_listed": len(unlisted),
            "doubtful": len(plan.doubtful),
            "losses": len(plan.losses),
            "absent": len(plan.absent),
        }
        return cls(
            plan.id,
            counts,
            list(islice((r for r in plan.refused if not _is_asked(r)), KEPT)),
            list(islice(plan.doubtful, KEPT)),
            list(islice(plan.losses, KEPT)),
            list(islice(plan.absent, KEPT)),
            plan.found,
            [Unlisted(*which[:2], spelt[which], n) for which, n in unlisted.most_common(KEPT)],
        )


def _is_asked(refused: Refusal) -> bool:
    """Is it a value whole enough to be asked what it means?"""
    return bool(refused.scheme) and len(refused.value) < SHOWN
