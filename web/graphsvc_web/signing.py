"""Passwords and one-time sign-in tokens; nothing here keeps a secret in clear."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg
from graphsvc.model.accounts import Account
from graphsvc_web.ports import Accounts

SHORTEST = 12
LONGEST = 1000
VALID_FOR = timedelta(days=3)
_hasher = PasswordHasher()
_nobody = _hasher.hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    """argon2id hash. Raises InputError for a password that is too short, or too long to be meant."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            msg("The password has to have %(least)s characters or more.", least=SHORTEST),
            place=Place(field="password"),
        )
    return _hasher.hash(password)


def matches(account: Account | None, password: str) -> bool:
    """Whether the password is the account's; takes as long when there is no such account."""
    return fits(account.password_hash if account and account.active else None, password)


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password has the hash; False, but as slowly, where there is none."""
    try:
        return _hasher.verify(password_hash or _nobody, password[:LONGEST]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(keep: Callable[[str], None]) -> str:
    """A fresh token; ``keep`` stores its hash."""
    token = secrets.token_urlsafe(24)
    keep(token_hash(token))
    return token


def one_time_token(accounts: Accounts, account: Account, valid_for: timedelta = VALID_FOR) -> str:
    """A token that signs ``account`` in once: ``/sign-in/<token>``."""
    expires = datetime.now(UTC) + valid_for
    return new_token(lambda hashed: accounts.add_token(hashed, account.id, expires))
