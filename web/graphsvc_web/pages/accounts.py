"""Signing in and out, and the administrator's list of accounts."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from apiflask import APIBlueprint
from flask import current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.exceptions import NotFound

from graphsvc.errors import ConflictError, InputError, Place
from graphsvc.i18n import msg, short
from graphsvc.model.accounts import Account
from graphsvc_web import signing
from graphsvc_web.current import inside, service
from graphsvc_web.errors import status_of, titled
from graphsvc_web.facets import facets
from graphsvc_web.language import say
from graphsvc_web.ports import Accounts
from graphsvc_web.rights import ENTERED, MANAGE, PUBLIC, ROLES, SIGNED_IN, right

bp = APIBlueprint("accounts", __name__, enable_openapi=False)
BY_ADDRESS = "by_address"
"""In the session of who came in by a one-time address, and may have forgotten the old password: it isn't asked for."""


class SignedIn(UserMixin):  # type: ignore[misc]
    """The person of a session, a new one unless it is named. The session's key names it, so that it can be ended
    alone, and changes with the password, and when all sessions are ended."""

    def __init__(self, account: Account, named: str = "") -> None:
        self.account, self.session = account, named or secrets.token_urlsafe(16)
        self.role, self.name = account.role, account.name or account.email

    def get_id(self) -> str:
        now = f"{self.account.sessions} {self.account.password_hash or ''}"
        return f"{self.account.id}:{signing.token_hash(now)[:16]}:{self.session}"

    @classmethod
    def from_key(cls, accounts: Accounts, key: str) -> SignedIn | None:
        """Who a session's key names; None when it was ended, or the account is gone, closed or has a new password."""
        id, named = key.partition(":")[0], key.rpartition(":")[2]
        account = accounts.of_session(id, named)
        person = cls(account, named) if account and account.active else None
        return person if person and person.get_id() == key else None


def _enter(account: Account, target: str | None) -> ResponseReturnValue:
    session.clear()
    login_user(SignedIn(account))
    return redirect(inside(target, url_for("landing.start")))


@bp.get("/sign-in")
@right(PUBLIC)
def sign_in() -> ResponseReturnValue:
    """The form."""
    if current_user.is_authenticated:
        return redirect(inside(request.args.get("next"), url_for("landing.start")))
    return render_template("sign_in.html", next=request.args.get("next", ""), email="", wrong=False)


@bp.post("/sign-in")
@right(PUBLIC)
def sign_in_with_password() -> ResponseReturnValue:
    """E-mail and password."""
    email, target = request.form.get("email", "").strip()[:320], request.form.get("next", "")
    account = service().accounts.by_email(email) if email else None
    right_one = signing.matches(account, request.form.get("password", "")[: signing.LONGEST])
    if account and right_one:
        return _enter(account, target)
    return render_template("sign_in.html", next=target, email=email, wrong=True), 401


@bp.get("/sign-in/<token>")
@right(PUBLIC)
def sign_in_once(token: str) -> ResponseReturnValue:
    """A one-time address. The one GET that changes something: it uses up its token and starts a session,
    because it has to work by a click on it. A browser that only loads ahead, and HEAD, use nothing up."""
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return "", 204
    account = service().accounts.take_token(signing.token_hash(token), datetime.now(UTC))
    if account and account.active:
        entered = _enter(account, request.args.get("next"))
        session[BY_ADDRESS] = True
        if account.password_hash and not account.must_change_password:
            flash(_("If you forgot your password: in your account you can choose a new one without the old one now."))
        return entered
    if current_user.is_authenticated:
        return redirect(url_for("landing.start"))
    return render_template("sign_in.html", next="", email="", wrong=False, used=True), 410


@bp.post("/sign-out")
@right(ENTERED)
def sign_out() -> ResponseReturnValue:
    """Ends the session of this browser: a copy of its cookie opens nothing any more either."""
    lasts = current_app.permanent_session_lifetime + timedelta(days=1)  # a day more for what is under way
    service().accounts.end_session(current_user.session, datetime.now(UTC) + lasts)
    return _leave()


@bp.post("/sign-out/everywhere")
@right(SIGNED_IN)
def sign_out_everywhere() -> ResponseReturnValue:
    """Ends all sessions of the person."""
    service().accounts.change(current_user.account, ends=True)
    return _leave()


