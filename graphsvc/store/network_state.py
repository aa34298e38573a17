"""States of the database: told apart, and what was written between two of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self

from graphsvc.store.driver import Reader
from graphsvc.store.written import touched, transactions


@dataclass(frozen=True, slots=True)
class State:
    """Tells this state of the database from every other, after a restart and after a backup was restored.

    Beside the bookmark it has the entries of what was written (how many, the last one's id), the latest change of the
    history and the counts of the main labels: a restored database counts its writes anew.
    """

    bookmark: str
    written: int
    mark: str
    change: str
    organisations: int
    partnerships: int
    memberships: int

    def text(self) -> str:
        """All of it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What ``text`` gave; None for the text of another version of the program."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return None


def fingerprint(store: Reader) -> State:
    """The state as of now. Raises DatabaseError."""
    return State(store.version(), **store.read("network/fingerprint")[0].data())


def changed_since(store: Reader, known: State, now: State) -> set[str] | None:
    """Ids of the records that were written between two states; None when that can't be told.

    It can when all transactions in between left an entry: the database counted as many as there are entries.
    Raises DatabaseError.
    """
    before, after = transactions(known.bookmark), transactions(now.bookmark)
    if before is None or after is None or before[0] != after[0]:
        return None
    wrote = now.written - known.written
    if after[1] - before[1] != wrote or wrote < 1:
        return None
    return touched(store.read("store/written_since", number=known.written, id=known.mark), wrote)
