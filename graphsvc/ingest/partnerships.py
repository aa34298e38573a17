"""The partnerships of a file as records, made while they are iterated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graphsvc.ingest.matching import Matched
from graphsvc.ingest.profile import Profile
from graphsvc.ingest.spool import Spool, Spooled
from graphsvc.model.base import Source, stable_id
from graphsvc.model.partnerships import Member, Partnership

Span = tuple[str, str, str]
"""Role, since ("" where it is not known), until (``OPEN`` where there is none)."""
OPEN = "9999"


@dataclass(frozen=True, slots=True)
class Partnerships:
    """The partnerships of the spool as records; each iteration reads them anew."""

    file: str
    profile: Profile
    spool: Spool
    matched: Matched

    def __iter__(self) -> Iterator[Partnership]:
        for spooled in self.spool:
            yield Partnership(
                id=stable_id("partnership", self.profile.name, spooled.key),
                source=Source(file=self.file, row=spooled.row),
                members=self._members(spooled),
                **spooled.data,
            )

    def _members(self, spooled: Spooled) -> tuple[Member, ...]:
        return tuple(  # checked when they were read, so not again for each of a million
            Member.model_construct(id=id, role=role, since=_day(since), until=_day(until))
            for id, spans in self._spans(spooled).items()
            for role, since, until in spans
        )

    def _spans(self, spooled: Spooled) -> dict[str, list[Span]]:
        """The times of each organisation in a partnership: one, unless it left and came back."""
        found: dict[str, list[Span]] = {}
        for mention, role, since, until in spooled.members:
            found.setdefault(self.matched.ids[self.matched.of[mention]], []).append((role, since or "", until or OPEN))
        return {id: _joined(spans) for id, spans in found.items()}

    def count(self) -> tuple[int, int]:
        """Partnerships and memberships."""
        partnerships = memberships = 0
        for spooled in self.spool:
            partnerships += 1
            memberships += sum(map(len, self._spans(spooled).values()))
        return partnerships, memberships


def _joined(spans: list[Span]) -> list[Span]:
    """Those that share a day as one, with the role of the one that lasts longest (of such, that began last)."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: s[1]):
        if joined and span[1] <= joined[-1][2]:
            role, _, until = max(joined[-1], span, key=lambda s: (s[2], s[1]))
            joined[-1] = role, joined[-1][1], until
        else:
            joined.append(span)
    return joined


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text and text != OPEN else None
