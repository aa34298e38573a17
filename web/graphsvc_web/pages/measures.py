"""What the measures say: who links, what would fall apart, what is apart, how it moved; a short page for each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from graphsvc.exports.tables import TABLE_FORMATS, TableFormat
from graphsvc.metrics.definitions import BY_NAME, NETWORK_MEASURES, ORGANISATION_MEASURES
from graphsvc.metrics.whole import rows_in, without_partner
from graphsvc.service import findings
from graphsvc.service.findings import POWIAT, About
from graphsvc_web import charts, listing, pictures
from graphsvc_web.current import chosen, service, unfiltered, view
from graphsvc_web.downloads import sent
from graphsvc_web.empty import filled
from graphsvc_web.facets import facets
from graphsvc_web.language import current
from graphsvc_web.pages.dates import sides
from graphsvc_web.rights import EXPORT, READ, right

bp = APIBlueprint("measures", __name__, enable_openapi=False)
TOP = 15
"""Rows of a list; the table of all measures has everybody."""
ALONE = 200
APART = 40


@bp.get("/measures/roles")
@right(READ)
@filled
def roles() -> ResponseReturnValue:
    """Who is a bridge, without whom others are cut off, who is alone."""
    scene = pictures.scene(view())
    snapshot, shown = scene.snapshot, np.zeros(scene.snapshot.graph.rows, dtype=bool)
    shown[scene.rows] = True
    between = np.where(shown, np.nan_to_num(scene.measures.organisations["betweenness"]), 0)
    whole = unfiltered(scene.view)
    parted = np.where(shown, service().analysis.parted(whole)[rows_in(whole, snapshot)], 0)
    alone = np.flatnonzero(shown & without_partner(snapshot, whole))
    text = listing.names(snapshot)
    return _page(
        "measures_roles.html",
        view=scene.view,
        names=text,
        snapshot=snapshot,
        parameters=scene.measures.parameters,
        bridges=[(i, float(between[i])) for i in _top(between)],
        single=[(i, int(parted[i])) for i in _top(parted)],
        single_all=int((parted > 0).sum()),
        alone=sorted(alone.tolist(), key=lambda i: text.keys[i])[:ALONE],
        alone_all=len(alone),
    )


@bp.get("/measures/gaps")
@right(READ)
@filled
def gaps() -> ResponseReturnValue:
    """Which sectors and territories work together and which do not."""
    snapshot = chosen(view())
    powiats = service().analysis.between(snapshot, "territory", POWIAT)
    apart = powiats.apart()
    return _page(
        "measures_gaps.html",
        sectors=service().analysis.between(snapshot, "sector"),
        apart=apart[:APART],
        apart_all=len(apart),
        powiats=len(powiats.groups),
        size=dict(zip(powiats.groups, powiats.sizes.tolist(), strict=True)),
        place=listing.names(snapshot).place,
    )


@bp.get("/measures/robustness")
@right(READ)
@filled
def robustness() -> ResponseReturnValue:
    """What remains when the most central organisations leave."""
    snapshot = chosen(view())
    found = service().analysis.robustness(snapshot)
    losses, n = found.losses, snapshot.graph.rows
    names = [str(loss.left) for loss in losses]
    lines = [charts.line([getattr(x, of) for x in losses], names, top=1.0) for of in ("largest", "by_chance")]
    parameters = service().measure(snapshot).parameters
    return _page(
        "measures_robustness.html",
        found=found,
        losses=losses,
        n=n,
        lines=lines,
        charts=charts,
        parameters=parameters,
    )


@bp.get("/measures/trends")
@right(READ)
@filled
def trends() -> ResponseReturnValue:
    """The network year by year, until the day asked for."""
    asked = view()
    points = service().analysis.trend(asked.scope, asked.as_of, **asked.filters)
    years = [str(day.year) for day, _values in points]
    names = list(points[0][1]) if points else []
    lines = {name: charts.line([values[name] for _day, values in points], years) for name in names}
    return _page("measures_trends.html", points=points, lines=lines, charts=charts)


@bp.get("/measures/change")
@right(READ)
@filled
def change() -> ResponseReturnValue:
    """How each measure moved from one day to another, of the network and of organisations."""
    asked = view()
    earlier, later = sides(asked)
    found = service().analysis.compared(earlier.scene.snapshot, later.scene.snapshot)
    name = request.args.get("size", "partners")
    name = name if name in found.moved else "partners"
    moved = sorted(found.moved[name].items(), key=lambda one: (-abs(one[1]), one[0]))
    before, after = (service().measure(side.scene.snapshot) for side in (earlier, later))
    whole = service().snapshot()
    return _page(
        "measures_change.html",
        sides=(earlier, later),
        figures=[(m, before.network[m.name], after.network[m.name]) for m in NETWORK_MEASURES],
        chosen=BY_NAME[name],
        parameters=after.parameters,
        organisation_measures=[m for m in ORGANISATION_MEASURES if m.name in found.moved],
        moved=[(whole.index[id], by) for id, by in moved[:TOP] if by and id in whole.index],
        counts={part: len(getattr(found, part)) for part in ("joined", "left", "began", "ended")},
        names=listing.names(whole),
        snapshot=whole,
    )


@bp.get(f"/measures/<any({','.join(findings.ABOUT)}):about>/download/<any({','.join(TABLE_FORMATS)}):format>")
@right(EXPORT)
def download(about: About, format: TableFormat) -> ResponseReturnValue:
    """What a page says of what the view chooses, all of it, as a file."""
    asked, by_rows = view(), about == "roles"
    own = (request.args.get("organisation", ""), asked.size)
    wanted = findings.Asked(asked.as_of, asked.against, asked.scope, asked.filters, asked.words(rows=by_rows), *own)
    rows = pictures.scene(asked).rows if by_rows else None
    of = request.args.get("of", "")
    return sent(findings.export(service(), about, wanted, format, current(), rows, of))


def _page(template: str, **content: Any) -> str:
    """``view`` where a page lists the organisations that a view chooses; else only what its snapshot is kept to."""
    content.setdefault("view", replace(view(), q="", only=(), group=None))
    return render_template(template, facets=facets(service().snapshot()), titles=BY_NAME, **content)


def _top(values: npt.NDArray[Any]) -> list[int]:
    """Rows of the highest values above 0."""
    best = np.argsort(-values, kind="stable")[:TOP]
    return [int(i) for i in best if values[i] > 0]
