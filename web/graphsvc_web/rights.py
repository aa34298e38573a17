"""Who may do what. Every route names the right it needs; a role is a set of rights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden, Unauthorized

from graphsvc.model.record_types import RECORD_TYPES
from graphsvc_web.current import by_program

PUBLIC, ENTERED, SIGNED_IN, READ, EXPORT, OUTREACH, EDIT, IMPORT, MANAGE = (
    "public",
    "entered",
    "signed-in",
    "read",
    "export",
    "outreach",
    "edit",
    "import",
    "manage",
)
_reader = frozenset({PUBLIC, ENTERED, SIGNED_IN, READ, EXPORT})
ROLES: dict[str, frozenset[str]] = {
    "reader": _reader,
    "animator": _reader | {EDIT, OUTREACH},
    "outreach": _reader | {OUTREACH},
    "coordinator": _reader | {EDIT, OUTREACH, IMPORT},
    "admin": _reader | {EDIT, OUTREACH, IMPORT, MANAGE},
}

OUTREACH_TYPES = frozenset({"Outreach", "Contact", "CsrOffer", "CsrAction"})
"""Types of records that an outreach officer works with; all others take the right to edit."""
CONTACT_DATA = frozenset(label for label, model in RECORD_TYPES.items() if model.private)

View = TypeVar("View", bound=Callable[..., Any])


def right(name: str) -> Callable[[View], View]:
    """Declares the right that a view needs; goes directly below the routes."""

    def mark(view: View) -> View:
        view.right = name  # type: ignore[attr-defined]
        return view

    return mark


def may(name: str) -> bool:
    """Whether the person signed in has the right; also used by templates. Who has to choose a password of their own
    has none before but ``ENTERED``: to choose it, and to go."""
    if name == PUBLIC or not current_user.is_authenticated:
        return name == PUBLIC
    rights = ROLES.get(current_user.role, frozenset())
    return name in (rights & {ENTERED} if current_user.account.must_change_password else rights)


def chooses_first() -> bool:
    """Whether the person signed in has to choose a password of their own before anything else."""
    return may(ENTERED) and not may(SIGNED_IN)


def may_change(label: str) -> bool:
    """Whether the person signed in may change records of a type; also used by templates."""
    return may(EDIT) or (may(OUTREACH) and label in OUTREACH_TYPES)


def may_read(label: str) -> bool:
    """Whether the person signed in may see records of a type: contact data and answers that nobody has looked through
    yet only who edits; also used by templates."""
    return may(EDIT if label in CONTACT_DATA or label == "SurveyAnswer" else READ)


def may_take(label: str) -> bool:
    """Whether the person signed in may take records of a type away as a file: contact data nobody, what was said in
    conversations only who leads them; also used by templates."""
    told = label in ("Outreach", "Contact")
    return may(EXPORT) and may_read(label) and label not in CONTACT_DATA and (not told or may_change(label))


def needed(app: Flask, endpoint: str) -> str | None:
    """The right that an endpoint declares; Flask's own static files are public."""
    if endpoint == "static":
        return PUBLIC
    return getattr(app.view_functions[endpoint], "right", None)


def check() -> ResponseReturnValue | None:
    """Before each request: lets it pass, sends to where one signs in or chooses a password, or refuses."""
    if request.endpoint is None:
        return None
    name = needed(current_app, request.endpoint)
    if name is None:
        raise Forbidden
    if may(name):
        return None
    if chooses_first():
        if request.method != "GET" or by_program():
            raise Forbidden
        return redirect(url_for("accounts.password", next=request.full_path.rstrip("?")))
    if current_user.is_authenticated:
        raise Forbidden
    if request.method != "GET" or by_program():
        raise Unauthorized
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
