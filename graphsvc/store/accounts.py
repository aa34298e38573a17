"""Accounts and their one-time sign-in tokens in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from graphsvc.errors import ConflictError
from graphsvc.i18n import msg
from graphsvc.model.accounts import Account
from graphsvc.store.driver import Call, Store


class Accounts:
    """Raises DatabaseError when the database does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> Sequence[Account]:
        """Every account, by e-mail."""
        return self._find()

    def by_id(self, id: str) -> Account | None:
        """The account, or None."""
        return next(iter(self._find(id=id)), None)

    def of_session(self, id: str, session: str) -> Account | None:
        """The account with the id, unless the session was ended."""
        return next(iter(self._find(id=id, session=session)), None)

    def end_session(self, session: str, until: datetime) -> None:
        """Ends one session; kept until its cookie opens nothing any more by its age."""
        self._store.write("accounts/end_session", session=session, now=datetime.now(UTC), until=until)

    def by_email(self, email: str) -> Account | None:
        """The account with the e-mail, whatever its case, or None."""
        return next(iter(self._find(email=email)), None)

    def add(self, account: Account) -> None:
        """A new account. Raises ConflictError where another account has the e-mail."""
        self._store.write("accounts/add", **asdict(account), email_key=account.email.casefold())

    def change(self, account: Account, *, ends: bool = False, **new: str | bool) -> None:
        """Writes what is new and nothing else, so that what others change of it at the same moment stays. ``ends``:
        also ends all sessions, and one-time addresses.

        Raises ConflictError for a new password where another one was set, or all sessions were ended, since
        ``account`` was read.
        """
        known = {"id": account.id, "password_hash": account.password_hash, "sessions": account.sessions}
        calls: list[Call] = [
            ("accounts/lock", {"id": account.id}),
            ("accounts/change", {**known, "new": new, "ends": ends}),
        ]
        if not self._store.write_many(calls)[-1]:
            raise ConflictError(msg("Another password was set, or all sessions were ended, in the meantime."))

    def add_token(self, token_hash: str, account_id: str, expires_at: datetime) -> None:
        """Keep a one-time sign-in token; only its SHA-256 is ever stored."""
        now = datetime.now(UTC)
        self._store.write("accounts/add_token", hash=token_hash, account_id=account_id, now=now, expires_at=expires_at)

    def take_token(self, token_hash: str, now: datetime) -> Account | None:
        """The account of an unexpired token, which is used up by this."""
        rows = self._store.write("accounts/take_token", hash=token_hash, now=now)
        return self.by_id(rows[0]["account_id"]) if rows else None

    def _find(self, id: str | None = None, email: str | None = None, session: str | None = None) -> list[Account]:
        key = email.casefold() if email is not None else None
        rows = self._store.read("accounts/find", id=id, email_key=key, session=session)
        return [Account(**row.data()) for row in rows]
