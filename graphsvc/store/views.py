"""Saved and shared views in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from graphsvc.model.accounts import SavedView
from graphsvc.store.driver import Store


class Views:
    """Raises DatabaseError when the database does not answer. Times are aware."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, owner: str) -> Sequence[SavedView]:
        """An account's views, newest first."""
        return [_view(row.data()) for row in self._store.read("views/find", owner=owner, token_hash=None)]

    def by_token(self, token_hash: str) -> SavedView | None:
        """The view shared under a token, expired or not; None where it was never shared or is revoked."""
        rows = self._store.read("views/find", owner=None, token_hash=token_hash)
        return _view(rows[0].data()) if rows else None

    def save(self, view: SavedView) -> None:
        """Create or change; what belongs to another owner stays."""
        self._store.write("views/save", **asdict(view))

    def delete(self, owner: str, id: str) -> None:
        """Delete; nothing happens where there is no such view of the owner."""
        self._store.write("views/delete", owner=owner, id=id)


def _view(row: dict[str, Any]) -> SavedView:
    times = {key: _time(row[key]) for key in ("created_at", "expires_at")}
    return SavedView(**{**row, **times})


def _time(value: Any) -> datetime | None:
    """The driver's time as Python's."""
    return value.to_native() if value is not None else None
