"""One state of the database for as long as a page is made: its version is asked for once, not at every step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from graphsvc.model.accounts import Account
from graphsvc.model.suggested import Shown
from graphsvc.service.cache import Cache
from graphsvc.store.accounts import Accounts
from graphsvc.store.driver import Store
from graphsvc.store.suggestions import Suggestions

T = TypeVar("T")
ACCOUNTS = 256
"""Accounts remembered for one version or another of the database."""


class Steady:
    """Asks ``read`` for the version, or gives the one that the ``held`` around the caller has asked for before."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._held: ContextVar[dict[str, Any] | None] = ContextVar("held", default=None)

    def version(self) -> str:
        """The store's version; raises DatabaseError."""
        return self.once("version", self._read)

    def once(self, name: str, read: Callable[[], T]) -> T:
        """What ``read`` gives; within ``held`` what it gave the first time under this name, however often the database
        was written since."""
        held = self._held.get()
        if held is None:
            return read()
        if name not in held:
            held[name] = read()
        found: T = held[name]
        return found

    @contextmanager
    def held(self) -> Iterator[None]:
        """What this thread reads within sees the version that it has asked for first. Not for what writes."""
        token = self._held.set({})
        try:
            yield
        finally:
            self._held.reset(token)


class KnownAccounts(Accounts):
    """Accounts of which one that was asked for by id is read again only when the database has changed."""

    def __init__(self, store: Store, version: Callable[[], str]) -> None:
        super().__init__(store)
        self._version, self._known = version, Cache(ACCOUNTS)

    def by_id(self, id: str) -> Account | None:
        """The account, or None."""
        return self._known.get((self._version(), id), lambda: super(KnownAccounts, self).by_id(id))


class KnownSuggestions(Suggestions):
    """Suggestions of which what was shown is read again only when the database has changed."""

    def __init__(self, store: Store, version: Callable[[], str]) -> None:
        super().__init__(store)
        self._version, self._known = version, Cache(1)

    def shown(self) -> Sequence[Shown]:
        """Every pair that was shown."""
        return self._known.get(self._version(), super().shown)
