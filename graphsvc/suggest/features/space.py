"""All features of pairs as of a day, computed without anything that began on that day or later."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features.activity import activity_columns
from graphsvc.suggest.features.alike import alike_values, kind_columns
from graphsvc.suggest.features.columns import Block, Columns, Pairs
from graphsvc.suggest.features.made import PRODUCTS, made_values
from graphsvc.suggest.features.place import place_columns
from graphsvc.suggest.features.region import region_columns
from graphsvc.suggest.features.shared import shared_columns
from graphsvc.suggest.features.ties import tie_values
from graphsvc.suggest.ground import Ground

FEATURES_PER_CHUNK = 200_000
"""Pairs computed at a time: bounds the memory."""
Table = npt.NDArray[np.float32]


class Space:
    """The features of pairs in the network of one day."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @cached_property
    def columns(self) -> Columns:
        """Features that are computed one by one."""
        blocks = (activity_columns, region_columns, kind_columns, place_columns, shared_columns)
        return {name: column for block in blocks for name, column in block(self.ground).items()}

    @cached_property
    def _alike(self) -> Block:
        return alike_values(self.ground)

    @cached_property
    def _ties(self) -> Block:
        return tie_values(self.ground)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the features, in the order of the columns of ``of``."""
        nobody = np.zeros(0, np.int64)
        return tuple(self._values(Pairs(nobody, nobody)))

    def of(self, i: Int64s, j: Int64s) -> Table:
        """Features of the pairs (i[p], j[p]), float32 [pairs, features], kept feature by feature."""
        (table,) = self._tables(i, j, 1)
        return table

    def both(self, i: Int64s, j: Int64s) -> tuple[Table, Table]:
        """``of(i, j)`` and ``of(j, i)`` (but for the last digit of sums), in little more than half the time."""
        there, back = self._tables(i, j, 2)
        return there, back

    def _tables(self, i: Int64s, j: Int64s, sides: int) -> list[Table]:
        tables = [np.empty((len(self.names), len(i)), np.float32) for _ in range(sides)]
        for a in range(0, len(i), FEATURES_PER_CHUNK):
            b = a + FEATURES_PER_CHUNK
            pairs = Pairs(i[a:b], j[a:b])
            for table, seen in zip(tables, (pairs, pairs.turned), strict=False):
                for row, values in zip(table[:, a:b], self._values(seen).values(), strict=True):
                    row[:] = values
        return [table.T for table in tables]

    def value(self, name: str, i: Int64s, j: Int64s) -> Floats:
        """One column, or product of features (see ``made``), float64 [pairs]."""
        pairs = Pairs(i, j)
        if name in self.columns:
            return self.columns[name](pairs)
        active, share = PRODUCTS[name]
        return made_values({active: self.columns[active](pairs), share: self._alike(pairs)[share]}, (name,))[name]

    def _values(self, pairs: Pairs) -> dict[str, npt.NDArray[np.float64]]:
        values = {name: column(pairs) for name, column in self.columns.items()}
        values |= self._alike(pairs) | self._ties(pairs)
        return values | made_values(values)
