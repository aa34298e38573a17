"""Finding organisations, partnerships and territories by what a person types: part of a name, misspelt, or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graphsvc.errors import NotFoundError
from graphsvc.i18n import msg
from graphsvc.model.poland import folded
from graphsvc.store.driver import Reader

LABELS = ("Organisation", "Partnership", "Territory")
LONGEST = 200
"""Characters of a query that are looked at."""
NEAR = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found; ``hint`` (a place, a day) tells namesakes apart."""

    id: str
    label: str
    name: str
    hint: str
    score: float


def search(store: Reader, text: str, limit: int = 20, labels: Sequence[str] = LABELS) -> list[Hit]:
    """Best first: by number of a register, by the beginnings of all words, else by words spelt nearly so.

    Letters are folded (ą as a, ł as l), case does not matter.
    """
    if "Organisation" in labels and (hits := _by_number(store, text)):
        return hits[:limit]
    words = re.findall(r"\w+", folded(text[:LONGEST]))
    if not words or limit < 1:
        return []
    exact = " AND ".join(f"({w}^3 OR {w}*)" for w in words)
    near = " ".join(f"{w}~{_tolerance(w)}" for w in words)
    return _by_name(store, exact, limit, labels) or _by_name(store, near, limit, labels)


def find_organisation(store: Reader, text: str) -> Hit:
    """The one organisation meant by an id, a number or a name.

    Raises NotFoundError, which names near ones, when there is none or more than one.
    """
    hits = search(store, text, NEAR, ("Organisation",))
    same = [h for h in hits if text in (h.id, h.name) or folded(h.name) == folded(text)]
    if len(same) == 1:
        return same[0]
    if len(hits) == 1 and not same:
        return hits[0]
    raise NotFoundError(
        msg("There is no single organisation “%(name)s”.", name=text[:LONGEST]),
        near=tuple(h.name for h in hits),
        hint=msg("Give the whole name or the number of a register."),
    )


def _by_number(store: Reader, text: str) -> list[Hit]:
    number = text.strip()[:LONGEST]
    digits = re.sub(r"[\s-]", "", number)
    candidates = {number, digits, digits.zfill(10)} if digits.isdigit() else {number}
    found = [Hit(**r.data()) for n in sorted(candidates) if n for r in store.read("search/number", number=n)]
    return list(dict.fromkeys(found))


def _by_name(store: Reader, text: str, limit: int, labels: Sequence[str]) -> list[Hit]:
    found = store.read("search/names", text=text, labels=list(labels), limit=limit)
    return [Hit(**r.data()) for r in found]


def _tolerance(word: str) -> int:
    """How many letters may differ: none in short words."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
