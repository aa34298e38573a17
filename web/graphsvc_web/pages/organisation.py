"""One organisation, one partnership; and the search that leads to them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow.compute as pc
from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graphsvc.metrics.compute import Measures
from graphsvc.metrics.definitions import BY_NAME, ORGANISATION_MEASURES
from graphsvc.snapshot import Snapshot
from graphsvc_web import charts, groups, timeline, whole
from graphsvc_web.address import View
from graphsvc_web.current import service, unfiltered, view
from graphsvc_web.listing import SIZES, Names, Page, names, page_of, ranks
from graphsvc_web.pages.api import SUGGESTED, address_of, what_it_is
from graphsvc_web.pictures import suggested
from graphsvc_web.rights import READ, right

bp = APIBlueprint("organisation", __name__, enable_openapi=False)
LONGEST = 200
MOST_HITS = 50
MOST_BARS, MOST_MEETINGS = 60, 10
IN_WORDS = ("partnerships", "partners", "betweenness", "clustering", "participation")
"""Measures that the page puts into a sentence."""


@bp.get("/organisations/<id>")
@right(READ)
def organisation(id: str) -> ResponseReturnValue:
    """Facts, partnerships in time, partners, position in plain words, suggestions."""
    record = service().organisation(id)
    snapshot = service().snapshot()
    row = snapshot.index.get(id)
    if row is None:
        return _if_deleted(id) or render_template("organisation.html", record=record, row=None)
    text = names(snapshot)
    every = whole.measured(snapshot)
    near = partners(snapshot, row)
    found = suggested(snapshot, SUGGESTED, row)
    shown = {text.sector[i] for i in (row, *(p[0] for p in near), *(end for s in found for end in (s.a, s.b)))}
    return render_template(
        "organisation.html",
        record=record,
        row=row,
        snapshot=snapshot,
        names=text,
        place=text.place.get(record.territory or "", record.territory or ""),
        partners=near,
        table=_table(near, text, view()),
        view=view(),
        community=_community(every, row),
        meetings=_meetings(snapshot, row),
        most_meetings=MOST_MEETINGS,
        partner_sectors=sorted(shown),
        bars=timeline.of_organisation(snapshot, row),
        most_bars=MOST_BARS,
        parameters=every.parameters,
        standing=service().analysis.standing(snapshot, id, IN_WORDS),
        titles=BY_NAME,
        found=found,
        prepared=service().prepared(),
    )


def _if_deleted(id: str) -> ResponseReturnValue | None:
    """To what a record that was deleted was put together with, else to its fields, which say that it was."""
    stored = service().records.get(id)
    if not stored.archived:
        return None
    if stored.merged_into:
        return redirect(url_for("organisation.organisation", id=stored.merged_into))
    return redirect(url_for("records.show", label=stored.record.label, id=id))


def _table(near: list[tuple[int, int, float]], text: Names, asked: View) -> Page:
    """Partners, sorted and paged."""
    keys = {
        "name": np.array([text.keys[p[0]] for p in near], dtype=np.int64),
        "sector": ranks([text.sector[p[0]] for p in near]),
        "shared": np.array([p[1] for p in near], dtype=np.int64),
    }
    return page_of(
        np.arange(len(near)),
        keys,
        asked.sort,
        asked.page,
        lambda i: {"row": near[i][0], "shared": near[i][1]},
        usual="-shared",
    )


def _community(measures: Measures, row: int) -> tuple[int, str] | None:
    """Number and centre of the organisation's community, where that has a name."""
    number = int(measures.organisations["community"][row])
    centre = groups.centres().get(number)
    return (number, centre) if centre else None


def _meetings(snapshot: Snapshot, row: int) -> list[tuple[str, str, date | None]]:
    """Id, form and day of the meetings it was at, the newest first."""
    rows = snapshot.network.attendances
    at = rows["meeting"].to_numpy()[rows["organisation"].to_numpy() == row]
    table = snapshot.network.meetings.take(at).select(("id", "kind", "held_on"))
    found = [(m["id"], m["kind"], m["held_on"]) for m in table.to_pylist()]
    return sorted(found, key=lambda m: m[2] or date.min, reverse=True)


@bp.get("/organisations/<id>/measures")
@right(READ)
def measures(id: str) -> ResponseReturnValue:
    """Where the organisation stands in every measure, and the course of one of them over the years."""
    record, asked = service().organisation(id), view()
    snapshot = unfiltered(asked)
    name = asked.size if asked.size in SIZES else "partners"
    course = service().analysis.course(id, name, asked.scope, asked.as_of)
    years = [str(day.year) for day, _p in course]
    return render_template(
        "organisation_measures.html",
        record=record,
        view=asked,
        standing={p.measure: p for p in service().analysis.standing(snapshot, id)},
        community=_community(whole.measured(snapshot), snapshot.index[id]) if id in snapshot.index else None,
        measures=ORGANISATION_MEASURES,
        chosen=BY_NAME[name],
        course=course,
        line=charts.line([p.value for _day, p in course], years),
        charts=charts,
        parameters=service().measure(snapshot).parameters,
    )


@bp.get("/partnerships/<id>")
@right(READ)
def partnership(id: str) -> ResponseReturnValue:
    """One partnership and its members."""
    record, snapshot = service().partnership(id), service().snapshot()
    if pc.index(snapshot.network.partnerships["id"], id).as_py() < 0 and (elsewhere := _if_deleted(id)):
        return elsewhere
    return render_template(
        "partnership.html",
        record=record,
        snapshot=snapshot,
        names=names(snapshot),
    )


@bp.get("/search")
@right(READ)
def search() -> ResponseReturnValue:
    """Records by name or number."""
    text = request.args.get("q", "")[:LONGEST].strip()
    hits = service().search(text, MOST_HITS + 1) if text else []
    return render_template(
        "search.html",
        text=text,
        hits=hits[:MOST_HITS],
        more=len(hits) > MOST_HITS,
        address_of=address_of,
        what_it_is=what_it_is,
    )


def partners(snapshot: Snapshot, row: int) -> list[tuple[int, int, float]]:
    """Row, shared partnerships and weight of each partner, the closest first."""
    graph = snapshot.graph
    part = slice(graph.indptr[row], graph.indptr[row + 1])
    found = zip(graph.indices[part], snapshot.shared[part], graph.weights[part], strict=True)
    text = names(snapshot)
    return sorted(((int(i), int(n), float(w)) for i, n, w in found), key=lambda p: (-p[2], text.keys[p[0]]))
