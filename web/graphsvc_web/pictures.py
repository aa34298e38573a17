"""Pictures and their descriptions in words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar
from urllib.parse import quote
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from flask import current_app, url_for
from flask_babel import gettext as _

from graphsvc import render
from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import TWICE, Message
from graphsvc.metrics.compute import Measures
from graphsvc.metrics.whole import rows_in, without_partner
from graphsvc.render import Picture
from graphsvc.render.look import SHAPES
from graphsvc.snapshot import Snapshot
from graphsvc_web import groups, listing, whole
from graphsvc_web.address import View
from graphsvc_web.current import chosen, service, unfiltered
from graphsvc_web.language import current, day, ngettext, number

T = TypeVar("T")
SUGGESTED = 12
"""Suggested ties drawn in the picture of the network, and listed below it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A view's snapshot with all that its page and its picture are made from.

    ground : the same filters at no date; it says where things stand, so that time moves nothing
    """

    view: View
    snapshot: Snapshot
    ground: Snapshot
    measures: Measures
    rows: listing.Rows
    level: str

    def words(self) -> str:
        """The picture in a few sentences."""
        return _describe(self)


def scene(view: View) -> Scene:
    """The snapshot that the view's filters choose, measured."""
    ground = service().snapshot(as_of=None, scope="ever", **view.filters)
    dated = view.as_of or view.scope != "ever"
    snapshot = chosen(view) if dated else ground
    measures = whole.measured(snapshot)
    rows = listing.chosen(snapshot, measures, view)
    return Scene(view, snapshot, ground, measures, rows, groups.level_of(view, len(rows), ground.graph.rows))


def draw(scene: Scene) -> Picture:
    """The picture of the view at its zoom level; each node carries the address it opens."""
    if scene.level == "organisations":
        return _organisations(scene)
    view, (group, names, key) = scene.view, _grouped(scene, scene.snapshot, scene.measures)
    picture = render.groups(scene.snapshot, _bubble_places(scene), _only(group, scene.rows), names)
    for node in picture.nodes:
        address = view.args(**key(node["number"]), level="organisations")
        node["url"] = url_for("network.network", **address)
    return picture


def as_json(scene: Scene) -> str:
    """The picture as JSON text; made once for a snapshot, view, language, wording of sectors and suggestions."""
    pairs = tuple((s.a, s.b) for s in within(scene)) if scene.level == "organisations" else ()
    words = tuple(service().label("organisation_sector", code, current()) for code in SHAPES)

    def make() -> str:
        picture = draw(scene)
        if scene.level == "organisations":
            _renumber(picture, rows_in(scene.ground, scene.snapshot))
        return current_app.json.dumps(
            {**picture.to_dict(), "level": scene.level, "day": day(scene.view.as_of) if scene.view.as_of else None}
        )

    return _once(scene.snapshot, ("json", scene.view, scene.level, current(), words, pairs), make)


def _renumber(picture: Picture, numbers: npt.NDArray[np.int64]) -> None:
    """Rows of a dated snapshot become those of its ground: at any date an organisation has one number on the canvas,
    so that what is chosen, hidden, pinned or moved stays so when the year changes."""
    for node in picture.nodes:
        node["id"] = int(numbers[node["id"]])
    for edge in picture.edges:
        edge["from"], edge["to"] = int(numbers[edge["from"]]), int(numbers[edge["to"]])


def _grouped(
    scene: Scene, snapshot: Snapshot, measures: Measures
) -> tuple[listing.Rows, Mapping[int, str], Callable[[int], dict[str, Any]]]:
    """Group of each organisation, the groups' names, and the filter that a group's bubble leads to."""
    if scene.level == "communities":
        group, names = groups.communities(measures)
        return group, names, lambda number: {"group": number}
    codes = groups.territory_codes(scene.ground)
    group, names = groups.territories(snapshot, codes)
    return group, names, lambda number: {"territory": (codes[number],)}


def _bubble_places(scene: Scene) -> Mapping[int, npt.NDArray[np.float64]]:
    ground, view = scene.ground, scene.view

    def place() -> Mapping[int, npt.NDArray[np.float64]]:
        measures = whole.measured(ground)
        group, names, _key = _grouped(scene, ground, measures)
        rows = listing.chosen(ground, measures, view)
        return render.group_places(service().layout(ground), _only(group, rows), names)

    return _once(ground, (scene.level, view.q, view.only, view.group), place)


def _organisations(scene: Scene) -> Picture:
    snapshot, measures = scene.snapshot, scene.measures
    name = scene.view.size if scene.view.size in listing.SIZES else "partners"
    picture = render.organisations(snapshot, places(scene), measures.organisations[name], scene.rows)
    drawn = {node["id"] for node in picture.nodes}
    if scene.view.as_of:
        _mark(scene, picture, np.array(sorted(drawn), dtype=np.int64))
    else:
        pairs = ((s.a, s.b) for s in within(scene) if s.a in drawn and s.b in drawn)
        picture.edges.extend(render.proposals(pairs, _("suggested")))
    add_details(picture, snapshot, measures)
    return picture


def _mark(scene: Scene, picture: Picture, drawn: listing.Rows) -> None:
    """Ties that began and ended since the day compared with; where that lies ahead, those that will have ended."""
    here, there = scene.view.as_of, scene.view.compared
    if not (here and there):
        return
    now, then = (_lasting(scene, day, drawn) for day in (here, there))
    if there < here:
        render.mark(picture.edges, now - then, then - now)
    else:
        render.mark(picture.edges, set(), now - then)


