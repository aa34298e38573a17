"""Features of pairs, by name. A column takes rows i and j (int64 [pairs]) and gives float64 [pairs].

Features speak from i's side: "how likely is it that i, who asks, will work with j". ``_i`` and ``_j`` end the names of
what is said of one of the two alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.pairs import Matrix, row_product

Column = Callable[[Int64s, Int64s], Floats]
Columns = Mapping[str, Column]
Block = Callable[[Int64s, Int64s], dict[str, Floats]]
"""Features that are computed together."""


def both(name: str, values: Floats) -> dict[str, Column]:
    """The same fact of i and of j."""
    return {f"{name}_i": lambda i, _: values[i], f"{name}_j": lambda _, j: values[j]}


def product(left: Matrix, right: Matrix) -> Column:
    """Scalar product of i's row of ``left`` and j's row of ``right``."""
    return row_product(left, right)


def turned(column: Column) -> Column:
    """The same seen from j's side."""
    return lambda i, j: column(j, i)


def mapped(column: Column, change: Callable[[Floats], Floats]) -> Column:
    """A column changed value by value."""
    return lambda i, j: change(column(i, j))
