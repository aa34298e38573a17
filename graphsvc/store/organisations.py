"""What the pages of an organisation and of a partnership need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.store.driver import Reader, Store
from graphsvc.store.import_rows import native
from graphsvc.store.records import Records


@dataclass(frozen=True, slots=True)
class Together:
    """One partnership of an organisation, with who else is in it: pairs of id and name, by name."""

    id: str
    name: str
    kind: str
    starts_on: date | None
    ends_on: date | None
    role: str
    others: tuple[tuple[str, str], ...]


def organisation(store: Store, id: str) -> Organisation:
    """Raises NotFoundError."""
    return Records(store).typed(id, Organisation)


def partnership(store: Store, id: str) -> Partnership:
    """Raises NotFoundError."""
    return Records(store).typed(id, Partnership)


def partnerships_of(store: Reader, id: str) -> Sequence[Together]:
    """An organisation's partnerships, latest first; none for an id that is not there."""
    return [
        Together(**{**native(r.data()), "others": tuple((o["id"], o["name"]) for o in r["others"])})
        for r in store.read("search/partnerships_of", id=id)
    ]
