"""Compiled sums of ties between groups of organisations, ties of several strengths at a time: they share a pattern, so
that each is found once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from graphsvc.kernels._run import njit, spread
from graphsvc.snapshot.csr import Floats, Int32s, Int64s, frozen
from graphsvc.suggest.pairs import SEARCH, Matrix, place_in_row, row_arrays

STRENGTHS = 3
"""Matrices in a stack; the compiled code counts on it."""
SOME = 32
"""Rows of a product by which it is told whether most of its entries are nought."""


@dataclass(frozen=True, eq=False)
class Stack:
    """Sparse matrices of one pattern.

    indptr : int64 [rows + 1]; indices : int32 [entries], ascending within a row, none where every entry of every row is
    kept (``full``); values : float64 [entries, STRENGTHS]
    """

    indptr: Int64s
    indices: Int32s
    values: Floats
    columns: int

    @classmethod
    def of(cls, matrix: Matrix) -> Self:
        """One matrix, STRENGTHS times."""
        indptr, indices, values = row_arrays(matrix)
        return cls(indptr, indices, np.repeat(values[:, None], STRENGTHS, axis=1), matrix.shape[1])

    @property
    def arrays(self) -> tuple[Int64s, Int32s, Floats]:
        """As the compiled code takes them."""
        return frozen(self.indptr), frozen(self.indices), frozen(self.values)

    def __matmul__(self, other: Stack) -> Stack:
        """Products of the first, the second and the third of each; they add in the order of columns."""
        indptr, indices, values = self.arrays
        parts = spread(
            lambda a, b: _products(indptr[a : b + 1], indices, values, *other.arrays, other.columns),
            len(indptr) - 1,
            self._steps(other),
        )
        sizes, columns, sums = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        return Stack(np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64), columns, sums, other.columns)

    def across(self, other: Stack) -> Stack:
        """The same product; full where more than half of the entries of some rows are not nought: it is then made, and
        read, in order."""
        indptr, indices, values = self.arrays
        rows, columns = len(indptr) - 1, other.columns
        some = np.linspace(0, rows - 1, min(SOME, rows)).astype(np.int64)
        if 2 * _sizes(indptr, indices, *other.arrays[:2], columns, some).sum() <= len(some) * columns:
            return self @ other
        sums = np.zeros((rows, columns, STRENGTHS))
        spread(
            lambda a, b: _fill(sums[a:b], indptr[a : b + 1], indices, values, *other.arrays), rows, self._steps(other)
        )
        ends = np.arange(rows + 1) * columns
        return Stack(ends, np.empty(0, np.int32), sums.reshape(-1, STRENGTHS), columns)

    def _steps(self, other: Stack) -> int:
        return int(np.diff(other.indptr)[self.indices].sum())


def rates(group: Matrix, toward: Stack, between: Stack) -> Callable[[Int64s, Int64s], Floats]:
    """For pairs (i, j) a float64 [3, STRENGTHS, pairs]: row i of ``group`` [organisations × groups] times row j of
    ``toward`` [organisations × groups]; the same with i and j changed; row i of ``group`` times ``between`` [groups ×
    groups] times row j of ``group``.

    What i works with is laid out while pairs of one i follow one another, and only where that costs less than to search
    for what j has. Both ways add in the order of columns.
    """
    arrays = (*row_arrays(group), *toward.arrays, *between.arrays)

    def found(i: Int64s, j: Int64s) -> Floats:
        i, j = frozen(i), frozen(j)
        parts = spread(lambda a, b: _rates(*arrays, i[a:b], j[a:b]), len(i), 64 * len(i))
        return np.concatenate(parts).transpose(1, 2, 0)

    return found


@njit
def _sizes(lp, li, rp, ri, columns, rows):  # type: ignore[no-untyped-def]
    """Entries of rows of the product that are not nought."""
    seen, sizes = np.full(columns, -1, np.int64), np.zeros(len(rows), np.int64)
    for at, row in enumerate(rows):
        for e in range(lp[row], lp[row + 1]):
            for c in ri[rp[li[e]] : rp[li[e] + 1]]:
                sizes[at] += seen[c] != row
                seen[c] = row
    return sizes


@njit
def _fill(sums, lp, li, lw, rp, ri, rw):  # type: ignore[no-untyped-def]
    """Adds the product to ``sums`` [rows, columns, STRENGTHS]."""
    for row in range(len(sums)):
        for e in range(lp[row], lp[row + 1]):
            for f in range(rp[li[e]], rp[li[e] + 1]):
                for k in range(STRENGTHS):
                    sums[row, ri[f], k] += lw[e, k] * rw[f, k]


@njit
def _products(lp, li, lw, rp, ri, rw, columns):  # type: ignore[no-untyped-def]
    """Entries of each row of the product, their columns and values."""
    rows = len(lp) - 1
    seen, touched = np.full(columns, -1, np.int32), np.empty(columns, np.int32)
    sizes = _sizes(lp, li, rp, ri, columns, np.arange(rows))
    indices, values = np.empty(sizes.sum(), np.int32), np.empty((sizes.sum(), STRENGTHS))
    sums, start = np.zeros((columns, STRENGTHS)), 0
    seen[:] = -1
    for row in range(rows):
        met = 0
        for e in range(lp[row], lp[row + 1]):
            for f in range(rp[li[e]], rp[li[e] + 1]):
                c = ri[f]
                if seen[c] != row:
                    seen[c], touched[met] = row, c
                    met += 1
                for k in range(STRENGTHS):
                    sums[c, k] += lw[e, k] * rw[f, k]
        indices[start : start + met] = np.sort(touched[:met])
        for at in range(start, start + met):
            values[at] = sums[indices[at]]
            sums[indices[at]] = 0
        start += met
    return sizes, indices, values


@njit
def _rates(gp, gi, gw, wp, wi, ww, bp, bi, bw, i, j):  # type: ignore[no-untyped-def]
    out = np.zeros((len(i), 3, STRENGTHS))
    groups = len(bp) - 1
    full = len(bi) < len(bw)
    mine, works, across = np.zeros(groups), np.zeros((groups, STRENGTHS)), np.zeros((groups, STRENGTHS))
    start = 0
    while start < len(i):
        u, stop, theirs, laid_out = i[start], start, 0, 0
        first, last = gp[u], gp[u + 1]
        while stop < len(i) and i[stop] == u:
            theirs += gp[j[stop] + 1] - gp[j[stop]]
            stop += 1
        for e in range(first, last):
            mine[gi[e]] = gw[e]
            laid_out += bp[gi[e] + 1] - bp[gi[e]]
        lay_works = wp[u + 1] - wp[u] <= SEARCH * theirs
        lay_across = laid_out <= SEARCH * theirs * (last - first)
        if lay_works:
            for f in range(wp[u], wp[u + 1]):
                works[wi[f]] = ww[f]
        if lay_across:
            _lay(across, gi[first:last], gw[first:last], bp, bi, bw)
        for p in range(start, stop):
            v, at = j[p], out[p]
            if wp[v + 1] - wp[v] <= SEARCH * (last - first):
                for f in range(wp[v], wp[v + 1]):
                    _add(at[0], ww[f], mine[wi[f]])
            else:
                for e in range(first, last):
                    _add_found(at[0], wi, ww, wp[v], wp[v + 1], gi[e], gw[e])
            for g in range(gp[v], gp[v + 1]):
                c = gi[g]
                if lay_works:
                    _add(at[1], works[c], gw[g])
                else:
                    _add_found(at[1], wi, ww, wp[u], wp[u + 1], c, gw[g])
                if lay_across:
                    _add(at[2], across[c], gw[g])
                else:
                    for e in range(first, last):
                        if full:
                            _add(across[c], bw[bp[gi[e]] + c], gw[e])
                        else:
                            _add_found(across[c], bi, bw, bp[gi[e]], bp[gi[e] + 1], c, gw[e])
                    _add(at[2], across[c], gw[g])
                    across[c] = 0
        for e in range(first, last):
            mine[gi[e]] = 0
        if lay_across and laid_out >= groups:  # always where it is full
            across[:] = 0
        elif lay_across:
            for e in range(first, last):
                for m in range(bp[gi[e]], bp[gi[e] + 1]):
                    across[bi[m]] = 0
        if lay_works:
            for f in range(wp[u], wp[u + 1]):
                works[wi[f]] = 0
        start = stop
    return out


@njit
def _lay(across, groups, weights, indptr, indices, values):  # type: ignore[no-untyped-def]
    """What some groups, by their weights, have with each."""
    for group, weight in zip(groups, weights):  # noqa: B905 numba's zip has no strict
        low, end = indptr[group], indptr[group + 1]
        if len(indices) < len(values):
            _add_row(across.ravel(), values[low:end].ravel(), weight)
        else:
            for m in range(low, end):
                _add(across[indices[m]], values[m], weight)


@njit
def _add(to, values, weight):  # type: ignore[no-untyped-def]
    for k in range(STRENGTHS):
        to[k] += values[k] * weight


@njit
def _add_row(to, values, weight):  # type: ignore[no-untyped-def]
    for at in range(len(to)):
        to[at] += values[at] * weight


@njit
def _add_found(to, indices, values, low, end, column, weight):  # type: ignore[no-untyped-def]
    """The values that the row from ``low`` to ``end`` has in a column."""
    place = place_in_row(indices, low, end, column)
    if place >= 0:
        _add(to, values[place], weight)
