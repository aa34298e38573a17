"""Who runs the service: asked of an administrator, told by the accessibility statement."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg, short
from graphsvc.model.operator import Operator
from graphsvc_web.address import day_of
from graphsvc_web.current import service
from graphsvc_web.language import say
from graphsvc_web.pages.records import me
from graphsvc_web.rights import MANAGE, right

bp = APIBlueprint("operator", __name__, enable_openapi=False)
TEXTS = ("name", "website", "person", "email", "phone", "building")
DAYS = ("published", "drawn_up")
LONGEST = 1_000


@bp.get("/settings/operator")
@right(MANAGE)
def operator() -> ResponseReturnValue:
    """The form."""
    return _page(service().operators.load())


@bp.post("/settings/operator")
@right(MANAGE)
def save() -> ResponseReturnValue:
    """Keeps what was said."""
    try:
        said = _said()
    except InputError as problem:
        return make_response(_page(request.form, say(problem)), 400)
    service().operators.save(said, me())
    flash(_("Saved."))
    return redirect(url_for("operator.operator"))


@bp.post("/settings/operator/back")
@right(MANAGE)
def back() -> ResponseReturnValue:
    """As it was before the last change."""
    service().operators.save(service().operators.before(), me())
    flash(_("Taken back."))
    return redirect(url_for("operator.operator"))


def _said() -> Operator:
    form = request.form
    texts: dict[str, Any] = {name: form.get(name, "").strip()[:LONGEST] for name in TEXTS}
    if texts["email"] and "@" not in texts["email"]:
        raise InputError(
            msg("“%(value)s” is not an e-mail address.", value=short(texts["email"])), place=Place(field="email")
        )
    if texts["website"] and not texts["website"].startswith(("https://", "http://")):
        raise InputError(
            msg("“%(value)s” is not the address of a website.", value=short(texts["website"])),
            place=Place(field="website"),
            hint=msg("Begin it with https://."),
        )
    days: dict[str, Any] = {name: day_of(form, name) for name in DAYS}
    return Operator(**texts, **days)


def _page(said: Any, wrong: str = "") -> str:
    return render_template("operator.html", said=said, wrong=wrong, titles=titles())


def titles() -> dict[str, str]:
    """What each field is called."""
    return {
        "name": _("Name of the body that runs this service"),
        "website": _("Its website"),
        "person": _("Who answers about accessibility"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
        "building": _("How to get into the building: entrance, lift, toilet, induction loop, assistance dog"),
        "published": _("Day on which this service was published"),
        "drawn_up": _("Day on which the statement was drawn up or last reviewed"),
    }
