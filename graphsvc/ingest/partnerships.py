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
        """Each organisation once, unless it left and came back."""
        kept: dict[str, list[tuple[str, str]]] = {}
        members = []
        for mention, role, since, until in spooled.members:
            id, span = self.matched.ids[self.matched.of[mention]], (since or "", until or "9999")
            before = kept.setdefault(id, [])
            if all(span[1] < first or last < span[0] for first, last in before):
                before.append(span)
                members.append(Member.model_construct(id=id, role=role, since=_day(since), until=_day(until)))
        return tuple(members)  # checked when they were read, so not again for each of a million

    def count(self) -> tuple[int, int]:
        """Partnerships and memberships."""
        partnerships = memberships = 0
        for spooled in self.spool:
            partnerships += 1
            memberships += len({(self.matched.of[m], since, until) for m, _, since, until in spooled.members})
        return partnerships, memberships


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
