"""What every template may use."""

from __future__ import annotations

from apiflask import APIFlask
from flask import session
from flask_babel import gettext as _

from graphsvc.render.look import HOLLOW, SHAPES
from graphsvc_web import rights
from graphsvc_web.assets import asset
from graphsvc_web.current import service
from graphsvc_web.language import current


def label(scheme: str, code: str) -> str:
    """A vocabulary code in the reader's language."""
    return service().label(scheme, code, current()) if code else ""


def roles() -> dict[str, str]:
    """Names of the roles in the language of the request."""
    return {
        "reader": _("reader"),
        "animator": _("animator"),
        "outreach": _("business outreach officer"),
        "coordinator": _("coordinator"),
        "admin": _("administrator"),
    }


def take_undo() -> dict[str, str] | None:
    """What was just done and can be taken back; said once."""
    done: dict[str, str] | None = session.pop("undo", None) if "undo" in session else None
    return done


def install(app: APIFlask) -> None:
    """Globals and per-request texts."""
    app.jinja_env.globals.update(
        made_up=lambda: service().made_up(),
        asset=asset,
        may=rights.may,
        may_change=rights.may_change,
        label=label,
        sector_shapes=SHAPES,
        hollow=HOLLOW,
        take_undo=take_undo,
    )
    app.context_processor(lambda: {"roles": roles()})
