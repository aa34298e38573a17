"""The network: filters, picture, the same as a table, downloads."""

from __future__ import annotations

from datetime import date
from typing import get_args

from apiflask import APIBlueprint
from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from graphsvc.metrics.definitions import BY_NAME, NETWORK_MEASURES, ORGANISATION_MEASURES
from graphsvc.render import MOST_NODES
from graphsvc.snapshot.filter import day, partnership_span
from graphsvc_web import beside, groups, listing, pictures
from graphsvc_web.address import View
from graphsvc_web.current import service, view
from graphsvc_web.downloads import sent
from graphsvc_web.empty import filled
from graphsvc_web.facets import facets
from graphsvc_web.followed import names_of
from graphsvc_web.language import current
from graphsvc_web.ports import ExportFormat
from graphsvc_web.rights import EXPORT, READ, right

bp = APIBlueprint("network", __name__, enable_openapi=False)
FORMATS = get_args(ExportFormat)


@bp.get("/network")
@right(READ)
@filled
def network() -> ResponseReturnValue:
    """The network as the address filters it."""
    scene = pictures.scene(view())
    if lost := names_of(id for id in scene.view.only if id not in service().snapshot().index):
        flash(_("No longer in the network, and left out: %(names)s.", names=", ".join(lost)))
    table, counts = _table(scene)
    return render_template(
        "network.html",
        view=scene.view,
        scene=scene,
        trail=_trail(scene.view),
        names=listing.names(scene.snapshot),
        listed=_listed(scene),
        table=table,
        counts=counts,
        facets=facets(service().snapshot()),
        sizes=[m for m in ORGANISATION_MEASURES if m.name in listing.SIZES],
        formats=FORMATS,
        titles=BY_NAME,
        too_many=MOST_NODES if scene.view.level == "organisations" != scene.level else 0,
        suggested=pictures.within(scene) if scene.level == "organisations" else [],
    )


def _listed(scene: pictures.Scene) -> str:
    """What the table lists: ``groups``, ``organisations`` or ``ties``."""
    near = scene.level == "organisations"
    first, other = ("organisations", "ties") if near else ("groups", "organisations")
    return other if scene.view.table == other else first


def _table(scene: pictures.Scene) -> tuple[listing.Page, dict[str, int]]:
    """What the picture shows, as rows; of ties how many there are of each."""
    match _listed(scene):
        case "groups":
            return beside.groups(scene), {}
        case "ties":
            return beside.ties(scene)
        case _:
            return listing.organisations(scene.snapshot, scene.measures, scene.rows, scene.view), {}


def _trail(view: View) -> list[tuple[str, str]]:
    """From the whole network down to what the view shows: a territory, a community."""
    found: list[tuple[str, str]] = []
    if len(view.territory) == 1:
        place = listing.names(service().snapshot()).place.get(view.territory[0], view.territory[0])
        found.append((place, url_for("network.network", **view.args(group=None, only=(), level="organisations"))))
    if view.group is not None:
        centre = groups.centres().get(view.group)
        name = _("around %(name)s", name=centre) if centre else _("one community")
        found.append((name, url_for("network.network", **view.args(only=()))))
    if view.only:
        found.append((_("What you chose"), ""))
    return found


@bp.get("/measures")
@right(READ)
@filled
def measures() -> ResponseReturnValue:
    """The network measured: each measure with one plain sentence, and who is where."""
    scene, today = pictures.scene(view()), date.today()
    begin = partnership_span(scene.snapshot.network)[0]
    name = scene.view.size if scene.view.size in listing.SIZES else "partners"
    return render_template(
        "measures.html",
        view=scene.view,
        scene=scene,
        network_measures=NETWORK_MEASURES,
        organisation_measures=[m for m in ORGANISATION_MEASURES if m.name in listing.SIZES],
        chosen=BY_NAME[name],
        table=listing.organisations(scene.snapshot, scene.measures, scene.rows, scene.view),
        facets=facets(service().snapshot()),
        today=today,
        to_begin=0 if scene.view.as_of else int((begin > day(today)).sum()),
    )


@bp.get("/download/network.<format>")
@right(EXPORT)
def download(format: str) -> ResponseReturnValue:
    """What the view's filters choose, as a file."""
    if format not in FORMATS:
        raise NotFound(_("There is no such format."))
    scene, words = pictures.scene(view()), view().words(rows=True)
    return sent(service().export(scene.snapshot, scene.measures, format, current(), words, scene.rows))  # type: ignore[arg-type]
