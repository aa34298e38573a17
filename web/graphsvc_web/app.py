"""The app factory. Nothing is opened, read or started when this module is imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.exceptions import RequestURITooLarge

from graphsvc.model.vocabulary import using
from graphsvc_web import assets, downloads, errors, headers, language, pages, rights, templating
from graphsvc_web.followed import lead_on
from graphsvc_web.pages import views
from graphsvc_web.pages.accounts import SignedIn
from graphsvc_web.ports import Service

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_QUERY = 8000
SESSION = "graphsvc_session"
"""The cookie of who is signed in."""
WAITING = "HTTP_X_WAITING"
"""A page that asks again and again for what is being worked out (``WAITING`` of page.js)."""
LARGEST_UPLOAD = 64 * 2**20


class _Sessions(SecureCookieSessionInterface):
    """Cookies of a page that came by HTTPS go by HTTPS only."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 Flask's own signature
        return request.is_secure


def create_app(service: Service, *, limits: bool = True) -> APIFlask:
    """The application over ``service``. ``limits``: slow down repeated sign-in attempts."""
    app = APIFlask("graphsvc_web", title="graphsvc", version="1", docs_path=None, spec_path=None, json_errors=False)
    app.extensions["graphsvc"] = service
    app.config.update(
        SECRET_KEY=service.secret_key(),
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_NAME=SESSION,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_ENABLED=limits,
        COMPRESS_MIN_SIZE=1000,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        VALIDATION_ERROR_SCHEMA=errors.Wrong,
        HTTP_ERROR_SCHEMA=errors.Wrong,
        SECURITY_SCHEMES={"session": {"type": "apiKey", "in": "cookie", "name": SESSION}},
    )
    app.session_interface = _Sessions()
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    templating.install(app)
    app.view_functions["static"] = assets.send
    app.before_request(_short_enough)
    app.before_request(rights.check)
    app.before_request(lead_on)
    app.after_request(headers.add)
    app.after_request(downloads.not_kept)
    csrf = CSRFProtect(app)
    Compress(app)
    app.after_request(headers.shown)
    language.install(app)
    errors.install(app)
    _sign_in(app, service)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    app.extensions["graphsvc_limiter"] = limiter  # Flask-Limiter holds it only weakly
    pages.install(app, limiter)
    csrf.exempt(views.unlock)  # inside another site's page no cookie comes with it, and it changes nothing
    app.wsgi_app = _steady(service, _worded(service, app.wsgi_app))  # type: ignore[assignment,method-assign]
    return app


def _steady(service: Service, answer: WSGIApplication) -> WSGIApplication:
    """What only reads is made from one state of the database."""

    def call(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return answer(environ, start)
        with service.steady(waiting=WAITING in environ):
            return answer(environ, start)

    return call


def _worded(service: Service, answer: WSGIApplication) -> WSGIApplication:
    """What the core says is in the centre's own words."""

    def call(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with using(service.vocabulary):
            return answer(environ, start)

    return call


def _short_enough() -> None:
    if len(request.query_string) > LONGEST_QUERY:
        raise RequestURITooLarge


def _sign_in(app: APIFlask, service: Service) -> None:
    manager = LoginManager(app)
    manager.session_protection = "basic"

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(key: str) -> SignedIn | None:
        return SignedIn.from_key(service.accounts, key)
