"""How the network and an organisation's place in it moved over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.metrics.compute import Measures, measure
from graphsvc.model.network import Network
from graphsvc.snapshot import Projection, Scope, Snapshot, take
from graphsvc.snapshot.filter import BEGINNING, days, last_day


@dataclass(frozen=True, slots=True)
class Point:
    """The network on one day."""

    on: date
    snapshot: Snapshot
    measures: Measures


def year_ends(network: Network, last: date | None = None) -> list[date]:
    """The last day of each year from the first partnership's to the latest known day's (or ``last``'s)."""
    starts = days(network.partnerships["starts_on"], BEGINNING)
    known = starts[starts > BEGINNING]
    end = last or last_day(network)
    if not len(known) or end is None:
        return []
    first = np.datetime64(int(known.min()), "D").astype(object).year
    return [date(year, 12, 31) for year in range(first, end.year + 1)]


def trend(network: Network, on: Sequence[date], scope: Scope, projection: Projection = "weighted") -> list[Point]:
    """The measures on each day."""
    points = []
    for day in on:
        snapshot = take(network, day, scope, projection)
        points.append(Point(day, snapshot, measure(snapshot)))
    return points
