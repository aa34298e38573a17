"""Pictures and their descriptions in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graphsvc import render
from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import Message
from graphsvc.metrics.compute import Measures
from graphsvc.render import Picture
from graphsvc.snapshot import Snapshot
from graphsvc_web import groups, listing
from graphsvc_web.address import View
from graphsvc_web.current import service
from graphsvc_web.language import current, number

SUGGESTED = 25
RANKED = 200
"""Suggestions ranked for the whole network: what pages show is taken from them."""
"""Suggested ties drawn in the picture of the network."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A view's snapshot with all that its page and its picture are made from."""

    view: View
    snapshot: Snapshot
    measures: Measures
    rows: listing.Rows
    level: str

    def words(self) -> str:
        """The picture in a few sentences."""
        return _describe(self)


def scene(view: View) -> Scene:
    """The snapshot that the view's filters choose, measured."""
    snapshot = service().snapshot(
        as_of=view.as_of,
        scope=view.scope,
        sectors=view.sector,
        territories=view.territory,
        themes=view.theme,
        kinds=view.kind,
    )
    measures = service().measure(snapshot)
    rows = listing.chosen(snapshot, measures, view)
    return Scene(view, snapshot, measures, rows, groups.level_of(view, len(rows)))


def draw(scene: Scene) -> Picture:
    """The picture of the view at its zoom level; each node carries the address it opens."""
    snapshot, measures, view = scene.snapshot, scene.measures, scene.view
    positions = service().layout(snapshot)
    if scene.level == "communities":
        group, names = groups.communities(snapshot, measures)
        picture = render.groups(snapshot, positions, _only(group, scene.rows), names)
        for node in picture.nodes:
            node["url"] = url_for("network.network", **view.args(group=node["number"], level="organisations"))
        return picture
    if scene.level == "territories":
        group, names, codes = groups.territories(snapshot)
        picture = render.groups(snapshot, positions, _only(group, scene.rows), names)
        for node in picture.nodes:
            chosen = (codes[node["number"]],)
            node["url"] = url_for("network.network", **view.args(territory=chosen, level="organisations"))
        return picture
    return _organisations(scene)


def _organisations(scene: Scene) -> Picture:
    snapshot, measures = scene.snapshot, scene.measures
    name = scene.view.size if scene.view.size in listing.SIZES else "partners"
    picture = render.organisations(snapshot, service().layout(snapshot), measures.organisations[name], scene.rows)
    drawn = {node["id"] for node in picture.nodes}
    pairs = ((s.a, s.b) for s in suggested(snapshot, SUGGESTED) if s.a in drawn and s.b in drawn)
    picture.edges.extend(render.proposals(pairs, _("suggested")))
    add_details(picture, snapshot, measures)
    return picture


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion with its ends as rows of the snapshot that a page shows."""

    a: int
    b: int
    score: float
    reasons: Sequence[Message]


def suggested(snapshot: Snapshot, limit: int, row: int | None = None) -> list[Proposed]:
    """Suggestions for an organisation (row) or among all of the snapshot; none where there is not enough to go on.

    They are made from the whole network as it is now, whatever a page filters, and so only once.
    """
    whole = service().snapshot()
    try:
        if row is None:
            found = service().suggestions(whole, None, RANKED)
        else:
            now = whole.index.get(snapshot.ids[row])
            found = [] if now is None else service().suggestions(whole, now, limit)
    except NothingToSuggestError:
        return []
    at = [snapshot.index.get(id, -1) for id in whole.ids]
    here = (Proposed(at[s.a], at[s.b], s.score, s.reasons) for s in found if at[s.a] >= 0 and at[s.b] >= 0)
    return list(islice(here, limit))


def add_details(picture: Picture, snapshot: Snapshot, measures: Measures) -> None:
    """What the canvas shows of an organisation on hover: sector, place, partners; and its page's address."""
    text, partners = listing.names(snapshot), measures.organisations["partners"]
    for node in picture.nodes:
        i = node["id"]
        sector = service().label("organisation_sector", text.sector[i], current())
        place = text.place.get(text.territory[i], "")
        count = int(partners[i])
        with_whom = ngettext("%(num)s partner", "%(num)s partners", count)
        node["title"] = "\n".join(filter(None, (node["title"], sector, place, with_whom)))
        node["url"] = url_for("organisation.organisation", id=snapshot.ids[i])


def _only(group: listing.Rows, rows: listing.Rows) -> listing.Rows:
    """Groups of the chosen rows; others in none."""
    kept = np.full_like(group, -1)
    kept[rows] = group[rows]
    return kept


def _describe(scene: Scene) -> str:
    count = len(scene.rows)
    if not count:
        return str(_("No organisation matches these filters."))
    inside = np.zeros(scene.snapshot.graph.rows, dtype=bool)
    inside[scene.rows] = True
    partners = scene.measures.organisations["partners"][scene.rows]
    top = scene.rows[np.argsort(-partners, kind="stable")[:3]]
    text = listing.names(scene.snapshot)
    alone = int((partners == 0).sum())
    parts: list[Any] = [
        ngettext(
            "The picture stands for %(n)s organisation.",
            "The picture stands for %(n)s organisations.",
            count,
            n=number(count),
        )
    ]
    if partners.max() > 0:
        parts.append(_("Most partners have: %(names)s.", names="; ".join(text.name[i] for i in top)))
    if alone:
        parts.append(ngettext("%(n)s has no partner.", "%(n)s have no partner.", alone, n=number(alone)))
    return " ".join(parts)
