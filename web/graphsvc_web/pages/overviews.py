"""Pages that ask the graph: demand and gaps, white spots, what ends soon, what is due, indicators."""

from __future__ import annotations

from datetime import date

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from graphsvc.model.base import stable_id
from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory
from graphsvc.store.animation import Animation
from graphsvc_web.current import page_asked, service
from graphsvc_web.language import current
from graphsvc_web.listing import pages_of
from graphsvc_web.overview_tables import OVERVIEWS
from graphsvc_web.powiats import powiats
from graphsvc_web.rights import READ, right

bp = APIBlueprint("overviews", __name__, enable_openapi=False)
PER_PAGE = 50


def animation() -> Animation:
    """The questions to the database."""
    return service().animation


@bp.get("/work/<name>")
@right(READ)
def overview(name: str) -> ResponseReturnValue:
    """One overview, for a territory where the address names one."""
    chosen = OVERVIEWS.get(name)
    if chosen is None:
        raise NotFound
    territory = request.args.get("territory", "")[:10]
    place = poland().by_code.get(territory)
    today = date.today()
    rows = chosen.rows(animation(), today, territory if place else "")
    pages = pages_of(len(rows), PER_PAGE)
    page = page_asked(pages)
    return render_template(
        "overview.html",
        name=name,
        overview=chosen,
        rows=[[c.links(row) for c in chosen.columns] for row in rows[(page - 1) * PER_PAGE : page * PER_PAGE]],
        total=len(rows),
        page=page,
        pages=pages,
        territory=territory,
        places=[*powiats(), *([place] if place and place.level != "powiat" else [])],
        di=request.args.get("di", ""),
    )


@bp.get("/work/demand/<area>/<territory>")
@right(READ)
def helpers(area: str, territory: str) -> ResponseReturnValue:
    """Who could fill a gap, the nearest first."""
    rows = animation().who_could_fill(area[:60], territory[:100], date.today(), PER_PAGE + 1)
    place = poland().by_code.get(territory) or service().records.typed(stable_id(Territory.coded, territory), Territory)
    return render_template(
        "helpers.html", area=area, territory=territory, place=place, rows=rows[:PER_PAGE], more=rows[PER_PAGE:]
    )


@bp.get("/work/indicators")
@right(READ)
def indicators() -> ResponseReturnValue:
    """The indicators of a year."""
    today = date.today()
    year = min(max(request.args.get("year", today.year, int), 2000), today.year)
    until = min(date(year, 12, 31), today)
    now = animation().kpis(date(year, 1, 1), until)
    before = animation().kpis(date(year - 1, 1, 1), date(year - 1, 12, 31))
    known = service().vocabulary().scheme("kpi")
    rows = [(c, c.label(current()), now.get(c.code), before.get(c.code)) for c in known]
    return render_template("indicators.html", year=year, rows=rows, years=range(today.year - 5, today.year + 1))
