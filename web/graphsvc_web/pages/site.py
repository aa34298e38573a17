"""What every visitor may ask for: is it up, in which language, how accessible is it."""

from __future__ import annotations

from datetime import date

from apiflask import APIBlueprint
from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graphsvc.i18n import LANGUAGES
from graphsvc_web.current import inside, service
from graphsvc_web.language import COOKIE
from graphsvc_web.pages import operator
from graphsvc_web.rights import PUBLIC, right

bp = APIBlueprint("site", __name__, enable_openapi=False)
A_YEAR = 31_536_000
CHANGED = date(2026, 11, 24)
"""When these pages were last changed much, and checked for it."""
THEMES = ("auto", "light", "dark")


@bp.get("/healthz")
@right(PUBLIC)
def healthz() -> ResponseReturnValue:
    """200 while the database answers; else 503 with the reason."""
    service().ready()
    return jsonify(status="ok")


@bp.post("/preferences")
@right(PUBLIC)
def preferences() -> ResponseReturnValue:
    """Language and colours of this browser, kept in cookies."""
    response = redirect(inside(request.form.get("next"), url_for("landing.start")))
    for name, allowed in ((COOKIE, LANGUAGES), ("theme", THEMES)):
        value = request.form.get(name, "")
        if value in allowed:
            response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


@bp.get("/accessibility")
@right(PUBLIC)
def accessibility() -> ResponseReturnValue:
    """The statement that the Polish act on digital accessibility asks for."""
    by, titles = service().operators.load(), operator.titles()
    missing = [titles[name] for name in by.missing()]
    contact = service().mail.sender
    return render_template("accessibility.html", by=by, missing=missing, changed=CHANGED, contact=contact)


@bp.get("/help")
@right(PUBLIC)
def help() -> ResponseReturnValue:
    """Keys and first steps."""
    return render_template("help.html")
