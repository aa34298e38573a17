"""Drawn areas for the map."""

from __future__ import annotations

import json

from apiflask import APIBlueprint
from flask import jsonify
from flask.typing import ResponseReturnValue

from graphsvc.model.territories import Territory
from graphsvc.store.record_reading import Filters
from graphsvc_web.addresses import address
from graphsvc_web.current import service
from graphsvc_web.rights import READ, right

bp = APIBlueprint("drawn", __name__, enable_openapi=False)
MOST = 5_000


@bp.get("/map/drawn")
@right(READ)
def areas() -> ResponseReturnValue:
    """Name, page and shape of each drawn revitalisation area."""
    filters = Filters(values={"level": ["revitalisation"]})
    found = [s.record for s in service().records.find("Territory", filters, limit=MOST).rows]
    return jsonify(
        drawn=[
            {"title": t.name, "url": address("Territory", t.id), "shape": json.loads(t.shape)}
            for t in found
            if isinstance(t, Territory) and t.shape
        ]
    )
