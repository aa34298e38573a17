"""The map of gminas and powiats, coloured by what is known of them, and the same as a table."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import numpy as np
from apiflask import APIBlueprint
from flask import Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg
from graphsvc.model.geometry import topology
from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory
from graphsvc_web import areas, pictures
from graphsvc_web.address import View
from graphsvc_web.areas import Area
from graphsvc_web.collate import sort_key
from graphsvc_web.current import service, unfiltered, view
from graphsvc_web.empty import filled
from graphsvc_web.facets import facets
from graphsvc_web.language import number
from graphsvc_web.listing import Page, page_of, ranks
from graphsvc_web.rights import READ, right

bp = APIBlueprint("map", __name__, enable_openapi=False)
A_DAY = 86_400


def titles() -> dict[str, str]:
    """Measures of a territory in words."""
    return {
        "organisations": _("Organisations"),
        "partnerships": _("Partnerships"),
        "outside": _("Ties beyond it"),
        "alone": _("Organisations without a partner"),
        "gap": _("Gap in services (levels added up)"),
    }


def _asked(name: str, allowed: tuple[str, ...]) -> str:
    value = request.args.get(name, allowed[0])
    if value not in allowed:
        raise InputError(msg("The map can't show this."), place=Place(field=name))
    return value


def _measure() -> str:
    return _asked("measure", areas.MEASURES)


def _level() -> str:
    return _asked("area", tuple(areas.DIGITS))


@bp.get("/map")
@right(READ)
@filled
def map() -> ResponseReturnValue:
    """The page."""
    scene, level, measure = pictures.scene(view()), _level(), _measure()
    found = _found(scene, level)
    bounds = areas.steps([getattr(a, measure) for a in found])
    return render_template(
        "map.html",
        view=scene.view,
        facets=facets(service().snapshot()),
        table=_ties(scene, level) if scene.view.table == "ties" else _table(found, scene.view, f"-{measure}"),
        level=level,
        measure=measure,
        titles=titles(),
        bounds=bounds,
        blank=sum(a.organisations == 0 for a in found),
        reached=len(found),
        list_of=partial(_list_of, measure=measure, asked=scene.view),
        levels={"gmina": _("Gminas"), "powiat": _("Powiats"), "voivodeship": _("Voivodeships")},
        source=url_for("map.values", **scene.view.args(), measure=measure, area=level),
    )


def _found(scene: pictures.Scene, level: str) -> list[Area]:
    on = scene.view.as_of or date.today()
    return areas.areas(scene.snapshot, level, unfiltered(scene.view), service().snapshot().network, on)


def _ties(scene: pictures.Scene, level: str) -> Page:
    """The ties that the map draws."""
    found, by_code = areas.ties(scene.snapshot, level), poland().by_code
    ends = [[by_code[code] for code in (a, b)] for a, b, _count in found]
    keys = {
        "name": ranks([sort_key(a.name) for a, _b in ends]),
        "other": ranks([sort_key(b.name) for _a, b in ends]),
        "count": np.array([n for _a, _b, n in found], dtype=np.int64),
    }

    def cells(i: int) -> dict[str, Any]:
        return {"ends": ends[i], "count": found[i][2]}

    return page_of(np.arange(len(found)), keys, scene.view.sort, scene.view.page, cells, usual="-count")


def _table(found: list[Area], asked: View, usual: str) -> Page:
    alphabetical = sorted(found, key=lambda a: sort_key(a.name))
    order = {a.code: i for i, a in enumerate(alphabetical)}
    keys = {"name": np.array([order[a.code] for a in found], dtype=np.int64)}
    keys |= {m: np.array([getattr(a, m) for a in found], dtype=np.int64) for m in areas.MEASURES}
    return page_of(np.arange(len(found)), keys, asked.sort, asked.page, lambda i: {"area": found[i]}, usual=usual)


@bp.get("/map/values")
@right(READ)
def values() -> ResponseReturnValue:
    """What the map draws: value, class and address per territory, and ties between them."""
    scene, level, measure = pictures.scene(view()), _level(), _measure()
    found = _found(scene, level)
    bounds = areas.steps([getattr(a, measure) for a in found])
    by_code = poland().by_code
    return jsonify(
        level=level,
        areas=[
            {
                "code": a.code,
                "name": by_code[a.code].short_name or a.name.split(" (")[0],
                "title": f"{a.name}: {number(getattr(a, measure))}",
                "blank": not (a.organisations or getattr(a, measure)),
                "step": _step(getattr(a, measure), bounds),
                "url": _list_of(a, measure, scene.view),
            }
            for a in found
        ],
        ties=[
            {"from": _at(by_code[a]), "to": _at(by_code[b]), "count": n}
            for a, b, n in areas.ties(scene.snapshot, level)
            if a in by_code and b in by_code
        ],
    )


def _list_of(area: Area, measure: str, asked: View) -> str:
    """Where a territory leads: to its needs and who offers them for today's gap, else to who is there."""
    if measure == "gap" and asked.as_of is None:
        return url_for("overviews.overview", name="demand", territory=area.code)
    return url_for("network.network", **asked.args(territory=(area.code,), level="organisations", sort="", table=""))


def _step(value: int, bounds: list[int]) -> int:
    """Class of a value, from 1; 0 for nothing."""
    return 0 if value <= 0 else 1 + next((i for i, bound in enumerate(bounds) if value <= bound), len(bounds) - 1)


def _at(territory: Territory) -> list[float | None]:
    return [territory.lon, territory.lat]


@bp.get("/map/poland.topo.json")
@right(READ)
def shapes() -> ResponseReturnValue:
    """Shapes of all territories, as TopoJSON."""
    response: Response = jsonify(topology())
    response.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return response
