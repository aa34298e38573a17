"""Saved and shared views in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from graphsvc.model.accounts import Account, SavedView, role_key
from graphsvc.store.driver import Store
from graphsvc.store.record_reading import plain


class Views:
    """Raises DatabaseError when the database does not answer. Times are aware."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, owner: str) -> Sequence[SavedView]:
        """An account's views, newest first."""
        return self._find(owner=owner)

    def shown_to(self, account: Account) -> Sequence[SavedView]:
        """What others show to an account or to its role, newest first."""
        found = self._find(readers=[account.id, role_key(account.role)])
        return [view for view in found if view.owner != account.id]

    def by_id(self, id: str) -> SavedView | None:
        """The view, whoever owns it; None where there is none."""
        return next(iter(self._find(id=id)), None)

    def by_token(self, token_hash: str) -> SavedView | None:
        """The view shared under a token, expired or not; None where it was never shared or is revoked."""
        return next(iter(self._find(token_hash=token_hash)), None)

    def save(self, view: SavedView) -> None:
        """Create or change; what belongs to another owner stays."""
        self._store.write("views/save", **{**asdict(view), "readers": list(view.readers)})

    def delete(self, owner: str, id: str) -> None:
        """Delete; nothing happens where there is no such view of the owner."""
        self._store.write("views/delete", owner=owner, id=id)

    def _find(
        self,
        *,
        id: str | None = None,
        owner: str | None = None,
        token_hash: str | None = None,
        readers: Sequence[str] = (),
    ) -> list[SavedView]:
        rows = self._store.read("views/find", id=id, owner=owner, token_hash=token_hash, readers=list(readers))
        return [_view(row.data()) for row in rows]


def _view(row: dict[str, Any]) -> SavedView:
    return SavedView(**{**plain(row), "readers": tuple(row["readers"])})
