"""How errors look on a page or in JSON: the only place that knows which error is which HTTP status."""

from __future__ import annotations

import logging
from dataclasses import replace
from urllib.parse import unquote, urlsplit, urlunsplit

from apiflask import APIFlask, HTTPError, Schema
from apiflask.fields import List, String
from flask import current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden, HTTPException, InternalServerError

from graphsvc.errors import (
    ConflictError,
    DatabaseError,
    GraphsvcError,
    InputError,
    NotFoundError,
    NothingToSuggestError,
    NotSharedError,
)
from graphsvc.model.record_types import RECORD_TYPES, field_specs
from graphsvc.model.words import field_name
from graphsvc.suggest.value_words import PART_WORDS
from graphsvc_web.current import by_program, inside
from graphsvc_web.language import say
from graphsvc_web.rights import chooses_first

log = logging.getLogger(__name__)
STATUS: tuple[tuple[type[GraphsvcError], int], ...] = (
    (NotFoundError, 404),
    (NotSharedError, 403),
    (NothingToSuggestError, 422),
    (InputError, 400),
    (ConflictError, 409),
    (DatabaseError, 503),
    (GraphsvcError, 500),
)


def status_of(error: GraphsvcError) -> int:
    """HTTP status of an error of the core."""
    return next(code for kind, code in STATUS if isinstance(error, kind))


def _texts(code: int) -> tuple[str, str]:
    """Heading and explanation for a status, with what to do."""
    return {
        400: (
            _("This address or form can't be used"),
            _("Check what was filled in, or start again from the first page."),
        ),
        401: (_("Please sign in"), _("This part is only for people who have signed in.")),
        403: (_("You have no right to this"), _("Ask a coordinator or an administrator if you need it.")),
        404: (
            _("There is nothing here"),
            _("The address may be mistyped, or what it led to is gone. Search for it by name."),
        ),
        405: (_("This can't be done this way"), _("Go back and use the button on the page.")),
        409: (_("Someone else changed this"), _("Nothing of yours was saved over theirs. Open it again and look.")),
        413: (_("The file is too large"), _("Split it into smaller ones and send them one after another.")),
        414: (_("The address is too long"), _("Choose fewer filters.")),
        422: (_("There is not enough to go on"), _("Add more partnerships, or loosen the filters.")),
        429: (_("Too many attempts"), _("Wait a minute and try again.")),
        503: (_("The database does not answer"), _("Nothing is lost. Wait a moment and reload the page.")),
    }.get(
        code,
        (
            _("Something went wrong on our side"),
            _("Nothing you saved is lost. Reload the page; if it happens again, tell the administrator."),
        ),
    )


def _respond(code: int, detail: str, near: tuple[str, ...] = (), advice: str = "") -> ResponseReturnValue:
    """``advice``: what to do, if not what is usual for the status."""
    heading, usual = _texts(code)
    advice = advice or usual
    if by_program():
        return make_response(jsonify(error=detail or heading, advice=advice, near=list(near)), code)
    try:
        page = render_template(
            "error.html",
            code=code,
            heading=heading,
            detail=detail,
            advice=advice,
            near=near,
            again=_again(),
            before=_before(),
        )
    except Exception:  # the error may be in what every page needs: a plain text is better than nothing
        log.exception("the error page can't be shown")
        page = f"{heading}. {detail} {advice}"
        return make_response(page, code, {"Content-Type": "text/plain; charset=utf-8"})
    return make_response(page, code)


def _again() -> str:
    """Where the form was that could not be sent, to come back to after signing in: drafts are kept there."""
    shown = current_app.url_map.bind("").test(request.path, "GET")
    return request.full_path.rstrip("?") if shown else ""


def _before() -> str:
    """The page of this site that led here, with what its address holds; "" where there is none, or it is this one."""
    try:
        came = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    page = inside(urlunsplit(("", "", came.path, came.query, "")), "") if came.netloc == request.host else ""
    is_here = request.method == "GET" and unquote(page) == unquote(request.full_path.rstrip("?"))
    return "" if is_here else page


def _labels() -> dict[str, str]:
    """What the fields of forms whose names stand in an address are called on the page."""
    return {
        **{name: say(title) for name, (title, _explanation) in PART_WORDS.items()},
        "active": _("Only partnerships that still last then"),
        "against": _("Compare"),
        "area": _("Territory"),
        "budget": _("How many conversations you can start"),
        "code": _("Code"),
        "current": _("Current password"),
        "day": _("As of"),
        "days": _("The link works for"),
        "email": _("E-mail"),
        "file": _("File"),
        "from": _("From"),
        "group": _("Community"),
        "guests": _("How many guests"),
        "level": _("Zoom"),
        "likelihood": _("Likelihood, against all below"),
        "many": _("Conversations"),
        "measure": _("Colour by"),
        "name": _("Name"),
        "one": _("Organisation"),
        "page": _("Page"),
        "pair": _("Pair"),
        "password": _("New password"),
        "preset": _("What you are after"),
        "profile": _("How its columns are read (profile)"),
        "role": _("Role"),
        "share": _("At most so many about one organisation"),
        "split": _("Forget everything from this day on"),
        "territory": _("Territory"),
        "theme": _("Theme"),
        "to": _("To"),
        "two": _("Organisation"),
        "until": _("Do not suggest before"),
        "value": _("Value"),
        "where": _("Territory"),
        "year": _("Year"),
    }


class Wrong(Schema):
    """What a program is told."""

    error = String(metadata={"description": "What is wrong, and where, in the reader's language."})
    advice = String(metadata={"description": "What to do about it."})
    near = List(String(), metadata={"description": "Names that may have been meant."})


def titled(error: GraphsvcError) -> GraphsvcError:
    """The same, with the field called as on the page."""
    if error.place and (field := error.place.field):
        model = RECORD_TYPES.get((request.view_args or {}).get("label", ""))
        own = say(field_name(model, field)) if model and field in field_specs(model) else ""
        error.place = replace(error.place, field=own or _labels().get(field, field))
    return error


def _core(error: GraphsvcError) -> ResponseReturnValue:
    code = status_of(error)
    if code >= 500:
        log.error("%s", error)
    return _respond(code, say(error if by_program() else titled(error)), getattr(error, "near", ()))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code and error.code < 400:
        return error
    if isinstance(error, CSRFError):
        return _respond(400, _("The form was open for too long. Go back, reload the page and send it again."))
    if isinstance(error, Forbidden) and chooses_first():
        return _respond(
            403, _("First choose a password of your own."), advice=_("Choose it in your account; then try again.")
        )
    answer = make_response(_respond(error.code or 500, ""))
    answer.headers.update({name: value for name, value in error.get_headers() if name != "Content-Type"})
    return answer


def _refused(error: HTTPError) -> ResponseReturnValue:
    """What a program asked for by parameters that are not as the description says."""
    wrong = [(name, of) for fields in error.detail.values() for name, of in fields.items()]
    # marshmallow takes a sentence that is translated late for what holds many
    said = [f"{name}: {' '.join(map(str, of)) if isinstance(of, list) else of}" for name, of in wrong]
    advice = _("What each parameter takes is described at /api/.")
    return _respond(error.status_code, " ".join(said), advice=advice)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    log.exception("unforeseen error", exc_info=error)
    return _respond(InternalServerError.code, "")


def install(app: APIFlask) -> None:
    """Register the handlers."""
    app.register_error_handler(GraphsvcError, _core)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(HTTPError, _refused)
    app.register_error_handler(Exception, _unforeseen)
