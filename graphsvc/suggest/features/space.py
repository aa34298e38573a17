"""All features of pairs as of a day, computed without anything that began on that day or later."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features.activity import activity_columns
from graphsvc.suggest.features.alike import alike_values, kind_columns
from graphsvc.suggest.features.columns import Block, Columns
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
    def names(self) -> tuple[str, ...]:
        """Names of the features, in the order of the columns of ``of``."""
        nobody = np.zeros(0, np.int64)
        return tuple(self._values(nobody, nobody))

    def of(self, i: Int64s, j: Int64s) -> Table:
        """Features of the pairs (i[p], j[p]), float32 [pairs, features], kept feature by feature."""
        table = np.empty((len(self.names), len(i)), np.float32)
        for a in range(0, len(i), FEATURES_PER_CHUNK):
            b = a + FEATURES_PER_CHUNK
            for row, values in zip(table[:, a:b], self._values(i[a:b], j[a:b]).values(), strict=True):
                row[:] = values
        return table.T

    def value(self, name: str, i: Int64s, j: Int64s) -> Floats:
        """One product of features (see ``made``), float64 [pairs]."""
        active, share = PRODUCTS[name]
        return made_values({active: self.columns[active](i, j), share: self._alike(i, j)[share]}, (name,))[name]

    def _values(self, i: Int64s, j: Int64s) -> dict[str, npt.NDArray[np.float64]]:
        values = {name: column(i, j) for name, column in self.columns.items()}
        values |= self._alike(i, j) | tie_values(self.ground, i, j)
        return values | made_values(values)
