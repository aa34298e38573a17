"""What every template may use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from apiflask import APIFlask
from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from graphsvc.model.partnerships import CLOSED
from graphsvc.render.look import HOLLOW, SHAPES
from graphsvc_web import rights
from graphsvc_web.assets import asset
from graphsvc_web.current import service
from graphsvc_web.facets import Choice
from graphsvc_web.language import current
from graphsvc_web.undo import take_undo

KEPT = 64
"""Lists of checkboxes that are kept."""


def label(scheme: str, code: str) -> str:
    """A vocabulary code in the reader's language."""
    return service().label(scheme, code, current()) if code else ""


def area_name(row: Mapping[str, Any]) -> str:
    """The area of needs of a row: as the vocabulary has it, else by the names on its record."""
    own: str = row["area_en"] if current() == "en" and row["area_en"] else row["area_pl"]
    return label("need_area", row["area"]) if row["area"] in service().vocabulary().scheme("need_area") else own


def roles() -> dict[str, str]:
    """Names of the roles in the language of the request."""
    return {
        "reader": _("reader"),
        "animator": _("animator"),
        "outreach": _("business outreach officer"),
        "coordinator": _("coordinator"),
        "admin": _("administrator"),
    }


def places(name: str, options: tuple[Choice, ...], chosen: tuple[str, ...]) -> Markup:
    """Checkboxes of a filter whose choices are named by themselves: territories are hundreds on every page."""
    return _places(name, options, chosen, current())


@lru_cache(KEPT)
def _places(name: str, options: tuple[Choice, ...], chosen: tuple[str, ...], _language: str) -> Markup:
    return Markup(render_template("_places.html", name=name, options=options, chosen=chosen))  # noqa: S704 a template


def open_end(starts_on: date | None, phase: str = "") -> str:
    """What stands in the place of the day on which something ends that has no end; ``phase``: of a partnership."""
    if phase == CLOSED:
        return str(_("ended"))
    planned = starts_on is not None and starts_on > date.today()
    said: str = _("planned") if planned else _("lasts")
    return said


def install(app: APIFlask) -> None:
    """Globals and per-request texts."""
    app.jinja_env.globals.update(
        made_up=lambda: service().made_up(),
        asset=asset,
        places=places,
        may=rights.may,
        chooses_first=rights.chooses_first,
        may_change=rights.may_change,
        may_take=rights.may_take,
        label=label,
        sector_shapes=SHAPES,
        hollow=HOLLOW,
        take_undo=take_undo,
        open_end=open_end,
    )
    app.context_processor(lambda: {"roles": roles()})
