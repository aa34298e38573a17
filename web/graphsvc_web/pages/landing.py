"""Where people land: search first, then the region's story in a few sentences and numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from apiflask import APIBlueprint
from flask import render_template
from flask.typing import ResponseReturnValue

from graphsvc.metrics.compare import two_days
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.filter import sizes
from graphsvc_web.current import service
from graphsvc_web.empty import filled
from graphsvc_web.listing import names
from graphsvc_web.pictures import suggested
from graphsvc_web.rights import READ, right

bp = APIBlueprint("landing", __name__, enable_openapi=False)
SUGGESTED = 4
"""Suggestions shown, and of how many they are the best, where some were ignored."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the story now, and what it was a year before."""

    key: str
    now: int
    before: int

    @property
    def change(self) -> int:
        """Since the year before."""
        return self.now - self.before


@bp.get("/")
@right(READ)
@filled
def start() -> ResponseReturnValue:
    """The first page."""
    whole = service().snapshot()
    before, now = two_days(whole.network, None, None)
    today = service().scenarios.now  # of everybody, so that rows are those of the whole
    measures = service().measure(today)
    between = np.nan_to_num(measures.organisations["betweenness"])
    return render_template(
        "start.html",
        now=now,
        before=before,
        figures=_figures(_counts(service().snapshot(as_of=now)), _counts(service().snapshot(as_of=before))),
        go_betweens=[int(i) for i in np.argsort(-between, kind="stable")[:5] if between[i] > 0],
        **_story(today),
        names=names(whole),
        ids=whole.ids,
        snapshot=whole,
        found=suggested(whole, SUGGESTED),
        ranked=service().ranked().made,
    )


def _counts(s: Snapshot) -> dict[str, int]:
    return {
        "organisations": s.graph.rows,
        "partnerships": s.network.partnerships.num_rows,
        "ties": len(s.graph.indices) // 2,
        "alone": int((np.diff(s.graph.indptr) == 0).sum()),
    }


def _figures(now: dict[str, int], before: dict[str, int]) -> list[Figure]:
    return [Figure(key, now[key], before[key]) for key in now]


_stories: WeakKeyDictionary[Snapshot, dict[str, Any]] = WeakKeyDictionary()


def _story(today: Snapshot) -> dict[str, Any]:
    """What is told of all that has begun, read out once."""
    if today not in _stories:
        _stories[today] = {"newest": newest(today, 8), "per_year": per_year(today)}
    return _stories[today]


def newest(snapshot: Snapshot, count: int) -> list[tuple[str, str, date, int]]:
    """Id, name, start and number of today's members of the partnerships begun last."""
    table, members = snapshot.network.partnerships, sizes(snapshot.network, date.today())
    starts = table["starts_on"].to_pylist()
    rows = sorted((i for i, d in enumerate(starts) if d), key=lambda i: starts[i], reverse=True)[:count]
    return [(table["id"][i].as_py(), table["name"][i].as_py(), starts[i], int(members[i])) for i in rows]


def per_year(snapshot: Snapshot) -> list[tuple[int, int]]:
    """Partnerships begun in each year, gaps filled with 0."""
    counts = Counter(d.year for d in snapshot.network.partnerships["starts_on"].to_pylist() if d)
    return [(y, counts[y]) for y in range(min(counts), max(counts) + 1)] if counts else []
