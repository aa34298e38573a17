"""Two days side by side: two pictures with the same places, and a table of who and what came and went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from graphsvc.metrics.compare import Changes, changes, two_days
from graphsvc.metrics.whole import without_partner
from graphsvc.snapshot import Snapshot
from graphsvc_web import pictures
from graphsvc_web.address import View
from graphsvc_web.current import service, unfiltered, view
from graphsvc_web.empty import filled
from graphsvc_web.facets import facets
from graphsvc_web.listing import Page, names, page_of
from graphsvc_web.pictures import Scene
from graphsvc_web.rights import READ, right

bp = APIBlueprint("dates", __name__, enable_openapi=False)
CHANGES = ("began", "ended", "joined", "left")
_kept: WeakKeyDictionary[Snapshot, tuple[Snapshot, Changes]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two days."""

    day: date
    scene: Scene

    @property
    def figures(self) -> dict[str, int]:
        """Counted on that day."""
        snapshot = self.scene.snapshot
        return {
            "organisations": snapshot.graph.rows,
            "partnerships": snapshot.network.partnerships.num_rows,
            "ties": len(snapshot.graph.indices) // 2,
            "alone": int(without_partner(snapshot, unfiltered(self.scene.view)).sum()),
        }


@bp.get("/network/dates")
@right(READ)
@filled
def dates() -> ResponseReturnValue:
    """What lasts on one day beside what lasted on the other."""
    asked = view()
    both = sides(asked)
    changed = _changes(both[0].scene.snapshot, both[1].scene.snapshot)
    change = request.args.get("change", "")
    change = change if change in CHANGES else CHANGES[0]
    return render_template(
        "dates.html",
        view=replace(asked, year=None, day=both[1].day, against=both[0].day),
        sides=both,
        counts={name: len(getattr(changed, name)) for name in CHANGES},
        change=change,
        table=_table(getattr(changed, change), asked),
        facets=facets(service().snapshot()),
    )


def sides(asked: View) -> tuple[Side, Side]:
    """The earlier day and the later one; without any named, the last day of the network and the one a year before."""
    earlier, later = two_days(service().snapshot().network, asked.as_of, asked.against)
    views = [
        replace(asked, year=None, active=1, day=day, against=other, level=asked.level or "organisations")
        for day, other in ((earlier, later), (later, earlier))
    ]
    scenes = [pictures.scene(v) for v in views]
    far = any(s.level != "organisations" for s in scenes)
    level = max(scenes[0].level, scenes[1].level, key=lambda name: name != "organisations") if far else "organisations"
    scenes = [replace(s, view=replace(s.view, level=level), level=level) for s in scenes]
    return Side(earlier, scenes[0]), Side(later, scenes[1])


def _changes(earlier: Snapshot, later: Snapshot) -> Changes:
    kept = _kept.get(later)
    if kept is None or kept[0] is not earlier:
        kept = _kept[later] = (earlier, changes(earlier, later))
    return kept[1]


def _table(found: Sequence[Any], asked: View) -> Page:
    """The organisations, or the pairs, of one kind of change."""
    pairs = [(one, one) if isinstance(one, str) else one for one in found]
    name = _namer()
    rank = {id: i for i, id in enumerate(sorted({id for p in pairs for id in p}, key=lambda id: name(id)[1]))}
    keys = {
        key: np.array([rank[pair[end]] for pair in pairs], dtype=np.int64) for key, end in (("name", 0), ("other", 1))
    }
    return page_of(
        np.arange(len(pairs)),
        keys,
        asked.sort,
        asked.page,
        lambda i: {"ends": [(id, *name(id)) for id in dict.fromkeys(pairs[i])]},
        usual="name",
    )


def _namer() -> Callable[[str], tuple[str, int, str]]:
    """Name, rank in Polish order and sector of an organisation by its id."""
    whole = service().snapshot()
    text = names(whole)
    keys = text.keys

    def named(id: str) -> tuple[str, int, str]:
        row = whole.index.get(id, -1)
        return (text.name[row], int(keys[row]), text.sector[row]) if row >= 0 else (id, 0, "")

    return named
