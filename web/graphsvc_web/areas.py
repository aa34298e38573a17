"""Gminas, powiats and voivodeships with what is known of each: for the map and the table beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from graphsvc.metrics.whole import without_partner
from graphsvc.model.network import Network
from graphsvc.model.poland import poland
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.demand import gaps
from graphsvc.snapshot.filter import Mask, day

T = TypeVar("T")
DIGITS = {"gmina": 6, "powiat": 4, "voivodeship": 2}
"""Length of a territory's code by level."""
MEASURES = ("organisations", "partnerships", "outside", "alone", "gap")
STEPS = 5
MOST_TIES = 40


@dataclass(frozen=True, slots=True)
class Area:
    """One territory.

    outside : ties to organisations that are known to be elsewhere; alone : organisations without a partner
    gap : levels of what is needed there and not, or not enough, delivered, added up
    """

    code: str
    name: str
    organisations: int = 0
    partnerships: int = 0
    outside: int = 0
    alone: int = 0
    gap: int = 0


_kept: WeakKeyDictionary[Snapshot, dict[str, Any]] = WeakKeyDictionary()
"""What was counted, as long as its snapshot lives."""


def _once(snapshot: Snapshot, key: str, count: Callable[[], T]) -> T:
    known = _kept.setdefault(snapshot, {})
    if key not in known:
        known[key] = count()
    result: T = known[key]
    return result


def areas(snapshot: Snapshot, level: str, whole: Snapshot, network: Network, on: date) -> list[Area]:
    """Territories of the level in every powiat (or voivodeship) that the snapshot reaches, empty ones too. Who is alone
    is so in ``whole``, of the same day without filters. What they lack on the day is that of ``network``, all that
    there is: who delivers it need not be in the snapshot."""

    def count() -> list[Area]:
        return _areas(snapshot, level, without_partner(snapshot, whole), gaps(network, day(on) + 1))

    return _once(snapshot, f"areas {level} {on}", count)


def _areas(snapshot: Snapshot, level: str, lonely: Mask, lacking: Mapping[tuple[str, str], float]) -> list[Area]:
    digits = DIGITS[level]
    codes = _codes(snapshot, digits)
    here = np.array(codes)
    counts = Counter(codes)
    partnerships: dict[str, set[int]] = defaultdict(set)
    for i, code in enumerate(codes):
        partnerships[code].update(snapshot.memberships.row(i).tolist())
    graph = snapshot.graph
    left = np.repeat(np.arange(graph.rows), np.diff(graph.indptr))
    away = (here[left] != here[graph.indices]) & (here[graph.indices] != "")
    outside = Counter(here[left[away]].tolist())
    alone = Counter(here[lonely].tolist())
    gap = Counter[str]()
    for (code, _area), lack in lacking.items():
        gap[code[:digits]] += int(lack) if len(code) >= digits else 0
    tree = poland()
    return [
        Area(
            code, tree.by_code[code].name, counts[code], len(partnerships[code]), outside[code], alone[code], gap[code]
        )
        for code in _reached(codes, level)
    ]


def _codes(snapshot: Snapshot, digits: int) -> list[str]:
    """Where each organisation is, by so many digits; "" where the map has no such territory. An area in a gmina has its
    digits."""
    known = {t.code for t in poland() if len(t.code) == digits}
    return [code if code in known else "" for code in (c[:digits] for c in snapshot.column("territory"))]


def _reached(codes: list[str], level: str) -> list[str]:
    """Territories of the level beside those that have organisations: the white spots are among them."""
    tree, length = poland(), max(DIGITS[level] - 2, 0)
    parts = {c[:length] for c in codes if c in tree.by_code}
    return [t.code for t in tree if t.level == level and t.code[:length] in parts]


def steps(values: list[int]) -> list[int]:
    """Upper bounds of up to five classes of about equal numbers of territories above 0, ascending."""
    above = np.array([v for v in values if v > 0])
    if not len(above):
        return []
    bounds = np.ceil(np.quantile(above, np.linspace(0, 1, STEPS + 1)[1:])).astype(int)
    return sorted(set(bounds.tolist()))


def ties(snapshot: Snapshot, level: str) -> list[tuple[str, str, int]]:
    """The most frequent ties between two territories of the level."""
    return _once(snapshot, f"ties {level}", lambda: _ties(snapshot, level))


def _ties(snapshot: Snapshot, level: str) -> list[tuple[str, str, int]]:
    digits = DIGITS[level]
    codes = _codes(snapshot, digits)
    graph, found = snapshot.graph, Counter[tuple[str, str]]()
    for i, code in enumerate(codes):
        for j in graph.row(i).tolist():
            if code and code < codes[j]:
                found[code, codes[j]] += 1
    return [(a, b, n) for (a, b), n in found.most_common(MOST_TIES)]
