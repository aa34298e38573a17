"""Needs against offers, by service area and territory: what is lacking, and who could help."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphsvc.snapshot import Snapshot

POWIAT = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """One service area in one powiat (or territory abroad). ``helpers``: rows of organisations that offer it there."""

    area: str
    territory: str
    needs: int
    urgent: int
    offers: int
    helpers: tuple[int, ...]
    nearby: tuple[int, ...]
    """Organisations elsewhere that offer it."""

    @property
    def gap(self) -> int:
        """Needs beyond offers."""
        return max(self.needs - self.offers, 0)


def gaps(snapshot: Snapshot) -> list[Gap]:
    """Every area and territory with a need that is not met, the largest gap first."""
    places = snapshot.column("territory")
    needs, urgent = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in snapshot.network.needs.to_pylist():
        if row["met_on"] is None:
            key = row["area"], _where(row, places)
            needs[key] += 1
            urgent[key] += (row["level"] or 0) >= 3
    offering: dict[tuple[str, str], set[int]] = defaultdict(set)
    anywhere: dict[str, list[int]] = defaultdict(list)
    offers = Counter[tuple[str, str]]()
    for row in snapshot.network.offers.to_pylist():
        key = row["area"], _where(row, places)
        offers[key] += 1
        if row["organisation"] is not None:
            offering[key].add(row["organisation"])
            anywhere[row["area"]].append(row["organisation"])
    found = [
        Gap(
            area,
            place,
            count,
            urgent[area, place],
            offers[area, place],
            tuple(sorted(offering[area, place])),
            _others(anywhere[area], offering[area, place]),
        )
        for (area, place), count in needs.items()
    ]
    return sorted(found, key=lambda g: (-g.gap, -g.urgent, g.area, g.territory))


def _others(all_rows: Iterable[int], here: set[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(i for i in all_rows if i not in here))[:5]


def _where(row: Mapping[str, object], places: list[str]) -> str:
    """The powiat of a need or offer; a territory that is no TERC code as it is."""
    own = row["organisation"]
    code = str(row["territory"] or (places[own] if isinstance(own, int) else ""))
    return code[:POWIAT] if code.isdecimal() else code
