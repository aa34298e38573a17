"""Partnerships as bars in time, in hundredths of the whole span, for an SVG without scripts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.filter import rows, sizes

WIDTH = 1000
DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Bar:
    """One membership, with the organisation's own first and last day. ``x`` and ``width`` on a scale of 0 to 1000; None
    where no date is known."""

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
    """Every time that the organisation was in a partnership, with the number of the partnership's members today."""
    network = snapshot.network
    mine = network.memberships.filter(network.memberships["organisation"].to_numpy() == row)
    at = rows(mine["partnership"])
    members = sizes(network, date.today(), at)
    partnerships = network.partnerships.select(("id", "name", "starts_on", "ends_on", "phase")).take(at)
    bars = [
        Bar(
            id=p["id"],
            name=p["name"] or "",
            members=int(members[i]),
            role=m["role"] or "",
            starts_on=max(filter(None, (p["starts_on"], m["since"])), default=None),
            ends_on=min(filter(None, (p["ends_on"], m["until"])), default=None),
            phase=p["phase"] or "",
        )
        for i, p, m in zip(at.tolist(), partnerships.to_pylist(), mine.to_pylist(), strict=True)
    ]
    bars.sort(key=lambda b: (b.starts_on is None, -(b.starts_on or date.min).toordinal(), b.name))
    return _placed(bars)


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
