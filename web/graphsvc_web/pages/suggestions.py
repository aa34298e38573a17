"""Links worth building, each with its reasons, and what became of them."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg
from graphsvc_web import pictures
from graphsvc_web.current import inside, service, view
from graphsvc_web.facets import facets
from graphsvc_web.listing import names
from graphsvc_web.pictures import suggested
from graphsvc_web.rights import OUTREACH, READ, right

bp = APIBlueprint("suggestions", __name__, enable_openapi=False)
MOST = 100
DECISIONS = ("SPR", "ZAP", "ODL", "ODR")
"""Codes of ``suggestion_status`` that a person chooses: to check, parties invited, deferred, rejected."""


@bp.get("/suggestions")
@right(READ)
def suggestions() -> ResponseReturnValue:
    """The best suggestions for the whole network, or the part that the address names."""
    scene = pictures.scene(view())
    return render_template(
        "suggestions.html",
        view=scene.view,
        scene=scene,
        names=names(scene.snapshot),
        found=suggested(scene.snapshot, MOST),
        facets=facets(service().snapshot()),
        decisions=DECISIONS,
    )


@bp.post("/suggestions")
@right(OUTREACH)
def decide() -> ResponseReturnValue:
    """Keeps a decision about one suggestion."""
    form, status = request.form, request.form.get("status", "")
    if status not in DECISIONS:
        raise InputError(msg("There is no such decision."), place=Place(field="status"))
    for end in ("a", "b"):
        service().organisation(form.get(end, ""))
    by = current_user.account.id
    service().decide(form["a"], form["b"], status, by=by, reason=form.get("reason", "").strip()[:500])
    flash(_("Noted."))
    return redirect(inside(form.get("next"), url_for("suggestions.suggestions")))
