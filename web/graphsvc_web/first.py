"""The address to open first: on an empty installation it makes the administrator and signs them in once."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass

from graphsvc.model.accounts import Account
from graphsvc_web import signing
from graphsvc_web.ports import Accounts

ADMINISTRATOR = "admin@localhost"


@dataclass(frozen=True, slots=True)
class First:
    """How to come in: an address, and on an empty installation the administrator's one-time password."""

    address: str
    password: str = ""


def first_way_in(accounts: Accounts, base: str, *, always_sign_in: bool = False) -> First:
    """``base`` itself, or with a one-time sign-in: when there was no account yet, or ``always_sign_in``
    (a demonstration on loopback) and the account made at first is still there."""
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
        accounts.save(existing)
        always_sign_in = True
    if existing and existing.active and always_sign_in:
        return First(f"{base}/sign-in/{signing.one_time_token(accounts, existing)}", password)
    return First(f"{base}/")