def _lasting(scene: Scene, day: date, drawn: listing.Rows) -> set[tuple[int, int]]:
    """Ties among what is drawn that last on a day."""
    then = service().snapshot(as_of=day, scope="active", **scene.view.filters)
    return render.pairs_among(then, rows_in(scene.snapshot, then), drawn)


def places(scene: Scene) -> npt.NDArray[np.float64]:
    """Where each organisation of the scene's snapshot stands on the canvas, float64 [organisations, 2]."""
    ground, view = scene.ground, scene.view

    def place() -> npt.NDArray[np.float64]:
        rows = listing.chosen(ground, whole.measured(ground), view)
        return render.places(ground, service().layout(ground), rows)

    at = _once(ground, ("organisations", view.q, view.only, view.group), place)
    return at if scene.snapshot is ground else at[rows_in(ground, scene.snapshot)]


_kept: WeakKeyDictionary[Snapshot, OrderedDict[Hashable, Any]] = WeakKeyDictionary()
"""Places, as long as their snapshot lives."""
KEPT = 32


def _once(snapshot: Snapshot, key: Hashable, place: Callable[[], T]) -> T:
    known = _kept.setdefault(snapshot, OrderedDict())
    found: T = known[key] if key in known else place()
    known[key] = found
    while len(known) > KEPT:
        known.popitem(last=False)
    return found


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion with its ends as rows of the snapshot that a page shows."""

    a: int
    b: int
    score: float
    probability: float
    days: int
    reasons: Sequence[Message]
    against: Sequence[Message]
    """What speaks against it, and what is remembered of it."""


def within(scene: Scene, limit: int = SUGGESTED) -> list[Proposed]:
    """The best suggestions among the organisations that a view chooses; none for a day, when they were not yet made."""
    return [] if scene.view.as_of else suggested(scene.snapshot, limit, among=scene.rows)


def suggested(
    snapshot: Snapshot, limit: int, row: int | None = None, among: listing.Rows | None = None
) -> list[Proposed]:
    """The best suggestions in a snapshot, ``among`` some of its rows (None: all), or for one organisation (row) with
    those; none while the first are worked out, or where there is not enough to go on.

    They are made from the whole network as it is now, whatever a page filters.
    """
    now, who = service().snapshot(), "" if row is None else snapshot.ids[row]
    if (who and who not in now.index) or not (service().prepared() if who else service().ranked().made):
        return []
    at = rows_in(snapshot, now)
    try:
        found = service().proposals.among(np.flatnonzero(at >= 0 if among is None else np.isin(at, among)), limit, who)
    except NothingToSuggestError:
        return []
    return [
        Proposed(int(at[s.a]), int(at[s.b]), s.score, s.probability, s.days, s.reasons, (*s.against, *s.remembered))
        for s in found
    ]


def add_details(picture: Picture, snapshot: Snapshot, measures: Measures) -> None:
    """What the canvas shows of an organisation on hover: sector, place, partners; and its page's address."""
    text, partners = listing.names(snapshot), measures.organisations["partners"]
    sector = cache(lambda code: service().label("organisation_sector", code, current()))
    with_whom = cache(lambda count: ngettext("%(num)s partner", "%(num)s partners", count))
    page = url_for("organisation.organisation", id="-").removesuffix("-")
    for node in picture.nodes:
        i = node["id"]
        place = text.place.get(text.territory[i], "")
        said = (node["title"], sector(text.sector[i]), place, with_whom(int(partners[i])))
        node["title"] = "\n".join(filter(None, said))
        node["url"] = page + quote(snapshot.ids[i], safe="")


def _only(group: listing.Rows, rows: listing.Rows) -> listing.Rows:
    """Groups of the chosen rows; others in none."""
    kept = np.full_like(group, -1)
    kept[rows] = group[rows]
    return kept


def _in_no_circle(scene: Scene) -> int:
    """How many of the chosen organisations the circles of a far picture do not hold."""
    if scene.level == "organisations":
        return 0
    group, names, _key = _grouped(scene, scene.snapshot, scene.measures)
    held = [number for number in _bubble_places(scene) if number in names]
    return int((~np.isin(group[scene.rows], held)).sum())


def _describe(scene: Scene) -> str:
    count = len(scene.rows)
    if not count:
        return str(_("No organisation matches these filters."))
    inside = np.zeros(scene.snapshot.graph.rows, dtype=bool)
    inside[scene.rows] = True
    partners = scene.measures.organisations["partners"][scene.rows]
    top = scene.rows[np.argsort(-partners, kind="stable")[:3]]
    text = listing.names(scene.snapshot)
    alone = int(without_partner(scene.snapshot, unfiltered(scene.view))[scene.rows].sum())
    out = _in_no_circle(scene)
    parts: list[Any] = [
        ngettext(
            "The picture stands for %(n)s organisation.",
            "The picture stands for %(n)s organisations.",
            count - out,
            n=number(count - out),
        )
    ]
    if out and scene.level == "territories":
        parts.append(
            ngettext(
                "%(n)s is in no circle: its territory is not known, or among the smallest.",
                "%(n)s are in no circle: their territory is not known, or among the smallest.",
                out,
                n=number(out),
            )
        )
    elif out:
        parts.append(
            ngettext(
                "%(n)s is in no circle: its community is too small.",
                "%(n)s are in no circle: their communities are too small.",
                out,
                n=number(out),
            )
        )
    if partners.max() > 0:
        parts.append(_("Most partners have: %(names)s.", names="; ".join(text.name[i] for i in top)))
    if alone:
        parts.append(ngettext("%(n)s has no partner.", "%(n)s have no partner.", alone, n=number(alone)))
    return TWICE.sub(".", " ".join(parts))
