"""What belongs to the request at hand."""

from __future__ import annotations

from typing import cast

from flask import current_app, request

from graphsvc.snapshot import Snapshot
from graphsvc_web.address import View
from graphsvc_web.ports import Service


def service() -> Service:
    """The core that the app was made with."""
    return cast(Service, current_app.extensions["graphsvc"])


def by_program() -> bool:
    """Whether a program asks, or a script of a page: it is told in JSON what is wrong, and led nowhere."""
    script = request.headers.get("Sec-Fetch-Dest") == "empty" or request.accept_mimetypes.best == "application/json"
    return script or request.path.startswith("/api/")


def view() -> View:
    """The state in the request's address. Raises InputError."""
    return View.from_args(request.args)


def chosen(asked: View) -> Snapshot:
    """The snapshot that a view's day, scope and filters name."""
    return service().snapshot(as_of=asked.as_of, scope=asked.scope, **asked.filters)


def unfiltered(asked: View) -> Snapshot:
    """The snapshot of a view's day and scope, whatever it filters: the partners of what it chooses are in it."""
    return service().snapshot(as_of=asked.as_of, scope=asked.scope)


MOST_PAGES = 1_000_000


def page_asked(pages: int = MOST_PAGES) -> int:
    """The page of a list that the address names, at most the last one; the first where it names none."""
    return min(max(request.args.get("page", 1, int), 1), pages)


def inside(target: str | None, otherwise: str) -> str:
    """``target`` where it is a path of this site, else ``otherwise``: a form never leads elsewhere."""
    safe = target and target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if target and safe and target.isprintable() else otherwise
