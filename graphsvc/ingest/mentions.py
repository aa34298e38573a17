"""How organisations are mentioned in a file: each spelling with its numbers once, with the rows it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Numbers = tuple[tuple[str, str], ...]
"""Pairs of register and number, sorted."""
ROWS_KEPT = 5


@dataclass(slots=True)
class Mention:
    """One spelling. ``facts`` are fields of Organisation as the file gives them, the first value of each."""

    name: str
    numbers: Numbers = ()
    known: str | None = None
    """Id of the organisation in the database that has this name or number."""
    count: int = 0
    rows: list[int] = field(default_factory=list)
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name with its numbers."""
        return f"{self.name} ({', '.join(':'.join(n) for n in self.numbers)})" if self.numbers else self.name


class Mentions(list[Mention]):
    """All mentions, by number in order of first appearance."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[tuple[str, Numbers], int] = {}

    def add(self, name: str, numbers: Numbers, row: int, facts: Mapping[str, str]) -> int:
        """The number of the mention, which is made when it is new."""
        number = self._numbers.get((name, numbers))
        if number is None:
            number = self._numbers[name, numbers] = len(self)
            self.append(Mention(name, numbers))
        mention = self[number]
        mention.count += 1
        if len(mention.rows) < ROWS_KEPT and row not in mention.rows:
            mention.rows.append(row)
        if facts and facts != mention.facts:  # often one mapping for many mentions: never changed in place
            mention.facts = {**facts, **mention.facts} if mention.facts else facts
        return number
