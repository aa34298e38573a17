"""The address to open first: on an empty installation it makes the administrator and signs them in once."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from difflib import get_close_matches

from graphsvc.errors import NotFoundError
from graphsvc.i18n import msg, short
from graphsvc.model.accounts import Account
from graphsvc_web import signing
from graphsvc_web.ports import Accounts

ADMINISTRATOR = "admin@localhost"


@dataclass(frozen=True, slots=True)
class First:
    """How to come in: an address, and on an empty installation the administrator's one-time password."""

    address: str
    password: str = ""


def way_in(accounts: Accounts, email: str) -> str:
    """The path of a page that signs somebody in once. Raises NotFoundError for an e-mail address that nobody has, or
    whose account is closed."""
    account = accounts.by_email(email.strip())
    if account is None or not account.active:
        open_ones = sorted(a.email for a in accounts.all() if a.active)
        raise NotFoundError(
            msg("There is no open account with the e-mail address %(email)s.", email=short(email, 200)),
            near=tuple(get_close_matches(email, open_ones)),
            hint=msg("The accounts are: %(names)s.", names=", ".join(open_ones[:20])) if open_ones else None,
        )
    return f"/sign-in/{signing.one_time_token(accounts, account)}"


def first_way_in(accounts: Accounts, base: str, *, always_sign_in: bool = False) -> First:
    """``base`` itself, or with a one-time sign-in: when there was no account yet, or the account made at first is still
    there and nobody has set its password, or ``always_sign_in`` (a demonstration on loopback)."""
    existing, password = accounts.by_email(ADMINISTRATOR), ""
    if not accounts.all():
        password = "" if always_sign_in else secrets.token_urlsafe(12)
        existing = Account(
            uuid.uuid4().hex,
            ADMINISTRATOR,
            "Administrator",
            "admin",
            signing.hash_password(password) if password else None,
            must_change_password=not always_sign_in,
        )
        accounts.add(existing)
        always_sign_in = True
    if existing and existing.active and (always_sign_in or existing.must_change_password):
        return First(f"{base}/sign-in/{signing.one_time_token(accounts, existing)}", password)
    return First(f"{base}/")
