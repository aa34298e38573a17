"""JSON for the canvas and for other programs; described in OpenAPI."""

from __future__ import annotations

from typing import Any

import numpy as np
from apiflask import APIBlueprint, Schema
from apiflask.fields import Float, Integer, List, String
from flask import current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graphsvc import render
from graphsvc_web import listing, pictures
from graphsvc_web.address import LEVELS
from graphsvc_web.current import service, view
from graphsvc_web.language import say
from graphsvc_web.pages.network import suggested
from graphsvc_web.rights import READ, right

bp = APIBlueprint("api", __name__, url_prefix="/api", tag="Network")
SUGGESTED = 6
MOST = 200


class Filters(Schema):
    """Filters of a view; lists are given by repeating the name."""

    sector = List(String(), metadata={"description": "Codes of organisation_sector."})
    territory = List(String(), metadata={"description": "Territory codes; each means all below it too."})
    theme = List(String())
    kind = List(String(), metadata={"description": "Codes of partnership_type."})
    year = Integer(metadata={"description": "The network as of 31 December of that year."})
    active = Integer(metadata={"description": "1: only partnerships that last on that day."})
    q = String(metadata={"description": "Words of the name."})
    group = Integer(metadata={"description": "Number of a community."})
    level = String(metadata={"description": ", ".join(LEVELS)})
    size = String(metadata={"description": "Measure that sizes the nodes: " + ", ".join(listing.SIZES)})
    sort = String(metadata={"description": "Column to sort by, with - before it for descending."})
    page = Integer()


class PictureOut(Schema):
    """Nodes, edges and options as vis-network takes them."""

    nodes = List(String())
    edges = List(String())
    nodes_of = Integer(metadata={"description": "Nodes there are, drawn or not."})
    ties = Integer()
    ties_of = Integer()


class Found(Schema):
    """One search result."""

    id = String()
    label = String()
    name = String()
    url = String()


class SuggestionOut(Schema):
    """Two organisations that could work together."""

    a = String()
    b = String()
    a_name = String()
    b_name = String()
    score = Float(metadata={"description": "0 to 1, higher is better."})
    reasons = List(String())


_filters = {"parameters": []}


def _documented(view: Any) -> Any:
    """Adds the filters to a route's description; ``address.View`` is what reads and checks them."""
    return bp.doc(
        operation_id=view.__name__,
        responses={400: "A filter can't be used.", 401: "Not signed in.", 503: "The database does not answer."},
    )(view)


@bp.get("/picture")
@bp.output(PictureOut, status_code=200)
@right(READ)
def picture() -> ResponseReturnValue:
    """The picture of a view."""
    scene = pictures.scene(view())
    drawn = pictures.draw(scene)
    return jsonify(**drawn.to_dict(), level=scene.level)


@bp.get("/organisations/<id>/picture")
@right(READ)
def organisation_picture(id: str) -> ResponseReturnValue:
    """An organisation with its partners and suggested ones."""
    service().organisation(id)
    snapshot = service().snapshot()
    row = snapshot.index.get(id)
    if row is None:
        return jsonify(nodes=[], edges=[], options={}, nodes_of=0, ties=0, ties_of=0)
    measures = service().measure(snapshot)
    ends = [s.b if s.a == row else s.a for s in suggested(snapshot, SUGGESTED, row)]
    columns = measures.organisations
    drawn = render.ego(snapshot, row, columns["partners"], columns["community"], ends, label=_("suggested"))
    pictures.add_details(drawn, snapshot, measures)
    return jsonify(**drawn.to_dict(), level="organisations")


@bp.get("/organisations")
@right(READ)
def organisations() -> ResponseReturnValue:
    """A page of the table of organisations."""
    scene = pictures.scene(view())
    page = listing.organisations(scene.snapshot, scene.measures, scene.rows, scene.view)
    rows = [{k: None if isinstance(v, float) and np.isnan(v) else v for k, v in row.items()} for row in page.rows]
    return jsonify(rows=rows, page=page.number, pages=page.pages, total=page.total)


@bp.get("/suggestions")
@right(READ)
def suggestions() -> ResponseReturnValue:
    """The best suggestions within a view, or for one organisation (``for``)."""
    snapshot = pictures.scene(view()).snapshot
    row = snapshot.index.get(request.args.get("for", ""))
    limit = min(request.args.get("limit", 20, int), MOST)
    text, ids = listing.names(snapshot), snapshot.ids
    return jsonify(
        suggestions=[
            {
                "a": ids[s.a],
                "b": ids[s.b],
                "a_name": text.name[s.a],
                "b_name": text.name[s.b],
                "score": s.score,
                "reasons": [say(r) for r in s.reasons],
            }
            for s in suggested(snapshot, limit, row)
        ]
    )


@bp.get("/search")
@right(READ)
def search() -> ResponseReturnValue:
    """Organisations, partnerships and territories by name or number."""
    text = request.args.get("q", "")[:MOST].strip()
    hits = service().search(text, 8) if text else []
    return jsonify(hits=[{"id": h.id, "label": h.label, "name": h.name, "url": address_of(h)} for h in hits])


def address_of(hit: Any) -> str:
    """The page of a search result."""
    if hit.label == "Territory":
        return url_for("network.network", territory=hit.id)
    return url_for(f"organisation.{hit.label.lower()}", id=hit.id)


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
