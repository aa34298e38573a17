"""What can be done with organisations that somebody chose in a picture or a table."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from graphsvc.snapshot import Snapshot
from graphsvc_web.address import MOST
from graphsvc_web.current import service, view
from graphsvc_web.listing import names
from graphsvc_web.paths import path
from graphsvc_web.rights import READ, right

bp = APIBlueprint("selection", __name__, enable_openapi=False)
MOST_IN_SCENARIO = 50


@bp.get("/network/selection")
@right(READ)
def selection() -> ResponseReturnValue:
    """Leads to what shall be done with them."""
    chosen, what = view().only or tuple(request.args.getlist("all")[:MOST]), request.args.get("do", "table")
    if not chosen:
        flash(_("Choose organisations first: tick them in the table, or draw round them in the picture."))
        return redirect(url_for("network.network"))
    most = MOST_IN_SCENARIO if what == "scenario" else MOST
    if len(request.args.getlist("only") or request.args.getlist("all")) > most:
        flash(_("Only the first %(most)s of the chosen are taken.", most=most))
    addresses = {
        "table": lambda: url_for("network.network", only=chosen),
        "path": lambda: url_for("selection.way", only=chosen[:2]),
        "group": lambda: url_for("selection.group", only=chosen),
        "partnership": lambda: url_for("records.new", label="Partnership", members=chosen),
        "meeting": lambda: url_for("records.new", label="Meeting", attended=chosen),
        "scenario": lambda: url_for("scenarios.new", org=chosen[:most]),
    }
    if what not in addresses:
        raise NotFound
    return redirect(addresses[what]())


@bp.get("/network/group")
@right(READ)
def group() -> ResponseReturnValue:
    """Asks for the name under which the chosen are kept: a group is a saved view of just them."""
    snapshot, text = service().snapshot(), names(service().snapshot())
    rows = [snapshot.index[id] for id in view().only if id in snapshot.index]
    if not rows:
        return redirect(url_for("selection.selection"))
    rows.sort(key=lambda i: int(text.keys[i]))
    ids = [snapshot.ids[i] for i in rows]
    return render_template(
        "group.html", rows=rows, snapshot=snapshot, names=text, address=url_for("network.network", only=ids)
    )


@bp.get("/network/path")
@right(READ)
def way() -> ResponseReturnValue:
    """A shortest path between two organisations through the whole network."""
    snapshot, ends = service().snapshot(), view().only
    rows = [snapshot.index[id] for id in ends if id in snapshot.index]
    if len(rows) != 2:
        flash(_("Choose two organisations to find the path between them."))
        return redirect(url_for("network.network", only=ends))
    found, text = path(snapshot, *rows), names(snapshot)
    return render_template(
        "path.html",
        ends=rows,
        sectors=sorted({text.sector[i] for i in found}),
        steps=[(i, _shared(snapshot, found[at - 1], i) if at else []) for at, i in enumerate(found)],
        snapshot=snapshot,
        names=text,
    )


def _shared(snapshot: Snapshot, a: int, b: int) -> list[tuple[str, str]]:
    """Id and name of each partnership that two organisations share."""
    both = set(snapshot.memberships.row(a).tolist()) & set(snapshot.memberships.row(b).tolist())
    table = snapshot.network.partnerships
    return [(table["id"][p].as_py(), table["name"][p].as_py() or "") for p in sorted(both)]
