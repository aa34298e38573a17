"""What the parts of the generator share: chance, time, places, and what has been made so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from graphsvc.model.base import Source, stable_id
from graphsvc.model.meetings import Meeting
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.poland import poland
from graphsvc.model.vocabulary import label

T = TypeVar("T")

POWIATS = ("0203", "0204", "0205", "0209", "0211", "0216", "0226", "0262")
"""The legnicko-głogowski subregion."""
YEARS = 6
UNTIL = date(2026, 10, 31)
"""The region's today; its history begins ``YEARS`` before."""
SOURCE = Source(file="graphsvc demo")
REGION = "PL:demo"


@dataclass
class World:
    """One run of the generator; all chance comes from ``rng``."""

    rng: Random
    seed: int
    until: date = UNTIL
    organisations: list[Organisation] = field(default_factory=list)
    activity: dict[str, float] = field(default_factory=dict)
    """How often an organisation takes part: heavy-tailed, so that there are hubs and many who hardly show up."""
    interests: dict[str, frozenset[str]] = field(default_factory=dict)
    """Codes of need_area that an organisation cares for."""
    meetings: list[Meeting] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)
    met: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Who sat at a meeting with whom so far."""
    partners: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Who has been in a partnership with whom so far."""

    @property
    def start(self) -> date:
        """First day of the history."""
        return self.until.replace(year=self.until.year - YEARS, day=1)

    @property
    def gminas(self) -> list[str]:
        """Codes of the region's 41 gminas."""
        return [g for p in POWIATS for g in poland().gminas(p)]

    def id(self, *parts: object) -> str:
        """The id of a record of this run."""
        return stable_id("demo", str(self.seed), *map(str, parts))

    def day(self, first: date, last: date) -> date:
        """A day between two, both included; the first where they are in the wrong order."""
        return first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    def some(self, items: Sequence[T], least: int, most: int) -> list[T]:
        """Between ``least`` and ``most`` of the items, without repetition."""
        return self.rng.sample(items, min(len(items), self.rng.randint(least, most)))

    def of(self, *sectors: str, kinds: Sequence[str] = (), powiat: str = "") -> list[Organisation]:
        """Organisations by sector or kind, and powiat."""
        return [
            o
            for o in self.organisations
            if (o.sector in sectors or o.kind in kinds) and (o.territory or "").startswith(powiat)
        ]

    def alive(self, organisation: Organisation, day: date) -> bool:
        """It existed on that day."""
        begun, ended = organisation.active_from, organisation.active_to
        return (begun is None or begun <= day) and (ended is None or ended > day)


def year_later(day: date, years: int) -> date:
    """The same day some years later (28 February for the 29th)."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def called(gmina: str) -> str:
    """“gmina Rudna”; “gmina wiejska Lubin” where the town beside it has the same name."""
    place = poland().get(gmina)
    kind = label("gmina_kind", place.kind, "pl") if place.name != place.short_name else "gmina"
    return f"{kind} {place.short_name}"


def titled(scheme: str, code: str) -> str:
    """A label with a capital first letter; the others stay as they are (ES, NGO)."""
    text = label(scheme, code, "pl")
    return text[0].upper() + text[1:]
