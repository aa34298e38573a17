"""Organisations of a snapshot as rows of a table: chosen, sorted and paged on the server."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from graphsvc.metrics.compute import Lazily, Measures
from graphsvc.metrics.definitions import ORGANISATION_MEASURES
from graphsvc.snapshot import Snapshot
from graphsvc_web.address import View
from graphsvc_web.collate import fold, sort_key

PER_PAGE = 25
SIZES = tuple(m.name for m in ORGANISATION_MEASURES if m.name != "community")
COLUMNS = ("partners", "partnerships", "community")
"""Measures in every table; the others are computed only where they are asked for."""
Rows = npt.NDArray[np.int64]


class Names:
    """Texts of a snapshot's organisations, ready to sort and search; kept as long as the snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.name = snapshot.column("name")
        self.sector = snapshot.column("sector")
        self.kind = snapshot.column("kind")
        self.territory = snapshot.column("territory")
        places = snapshot.network.territories
        self.place: Mapping[str, str] = dict(zip(places["code"].to_pylist(), places["name"].to_pylist(), strict=True))

    @cached_property
    def keys(self) -> npt.NDArray[np.int64]:
        """Rank of each name in Polish order."""
        return ranks([sort_key(n) for n in self.name])

    @cached_property
    def place_keys(self) -> npt.NDArray[np.int64]:
        """Rank of each territory's name."""
        return ranks([sort_key(self.place.get(t, t)) for t in self.territory])

    @cached_property
    def folded(self) -> list[str]:
        """Names for search."""
        return [fold(n) for n in self.name]


_names: WeakKeyDictionary[Snapshot, Names] = WeakKeyDictionary()


def names(snapshot: Snapshot) -> Names:
    """The texts of a snapshot, made once."""
    if snapshot not in _names:
        _names[snapshot] = Names(snapshot)
    return _names[snapshot]


def ranks(keys: Sequence[str]) -> npt.NDArray[np.int64]:
    """Place of each key in order; equal keys share one."""
    place = {key: i for i, key in enumerate(sorted(set(keys)))}
    return np.array([place[key] for key in keys], dtype=np.int64)


def chosen(snapshot: Snapshot, measures: Measures, view: View) -> Rows:
    """Rows that the view's free text and community let pass (its other filters made the snapshot)."""
    keep = np.ones(snapshot.graph.rows, dtype=bool)
    if view.q:
        words = fold(view.q).split()
        keep &= np.array([all(w in name for w in words) for name in names(snapshot).folded], dtype=bool)
    if view.only:
        keep &= np.isin(np.arange(len(keep)), [snapshot.index[id] for id in view.only if id in snapshot.index])
    if view.group is not None:
        keep &= measures.organisations["community"] == view.group
    return np.flatnonzero(keep)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a table. ``rows``: what the cells show, in order."""

    rows: list[dict[str, Any]]
    number: int
    pages: int
    total: int
    sort: str

    def order(self, column: str, first: str = "") -> str:
        """What a click on the column's heading sorts by: ``first`` is its usual direction."""
        if self.sort.lstrip("-") != column:
            return first + column
        return column if self.sort.startswith("-") else "-" + column

    def aria(self, column: str) -> str:
        """Value of ``aria-sort``."""
        if self.sort.lstrip("-") != column:
            return "none"
        return "descending" if self.sort.startswith("-") else "ascending"


def pages_of(total: int, per_page: int) -> int:
    """How many pages so many rows fill, one at least."""
    return max(-(-total // per_page), 1)


def page_of(
    rows: Rows,
    keys: Mapping[str, npt.NDArray[Any]],
    sort: str,
    number: int,
    cells: Callable[[int], dict[str, Any]],
    *,
    usual: str,
) -> Page:
    """Sort ``rows`` by the column that ``sort`` names (unknown: ``usual``) and cut out page ``number``.

    Ties keep the order of ``keys``' first column; what is no number comes last.
    """
    sort = sort if sort.lstrip("-") in keys else usual
    values = keys[sort.lstrip("-")][rows].astype(np.float64)
    values = -values if sort.startswith("-") else values
    tie = next(iter(keys.values()))[rows]
    ordered = rows[np.lexsort((tie, np.where(np.isnan(values), np.inf, values)))]
    pages = pages_of(len(rows), PER_PAGE)
    number = min(number, pages)
    part = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Page([cells(int(i)) for i in part], number, pages, len(rows), sort)


def organisations(
    snapshot: Snapshot, measures: Measures, rows: Rows, view: View, columns: Collection[str] = COLUMNS
) -> Page:
    """The table of organisations beside the picture, with the measures of ``columns`` and the one that sizes nodes."""
    text, values = names(snapshot), measures.organisations
    keys: Lazily[npt.NDArray[Any]] = Lazily(
        {
            "name": lambda: text.keys,
            "sector": lambda: ranks(text.sector),
            "territory": lambda: text.place_keys,
            **{name: partial(values.__getitem__, name) for name in values},
        }
    )
    shown = [name for name in values if name in columns or name == view.size]

    def cells(i: int) -> dict[str, Any]:
        return {
            "row": i,
            "id": snapshot.ids[i],
            "name": text.name[i],
            "sector": text.sector[i],
            "territory": text.place.get(text.territory[i], text.territory[i]),
            **{name: float(values[name][i]) for name in shown},
        }

    return page_of(rows, keys, view.sort, view.page, cells, usual="-partners")
