"""Pages made before anybody asks for them: what they are made of is then kept, templates and queries are compiled."""

from __future__ import annotations

import structlog
from apiflask import APIFlask
from flask import g, request, url_for

from graphsvc.model.accounts import Account
from graphsvc_web.pages.accounts import SignedIn
from graphsvc_web.ports import Service

PATHS = (
    "/",
    "/network",
    "/network?level=territories",
    "/api/picture",
    "/api/picture?level=territories",
    "/network?group=1&level=organisations",
    "/measures",
    "/map",
    "/map/values",
    "/map/drawn",
    "/network/dates",
    "/suggestions",
    "/views",
    "/search?q=a",
    "/api/search?q=a",
)
NOBODY = Account("", "", "", "admin", None)
_log = structlog.get_logger()


def make(app: APIFlask) -> list[str]:
    """Make the pages that people open first, and throw them away; gives the paths of those that could be made."""
    service: Service = app.extensions["graphsvc"]
    made = []
    with service.steady():
        for path in [*PATHS, *_records(app, service)]:
            try:
                _made(app, path)
                made.append(path)
            except Exception as exc:  # a page that fails must not keep others from being served
                _log.warning("page not made early", path=path, error=type(exc).__name__)
    return made


def _made(app: APIFlask, path: str) -> None:
    with app.test_request_context(path):
        g._login_user = SignedIn(NOBODY)
        app.view_functions[str(request.endpoint)](**(request.view_args or {}))


def _records(app: APIFlask, service: Service) -> list[str]:
    """An organisation and a partnership, with the organisation's picture."""
    network = service.snapshot().network
    tables = {
        "organisation.organisation": network.organisations,
        "api.organisation_picture": network.organisations,
        "organisation.partnership": network.partnerships,
    }
    with app.test_request_context():
        return [url_for(page, id=table["id"][0].as_py()) for page, table in tables.items() if table.num_rows]
