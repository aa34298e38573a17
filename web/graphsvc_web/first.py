"""The address to open first: on an empty installation it makes the administrator and signs them in once."""

from __future__ import annotations

import uuid

from graphsvc.model.accounts import Account
from graphsvc_web import signing
from graphsvc_web.ports import Accounts

ADMINISTRATOR = "admin@localhost"


def first_address(accounts: Accounts, base: str, *, always_sign_in: bool = False) -> str:
    """``base`` itself, or with a one-time sign-in: when there was no account yet, or ``always_sign_in``
    (a demonstration on loopback) and the account made at first is still there."""
    existing = accounts.by_email(ADMINISTRATOR)
    if not accounts.all():
        existing = Account(
            uuid.uuid4().hex, ADMINISTRATOR, "Administrator", "admin", must_change_password=not always_sign_in
        )
        accounts.save(existing)
        always_sign_in = True
    if existing and existing.active and always_sign_in:
        return f"{base}/sign-in/{signing.one_time_token(accounts, existing)}"
    return f"{base}/"
