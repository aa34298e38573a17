"""JSON for the canvas and for other programs; described in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from apiflask import APIBlueprint, Schema
from flask import Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import RAISE

from graphsvc import render
from graphsvc.metrics.whole import rows_in
from graphsvc.model.words import RECORD_NAMES
from graphsvc.snapshot import Snapshot
from graphsvc_web import listing, pictures, shapes
from graphsvc_web.addresses import address
from graphsvc_web.current import service, view
from graphsvc_web.language import say
from graphsvc_web.paths import between
from graphsvc_web.pictures import suggested
from graphsvc_web.rights import READ, right

bp = APIBlueprint("api", __name__, url_prefix="/api", tag="Network")
SUGGESTED = 6
"""Links that the page of an organisation suggests, and its picture."""
WRONG = {code: HTTPStatus(code).phrase for code in (400, 401, 403, 404, 414, 503)}
UNCHANGED = {304: {"description": HTTPStatus.NOT_MODIFIED.phrase}}
View = TypeVar("View", bound=Callable[..., Any])


def described(answer: type[Schema], more: Mapping[int, Any] = MappingProxyType({})) -> Callable[[View], View]:
    """What OpenAPI says of an operation's answers, and that it takes a session."""

    def mark(view: View) -> View:
        told: View = bp.doc(responses={**WRONG, **more}, security="session")(bp.output(answer)(view))
        return told

    return mark


@bp.get("/picture")
@bp.input(shapes.PictureFilters, location="query", arg_name="_filters")
@described(shapes.ViewPicture, UNCHANGED)
@right(READ)
def picture(_filters: dict[str, Any]) -> ResponseReturnValue:
    """The picture of a view: nodes, edges and options as vis-network takes them, and how many there are in all."""
    answer = Response(pictures.as_json(pictures.scene(view())), mimetype="application/json")
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/organisations/<id>/picture")
@described(shapes.Picture)
@right(READ)
def organisation_picture(id: str) -> ResponseReturnValue:
    """An organisation with its partners and suggested ones."""
    service().organisation(id)
    snapshot = service().snapshot()
    row = snapshot.index.get(id)
    if row is None:
        return jsonify(nodes=[], edges=[], options={}, nodes_of=0, ties=0, ties_of=0, level="organisations")
    measures = service().measure(snapshot)
    ends = [s.b if s.a == row else s.a for s in suggested(snapshot, SUGGESTED, row)]
    columns = measures.organisations
    drawn = render.ego(snapshot, row, columns["partners"], columns["community"], ends, label=str(_("suggested")))
    pictures.add_details(drawn, snapshot, measures)
    return jsonify(**drawn.to_dict(), level="organisations")


@bp.get("/path")
@bp.input(shapes.Ends, location="query", arg_name="_ends", unknown=RAISE)
@described(shapes.Picture)
@right(READ)
def way_picture(_ends: dict[str, Any]) -> ResponseReturnValue:
    """A shortest path between two organisations of the whole network, given as “only”, drawn in a line."""
    snapshot = service().snapshot()
    measures = service().measure(snapshot)
    drawn = render.way(
        snapshot, np.array(between(snapshot, view().only), dtype=np.int64), measures.organisations["partners"]
    )
    pictures.add_details(drawn, snapshot, measures)
    return jsonify(**drawn.to_dict(), level="organisations")


@bp.get("/organisations")
@bp.input(shapes.ListFilters, location="query", arg_name="_filters", unknown=RAISE)
@described(shapes.Organisations)
@right(READ)
def organisations(_filters: dict[str, Any]) -> ResponseReturnValue:
    """A page of the table of organisations; none beyond the last, so that who asks for one after the other ends."""
    scene = pictures.scene(view())
    page = listing.organisations(scene.snapshot, scene.measures, scene.rows, scene.view, (*listing.SIZES, "community"))
    rows = [{k: None if isinstance(v, float) and np.isnan(v) else v for k, v in row.items()} for row in page.rows]
    asked = max(scene.view.page, 1)
    return jsonify(rows=rows if asked == page.number else [], page=asked, pages=page.pages, total=page.total)


@bp.get("/suggestions")
@bp.input(shapes.SuggestionFilters, location="query", arg_name="filters", unknown=RAISE)
@described(shapes.Suggestions)
@right(READ)
def suggestions(filters: dict[str, Any]) -> ResponseReturnValue:
    """The best suggestions among the organisations of a view (none for a day), or for one organisation, best first.

    ``score``, 0 to 1, orders the answer: it is relative to the best that there is to choose from, which is another for
    one organisation. ``likelihood``, 0 to 1: that the two begin to work together within ``days`` without help.
    """
    snapshot, found = _proposed(pictures.scene(view()), filters.get("for_organisation"), filters["limit"])
    text, ids = listing.names(snapshot), snapshot.ids
    return jsonify(
        suggestions=[
            {
                "a": ids[s.a],
                "b": ids[s.b],
                "a_name": text.name[s.a],
                "b_name": text.name[s.b],
                "score": s.score,
                "likelihood": s.probability,
                "days": s.days,
                "reasons": [say(r) for r in s.reasons],
            }
            for s in found
        ]
    )


def _proposed(scene: pictures.Scene, who: str | None, limit: int) -> tuple[Snapshot, list[pictures.Proposed]]:
    """Suggestions, and the snapshot that their rows are of; of one organisation the filters choose the others."""
    if not who:
        return scene.snapshot, pictures.within(scene, limit)
    whole = service().snapshot()
    row = whole.index.get(service().organisation(who).id)
    if row is None or scene.view.as_of:
        return whole, []
    inside = np.isin(rows_in(scene.snapshot, whole), scene.rows)
    inside[row] = True
    return whole, suggested(whole, limit, row, np.flatnonzero(inside))


@bp.get("/search")
@bp.input(shapes.SearchFor, location="query", arg_name="asked", unknown=RAISE)
@described(shapes.Hits)
@right(READ)
def search(asked: dict[str, Any]) -> ResponseReturnValue:
    """Organisations, partnerships and territories by name or number."""
    text = asked["q"].strip()
    hits = service().search(text, 8) if text else []
    return jsonify(
        hits=[{"id": h.id, "label": h.label, "name": h.name, "hint": what_it_is(h), "url": address_of(h)} for h in hits]
    )


def what_it_is(hit: Any) -> str:
    """The type of a search result in words, with what tells it from its namesakes."""
    return ", ".join(filter(None, (say(RECORD_NAMES[hit.label][0]), hit.hint)))


def address_of(hit: Any) -> str:
    """The page of a search result."""
    if hit.label == "Territory":
        return url_for("network.network", territory=hit.id)
    return address(hit.label, hit.id)


@bp.get("/openapi.json")
@bp.doc(hide=True)
@right(READ)
def openapi() -> ResponseReturnValue:
    """The description for programs."""
    return jsonify(current_app.spec)  # type: ignore[attr-defined]


@bp.get("/")
@bp.doc(hide=True)
@right(READ)
def docs() -> ResponseReturnValue:
    """The description for people."""
    return render_template("api.html", spec=current_app.spec)  # type: ignore[attr-defined]
