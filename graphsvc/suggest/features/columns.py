"""Features of pairs, by name.

Features speak from i's side: "how likely is it that i, who asks, will work with j". ``_i`` and ``_j`` end the names of
what is said of one of the two alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.ground import unit
from graphsvc.suggest.pairs import Matrix, row_product

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs (i, j) of rows, int64 [pairs], and what was found of them so far, seen from either side: most of what is
    said from the other's side has been found already."""

    i: Int64s
    j: Int64s
    _from_j: bool = False
    _found: dict[tuple[Any, bool], Any] = field(default_factory=dict)

    @property
    def turned(self) -> Pairs:
        """The same pairs from the other's side."""
        return Pairs(self.j, self.i, not self._from_j, self._found)

    def once(self, work: Callable[[Int64s, Int64s], T], turn: Callable[[T], T] | None = None) -> T:
        """``work`` of i and j, done once; ``turn`` makes it of what was found from the other's side."""
        here, there = (work, self._from_j), (work, not self._from_j)
        if here not in self._found:
            known = self._found.get(there)
            self._found[here] = work(self.i, self.j) if turn is None or known is None else turn(known)
        found: T = self._found[here]
        return found


Column = Callable[[Pairs], Floats]
"""Gives float64 [pairs]."""
Columns = Mapping[str, Column]
Block = Callable[[Pairs], dict[str, Floats]]
"""Features that are computed together."""


def both(name: str, values: Floats) -> dict[str, Column]:
    """The same fact of i and of j."""
    return {f"{name}_i": lambda pairs: values[pairs.i], f"{name}_j": lambda pairs: values[pairs.j]}


def product(left: Matrix, right: Matrix) -> Column:
    """Scalar product of i's row of ``left`` and j's row of ``right``."""
    dot = row_product(left, right)
    return lambda pairs: pairs.once(dot, same if left is right else None)


def cosine(matrix: Matrix) -> Column:
    """Cosine of the rows of i and j."""
    rows = unit(matrix)
    return product(rows, rows)


def turned(column: Column) -> Column:
    """The same seen from j's side."""
    return lambda pairs: column(pairs.turned)


def mapped(column: Column, change: Callable[[Floats], Floats]) -> Column:
    """A column changed value by value."""
    return lambda pairs: change(column(pairs))


def same(values: T) -> T:
    """From either side."""
    return values
