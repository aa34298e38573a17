"""Compressed sparse rows: the one shape in which graphs reach the kernels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Csr:
    """A sparse matrix; for an undirected graph both directions of each tie are stored.

    indptr : int64 [rows + 1]; row ``i`` holds entries ``indptr[i]:indptr[i + 1]``
    indices : int32 [entries], ascending within a row, no doubles
    weights : float64 [entries]
    columns : number of columns (equal to the rows for a graph)
    """

    indptr: Int64s
    indices: Int32s
    weights: Floats
    columns: int

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.indptr) - 1

    def row(self, i: int) -> Int32s:
        """Columns of row ``i``: the neighbours of node ``i``."""
        return self.indices[self.indptr[i] : self.indptr[i + 1]]

    def to_scipy(self) -> sparse.csr_array:
        """The same matrix, sharing memory."""
        return sparse.csr_array((self.weights, self.indices, self.indptr), shape=(self.rows, self.columns))

    @classmethod
    def from_scipy(cls, matrix: sparse.sparray) -> Self:
        """From any scipy sparse array; doubles are summed, indices sorted."""
        csr = sparse.csr_array(matrix)
        csr.sum_duplicates()
        csr.sort_indices()
        return cls(
            csr.indptr.astype(np.int64),
            csr.indices.astype(np.int32),
            csr.data.astype(np.float64),
            int(csr.shape[1]),
        )

    @classmethod
    def from_entries(cls, rows: Int64s, cols: Int64s, weights: Floats, shape: tuple[int, int]) -> Self:
        """From triplets; doubles are summed."""
        return cls.from_scipy(sparse.coo_array((weights, (rows, cols)), shape=shape))
