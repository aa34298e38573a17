"""Partnerships as bars in time, in hundredths of the whole span, for an SVG without scripts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.filter import sizes

WIDTH = 1000
DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Bar:
    """One partnership. ``x`` and ``width`` on a scale of 0 to 1000; None where no date is known."""

    id: str
    name: str
    members: int
    role: str
    starts_on: date | None
    ends_on: date | None
    phase: str = ""
    x: float | None = None
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars, newest first, and the years to mark with their ``x``."""

    bars: list[Bar]
    years: list[tuple[int, float]]


def of_organisation(snapshot: Snapshot, row: int) -> Timeline:
    """Every partnership of the organisation, with the number of its members today."""
    at, roles = snapshot.memberships.row(row), _roles(snapshot, row)
    members = sizes(snapshot.network, date.today(), at)
    rows = snapshot.network.partnerships.select(("id", "name", "starts_on", "ends_on", "phase")).take(at).to_pylist()
    said = ({**p, "name": p["name"] or "", "phase": p["phase"] or ""} for p in rows)
    bars = [Bar(members=int(members[i]), role=roles.get(i, ""), **p) for i, p in zip(at.tolist(), said, strict=True)]
    bars.sort(key=lambda b: (b.starts_on is None, -(b.starts_on or date.min).toordinal(), b.name))
    return _placed(bars)


def _roles(snapshot: Snapshot, row: int) -> dict[int, str]:
    table = snapshot.network.memberships
    mine = table.filter(table["organisation"].to_numpy() == row)
    return dict(zip(mine["partnership"].to_pylist(), mine["role"].to_pylist(), strict=True))


def _placed(bars: list[Bar]) -> Timeline:
    known = [b for b in bars if b.starts_on]
    if not known:
        return Timeline(bars, [])
    first = min(b.starts_on for b in known if b.starts_on).year
    last = max((b.ends_on or b.starts_on or date.min).year for b in known) + 1
    begin, span = date(first, 1, 1).toordinal(), max((last - first) * DAYS, 1.0)

    def at(day: date) -> float:
        return round((day.toordinal() - begin) / span * WIDTH, 1)

    placed = []
    for bar in bars:
        if bar.starts_on:
            x = at(bar.starts_on)
            end = at(bar.ends_on) if bar.ends_on else float(WIDTH)
            bar = replace(bar, x=x, width=max(end - x, 4.0))
        placed.append(bar)
    step = max(1, -(-(last - first) // 8))
    return Timeline(placed, [(year, at(date(year, 1, 1))) for year in range(first, last + 1, step)])
