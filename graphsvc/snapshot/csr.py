"""Compressed sparse rows: the one shape in which graphs reach the kernels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.errors import InputError
from graphsvc.i18n import msg

LARGEST = np.iinfo(np.int32).max
Int32s = npt.NDArray[np.int32]
Uint32s = npt.NDArray[np.uint32]
Int64s = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def read_only(self) -> tuple[Int64s, Int32s, Floats]:
        """The three arrays as plain views that nothing can write to."""
        return frozen(self.indptr), frozen(self.indices), frozen(self.weights)

    @cached_property
    def ties(self) -> tuple[Uint32s, Uint32s]:
        """The lower and the higher end of each tie of an undirected graph, uint32 [ties] each, read only; no loops."""
        rows = np.repeat(np.arange(self.rows, dtype=np.int32), np.diff(self.indptr))
        once = rows < self.indices
        return frozen(rows[once].view(np.uint32)), frozen(self.indices[once].view(np.uint32))

    @cached_property
    def looped(self) -> bool:
        """Whether any node has a tie to itself."""
        rows = np.repeat(np.arange(self.rows, dtype=np.int32), np.diff(self.indptr))
        return bool((self.indices == rows).any())

    def row(self, i: int) -> Int32s:
        """Columns of row ``i``: the neighbours of node ``i``."""
        return self.indices[self.indptr[i] : self.indptr[i + 1]]

    def weights_of(self, i: int) -> Floats:
        """Weights of row ``i``, in the order of ``row``."""
        return self.weights[self.indptr[i] : self.indptr[i + 1]]

    def to_scipy(self) -> sparse.csr_array:
        """The same matrix, sharing memory."""
        return sparse.csr_array((self.weights, self.indices, self.indptr), shape=(self.rows, self.columns))

    @classmethod
    def from_scipy(cls, matrix: sparse.sparray) -> Self:
        """From any scipy sparse array; doubles are summed, indices sorted.

        Raises InputError above 2^31 - 1 columns: a node's number has 32 bits. Entries are numbered in 64.
        """
        if matrix.shape[1] > LARGEST:
            raise InputError(
                msg("At most %(limit)s organisations can be measured, not %(n)s.", limit=LARGEST, n=matrix.shape[1]),
                hint=msg("Measure a part of the network."),
            )
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


def frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A read-only plain view."""
    view = np.ascontiguousarray(array).view(np.ndarray)[:]
    view.flags.writeable = False
    return view
