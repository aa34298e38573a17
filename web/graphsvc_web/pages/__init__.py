"""Pages and JSON, one blueprint per part of the work."""

from __future__ import annotations

from apiflask import APIFlask
from flask_limiter import Limiter

from graphsvc_web.pages import (
    accounts,
    api,
    changes,
    compare,
    dates,
    drawn,
    evaluation,
    groups,
    imports,
    jobs,
    landing,
    map,
    measures,
    network,
    operator,
    organisation,
    overviews,
    past,
    plan,
    records,
    save,
    scenarios,
    selection,
    settings,
    site,
    suggestions,
    survey,
    tables,
    views,
    work,
)

ALL = (
    *(
        landing,
        network,
        dates,
        selection,
        save,
        organisation,
        suggestions,
        past,
        plan,
        groups,
        scenarios,
        evaluation,
        map,
        measures,
        drawn,
        work,
        overviews,
        compare,
        records,
        changes,
        tables,
        survey,
        views,
    ),
    *(imports, jobs, accounts, settings, operator, site, api),
)
SLOWED = ("accounts.sign_in_with_password", "accounts.sign_in_once", "views.unlock", "survey.answer", "survey.keep")
"""Where someone could guess a secret."""


def install(app: APIFlask, limiter: Limiter) -> None:
    """Register every blueprint; attempts to guess are slowed down."""
    for module in ALL:
        app.register_blueprint(module.bp)
    for endpoint in SLOWED:
        app.view_functions[endpoint] = limiter.limit("20 per minute")(app.view_functions[endpoint])  # type: ignore[assignment]
