"""Two dates side by side: who came and went, which ties began and ended, how each measure moved."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

import numpy as np

from graphsvc.metrics.compute import Measures
from graphsvc.metrics.position import equal
from graphsvc.model.network import Network
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.snapshot.filter import last_day

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """Who came and went, and which ties, from an earlier snapshot to a later one; ids in ascending order."""

    joined: list[str]
    left: list[str]
    began: list[Pair]
    ended: list[Pair]


@dataclass(frozen=True, slots=True)
class Comparison(Changes):
    """All that changed from an earlier snapshot to a later one."""

    moved: dict[str, dict[str, float]]
    """By measure: later minus earlier value of each organisation that is in both and has a value in both."""
    network: dict[str, float]
    """Later minus earlier value of each network measure."""


def year_before(day: date) -> date:
    """The same day a year earlier (28 February for the 29th); the first day there is has none before it."""
    if day.year == date.min.year:
        return date.min
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def two_days(network: Network, one: date | None, other: date | None) -> tuple[date, date]:
    """The earlier day and the later one; without any named, the network's last day, today at the latest, and a year
    before that."""
    later = one or min(last_day(network) or date.today(), date.today())
    earlier, later = sorted((other or year_before(later), later))
    return earlier, later


def changes(earlier: Snapshot, later: Snapshot) -> Changes:
    """Compare two snapshots of the same network without measuring them."""
    before, after = set(earlier.ids), set(later.ids)
    ids = sorted(before | after)
    ties_before, ties_after = _ties(earlier, ids), _ties(later, ids)
    return Changes(
        joined=sorted(after - before),
        left=sorted(before - after),
        began=_named(np.setdiff1d(ties_after, ties_before), ids),
        ended=_named(np.setdiff1d(ties_before, ties_after), ids),
    )


def compare(earlier: Snapshot, earlier_measures: Measures, later: Snapshot, later_measures: Measures) -> Comparison:
    """Compare two snapshots of the same network."""
    both = sorted(set(earlier.ids) & set(later.ids))
    rows_before = np.array([earlier.index[key] for key in both], dtype=np.int64)
    rows_after = np.array([later.index[key] for key in both], dtype=np.int64)
    moved = {
        name: _differences(both, values[rows_after], earlier_measures.organisations[name][rows_before])
        for name, values in later_measures.organisations.items()
        if name != "community"  # a community's number says nothing about how large it is
    }
    return Comparison(
        **asdict(changes(earlier, later)),
        moved=moved,
        network={name: value - earlier_measures.network[name] for name, value in later_measures.network.items()},
    )


def _ties(snapshot: Snapshot, ids: list[str]) -> Int64s:
    """Each tie once, as one number: the lower place of its ends in ``ids`` times their count, and the higher one."""
    place = {id: n for n, id in enumerate(ids)}
    own = np.array([place[id] for id in snapshot.ids], np.int64)
    source = np.repeat(own, np.diff(snapshot.graph.indptr))
    target = own[snapshot.graph.indices]
    once = source < target
    return source[once] * len(ids) + target[once]


def _named(ties: Int64s, ids: list[str]) -> list[Pair]:
    return [(ids[low], ids[high]) for low, high in zip(*np.divmod(ties, len(ids) or 1), strict=True)]


def _differences(keys: list[str], later: Floats, earlier: Floats) -> dict[str, float]:
    change = np.where(equal(later, earlier), 0.0, later - earlier)
    return {key: float(d) for key, d in zip(keys, change, strict=True) if not np.isnan(d)}