def _leave() -> ResponseReturnValue:
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@bp.get("/account")
@right(ENTERED)
def password() -> ResponseReturnValue:
    """One's own account."""
    facts = facets(service().snapshot())
    return render_template("account.html", shortest=signing.SHORTEST, facets=facts, asks=_asks_for_password())


@bp.post("/account")
@right(ENTERED)
def change_password() -> ResponseReturnValue:
    """A new password; the old one is asked for unless there is none, or what let the person in was for one use."""
    account: Account = current_user.account
    if _asks_for_password() and not signing.matches(account, request.form.get("current", "")):
        raise InputError(msg("The current password is not right."), place=Place(field="current"))
    hashed = signing.hash_password(request.form.get("password", ""))
    service().accounts.change(account, password_hash=hashed, must_change_password=False)
    login_user(SignedIn(replace(account, password_hash=hashed, must_change_password=False)))
    session.pop(BY_ADDRESS, None)
    flash(_("The new password is saved."))
    return redirect(inside(request.args.get("next"), url_for("landing.start")))


def _asks_for_password() -> bool:
    account: Account = current_user.account
    return bool(account.password_hash) and not account.must_change_password and BY_ADDRESS not in session


@bp.post("/account/territory")
@right(SIGNED_IN)
def work_in() -> ResponseReturnValue:
    """Where one works: suggestions and plans offer it."""
    code = request.form.get("territory", "")
    if code and code not in {choice.value for choice in facets(service().snapshot()).territories}:
        raise InputError(msg("There is no such territory."), place=Place(field="territory"))
    service().accounts.change(current_user.account, territory=code)
    flash(_("Saved."))
    return redirect(url_for("accounts.password"))


@bp.get("/accounts")
@right(MANAGE)
def accounts() -> ResponseReturnValue:
    """Everyone who may sign in."""
    return render_template("accounts.html", accounts=service().accounts.all(), link=None)


@bp.post("/accounts")
@right(MANAGE)
def invite() -> ResponseReturnValue:
    """A new account, and the one-time address to give to its owner."""
    try:
        account = _invited()
        service().accounts.add(account)
    except (InputError, ConflictError) as wrong:
        page = render_template(
            "accounts.html", accounts=service().accounts.all(), wrong=say(titled(wrong)), said=request.form
        )
        return make_response(page, status_of(wrong))
    return _with_link(account)


def _invited() -> Account:
    """Whom the form names. Raises InputError, ConflictError where someone has the e-mail."""
    email = request.form.get("email", "").strip()
    if "@" not in email or len(email) > 320:
        raise InputError(msg("“%(value)s” is not an e-mail address.", value=short(email)), place=Place(field="email"))
    if service().accounts.by_email(email):
        raise ConflictError(
            msg("%(email)s has an account already.", email=short(email)),
            hint=msg("It is in the list; “One-time address” lets its owner in."),
        )
    name = request.form.get("name", "").strip()[:200]
    return Account(str(uuid.uuid4()), email, name, _role(), must_change_password=True)


@bp.post("/accounts/<id>")
@right(MANAGE)
def change(id: str) -> ResponseReturnValue:
    """Another role, closed or opened again, or a new one-time address."""
    account = service().accounts.by_id(id)
    if account is None:
        raise NotFound
    action = request.form.get("action")
    if action == "link":
        return _with_link(account)
    if account.id == current_user.account.id:
        raise InputError(msg("Another administrator has to change your own account."))
    if action in ("close", "open"):
        service().accounts.change(account, active=action == "open", ends=action == "close")
    else:
        service().accounts.change(account, role=_role())
    flash(_("Saved."))
    return redirect(url_for("accounts.accounts"))


def _role() -> str:
    role = request.form.get("role", "")
    if role not in ROLES:
        raise InputError(msg("There is no such role."), place=Place(field="role"))
    return role


def _with_link(account: Account) -> ResponseReturnValue:
    token = signing.one_time_token(service().accounts, account)
    link = url_for("accounts.sign_in_once", token=token, _external=True)
    everyone = service().accounts.all()
    return render_template("accounts.html", accounts=everyone, link=link, invited=account)
