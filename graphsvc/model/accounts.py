"""People who sign in, and the views that they save. Neither is a record of the network, nor ever exported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in. ``password_hash`` is argon2id; None: may only sign in by a one-time address.
    ``territory``: code of where they work; "" where they did not say.
    ``sessions``: how often all sessions were ended."""

    id: str
    email: str
    name: str
    role: str
    password_hash: str | None = None
    active: bool = True
    must_change_password: bool = False
    territory: str = ""
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view under a name: its page and query string.

    ``token_hash``: also shown to whoever has the link, read only, until ``expires_at``; with ``password_hash``
    (argon2id) only to who knows the password too. ``names``: organisations are named there, else only their kinds.
    ``readers``: colleagues whom the owner shows it to since ``shown_at``, as ids of accounts and as ``role_key``.
    """

    id: str
    owner: str
    name: str
    path: str
    query: str
    created_at: datetime
    token_hash: str | None = None
    expires_at: datetime | None = None
    names: bool = True
    password_hash: str | None = None
    readers: tuple[str, ...] = ()
    shown_at: datetime | None = None

    def open_to(self, account: Account) -> bool:
        """Whether the account may open it: its owner, or a colleague it is shown to."""
        return account.id == self.owner or bool({account.id, role_key(account.role)} & {*self.readers})


def role_key(role: str) -> str:
    """How everyone of a role stands among the readers of a view."""
    return f"role:{role}"
