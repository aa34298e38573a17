"""Pages and JSON, one blueprint per part of the work."""

from __future__ import annotations

from apiflask import APIFlask
from flask_limiter import Limiter

from graphsvc_web.pages import accounts, api, imports, landing, map, network, organisation, site, suggestions, views


def install(app: APIFlask, limiter: Limiter) -> None:
    """Register every blueprint; attempts to guess are slowed down."""
    for module in (accounts, api, imports, landing, map, network, organisation, site, suggestions, views):
        app.register_blueprint(module.bp)
    for endpoint in ("accounts.sign_in_with_password", "accounts.sign_in_once", "views.unlock"):
        app.view_functions[endpoint] = limiter.limit("20 per minute")(app.view_functions[endpoint])  # type: ignore[assignment]
