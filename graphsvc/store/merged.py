"""Organisations that were merged into another one: a file may go on calling them by their old name, number or id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphsvc.store.driver import Reader


@dataclass(frozen=True, slots=True)
class Merged:
    """One organisation that was merged away. ``kept`` is the one that is there now."""

    id: str
    kept: str
    names: tuple[str, ...]
    registers: tuple[str, ...]
    """Its numbers with the register before them: ``KRS:…``, a foreign one ``CVR:…``."""


def merged(store: Reader) -> list[Merged]:
    """All of them, by id; of those merged again and again ``kept`` is the last."""
    rows = store.read("records/merged")
    into = {r["id"]: r["kept"] for r in rows}
    return [Merged(r["id"], _last(r["kept"], into), (r["name"], *r["names"]), tuple(r["registers"])) for r in rows]


def _last(id: str, into: Mapping[str, str]) -> str:
    while id in into:  # ends: who is merged into another is put away, so that nobody can be merged into it any more
        id = into[id]
    return id
