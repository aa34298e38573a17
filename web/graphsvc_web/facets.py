"""What can be filtered by, with how many organisations or partnerships each choice has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from graphsvc.snapshot import Snapshot
from graphsvc_web.collate import sort_key
from graphsvc_web.current import service
from graphsvc_web.language import current
from graphsvc_web.listing import names


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; ``depth`` indents territories under the one they are part of."""

    value: str
    text: str
    count: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facets:
    """All filters of the whole network, language left aside: sector and kind codes are labelled later."""

    sectors: tuple[Choice, ...]
    organisation_kinds: tuple[Choice, ...]
    territories: tuple[Choice, ...]
    services: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    phases: tuple[Choice, ...]
    years: range


_facets: WeakKeyDictionary[Snapshot, Facets] = WeakKeyDictionary()


def facets(snapshot: Snapshot) -> Facets:
    """Filters of a snapshot (the whole network), made once."""
    if snapshot not in _facets:
        _facets[snapshot] = _count(snapshot)
    return _facets[snapshot]


def topics(known: Facets) -> list[str]:
    """Codes of what partnerships are about and of what is needed or offered, in the order of their names."""
    codes = {choice.value for choice in (*known.themes, *known.services)}
    return sorted(codes, key=lambda code: sort_key(service().label("need_area", code, current())))


def _count(snapshot: Snapshot) -> Facets:
    partnerships = snapshot.network.partnerships
    themes = Counter(t for row in partnerships["themes"].to_pylist() for t in row or ())
    tables = (snapshot.network.needs, snapshot.network.offers, snapshot.network.deliveries)
    concerned = {
        pair for t in tables for pair in zip(t["organisation"].to_pylist(), t["area"].to_pylist(), strict=True)
    }
    return Facets(
        sectors=_plain(_counted(snapshot.column("sector"))),
        organisation_kinds=_plain(_counted(snapshot.column("kind"))),
        territories=tuple(_tree(snapshot)),
        services=_plain(_counted(area for own, area in concerned if own is not None)),
        themes=_plain(themes),
        kinds=_plain(_counted(partnerships["kind"].to_pylist())),
        phases=_plain(_counted(partnerships["phase"].to_pylist())),
        years=years(snapshot),
    )


def _counted(codes: Iterable[str | None]) -> Counter[str]:
    return Counter(code for code in codes if code)


def _plain(counts: Counter[str]) -> tuple[Choice, ...]:
    return tuple(Choice(v, v, n) for v, n in sorted(counts.items(), key=lambda c: (-c[1], sort_key(c[0]))))


def years(snapshot: Snapshot) -> range:
    """Years in which partnerships began, up to the latest; empty where no date is known."""
    starts: list[date] = [d for d in snapshot.network.partnerships["starts_on"].to_pylist() if d]
    return range(min(starts).year, max(starts).year + 1) if starts else range(0)


def _tree(snapshot: Snapshot) -> list[Choice]:
    """Territories that have organisations, under those that they are part of, with sums upward."""
    table = snapshot.network.territories
    parent = dict(zip(table["code"].to_pylist(), table["parent"].to_pylist(), strict=True))
    counts: Counter[str] = Counter()
    for code in filter(None, snapshot.column("territory")):
        at: str | None = code
        while at:
            counts[at] += 1
            at = parent.get(at)
    place = names(snapshot).place
    children: dict[str | None, list[str]] = {}
    for code in sorted(counts, key=lambda c: sort_key(place.get(c, c))):
        children.setdefault(parent.get(code), []).append(code)

    def walk(code: str | None, depth: int) -> list[Choice]:
        return [
            choice
            for child in children.get(code, ())
            for choice in (Choice(child, place.get(child, child), counts[child], depth), *walk(child, depth + 1))
        ]

    return walk(None, 0) + walk("", 0)
