"""Compiled sums over pairs of organisations: products of sparse rows, walks of two and three steps, who is nearer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from scipy import sparse

from graphsvc.kernels._run import njit, spread
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s, frozen

WALKS = ("common", "adamic_adar", "allocation", "spread", "strength", "recent", "three")
SEARCH = 20
"""Rough cost of a search in a row, in entries read one after the other."""
CROWD = 500
"""Of how many of a group distances are compared for each pair: bounds the time."""
Matrix: TypeAlias = sparse.csr_array
Product: TypeAlias = Callable[[Int64s, Int64s], Floats]


def pair_keys(a: Int64s, b: Int64s, n: int) -> Int64s:
    """One number for each pair of ``n`` organisations, whichever comes first: low · n + high, int64 [pairs]."""
    keys: Int64s = np.minimum(a, b) * n + np.maximum(a, b)
    return keys


def row_of(matrix: Matrix, row: int) -> tuple[list[int], list[float]]:
    """Columns and values of a row; much faster than scipy's own indexing."""
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[part].tolist(), matrix.data[part].tolist()


def row_product(left: Matrix, right: Matrix) -> Product:
    """Scalar product of row ``i`` of ``left`` and row ``j`` of ``right`` for each pair, float64 [pairs]: made once,
    asked for many pairs. It adds in the order of the columns, whichever of the two it holds still."""
    left_arrays, right_arrays, columns = row_arrays(left), row_arrays(right), left.shape[1]

    def product(i: Int64s, j: Int64s) -> Floats:
        if not (left.nnz and right.nnz):
            return np.zeros(len(i))
        first, second, i, j = left_arrays, right_arrays, frozen(i), frozen(j)
        if np.count_nonzero(np.diff(i)) > np.count_nonzero(np.diff(j)):
            first, second, i, j = second, first, j, i
        parts = spread(lambda a, b: _row_dot(*first, *second, columns, i[a:b], j[a:b]), len(i), 8 * len(i))
        return np.concatenate(parts)

    return product


def walks(tied: Csr, strength: Floats, recent: Floats, steps: Floats, i: Int64s, j: Int64s) -> dict[str, Floats]:
    """Sums over the walks from i to j, for pairs sorted by ``i``; a float64 [pairs] for each of WALKS.

    ``tied`` the graph with tie strengths as weights, ``strength`` [nodes] their sum, ``recent`` [entries] strength that
    fades with time, ``steps`` [nodes] how many walks of two steps begin there: those
    from i are gone through once, or those from each j, whichever are fewer. Two steps: their number, Adamic–Adar,
    resource allocation, products of strengths divided by the middle's, products of strengths and of recent strengths;
    three steps: L3 (Kovács et al. 2019). All are the same from j to i, but for the last digit of sums.
    """
    arrays = (*tied.read_only, frozen(strength), frozen(recent), frozen(steps))
    i, j = frozen(i), frozen(j)
    starts = np.flatnonzero(np.r_[True, i[1:] != i[:-1]]) if len(i) else np.zeros(0, np.int64)
    bounds = frozen(np.append(starts, len(i)).astype(np.int64))
    parts = spread(lambda a, b: _walks(*arrays, i, j, bounds[a : b + 1]), len(starts), 64 * len(i))
    table = np.concatenate(parts) if parts else np.zeros((0, len(WALKS)))
    return dict(zip(WALKS, table.T, strict=True))


def nearer(points: Floats, rows: Int64s, group: Int64s) -> Product:
    """How many of ``rows`` that are of j's group lie nearer to i than j does, not counting i: float64 [pairs], for
    pairs whose points are known.

    ``points`` [all rows, 3], distances are straight lines; ``group`` int64 [all rows]. Of a group larger than CROWD
    that many are looked at, evenly by row, and what is found is multiplied accordingly.
    """
    groups = int(group.max(initial=-1)) + 1
    members = [rows[group[rows] == g] for g in range(groups)]
    sizes = np.array([len(m) for m in members], np.int64)
    looked_at = [m[np.linspace(0, len(m) - 1, min(len(m), CROWD)).astype(np.int64)] for m in members]
    starts = np.concatenate([[0], np.cumsum([len(m) for m in looked_at])]).astype(np.int64)
    chosen = np.concatenate([*looked_at, np.zeros(0, np.int64)])
    among = np.zeros(len(group), np.bool_)
    among[chosen] = True
    stands_for = sizes / np.maximum(np.diff(starts), 1)
    arrays = tuple(map(frozen, (points, points[chosen].T.copy(), among, starts, stands_for, group)))

    def found(i: Int64s, j: Int64s) -> Floats:
        order = np.argsort(i * groups + group[j], kind="stable")  # from one i to one group distances are the same
        i, j, counts = frozen(i[order]), frozen(j[order]), np.empty(len(i))
        parts = spread(lambda a, b: _nearer(*arrays, i[a:b], j[a:b]), len(i), CROWD * len(i))
        counts[order] = np.concatenate(parts)
        return counts

    return found


def row_arrays(m: Matrix) -> tuple[Int64s, Int32s, Floats]:
    """Where rows begin, columns, ascending within a row, and values, as the compiled code takes them."""
    if not m.has_sorted_indices:
        m.sort_indices()
    return frozen(m.indptr.astype(np.int64)), frozen(m.indices.astype(np.int32)), frozen(m.data.astype(np.float64))


@njit
def _row_dot(lp, li, lw, rp, ri, rw, columns, i, j):  # type: ignore[no-untyped-def]
    out, row = np.zeros(len(i)), np.zeros(columns)
    start = 0
    while start < len(i):
        u, stop = i[start], start
        first, last = lp[u], lp[u + 1]
        row[li[first:last]] = lw[first:last]
        while stop < len(i) and i[stop] == u:
            f, f_end = rp[j[stop]], rp[j[stop] + 1]
            if f_end - f <= SEARCH * (last - first):
                for m in range(f, f_end):
                    out[stop] += row[ri[m]] * rw[m]
            else:
                for e in range(first, last):
                    m = place_in_row(ri, f, f_end, li[e])
                    if m >= 0:
                        out[stop] += lw[e] * rw[m]
            stop += 1
        row[li[first:last]] = 0
        start = stop
    return out


@njit
def place_in_row(indices, low, end, column):  # type: ignore[no-untyped-def]
    """Which entry of the row that goes from ``low`` to ``end`` is of a column; -1 where none is."""
    high = end
    while low < high:
        half = (low + high) // 2
        if indices[half] < column:
            low = half + 1
        else:
            high = half
    return low if low < end and indices[low] == column else -1


@njit
def _nearer(points, others, among, starts, stands_for, group, i, j):  # type: ignore[no-untyped-def]
    out, squares, measured = np.zeros(len(i)), np.empty(CROWD), (-1, -1)
    x, y, z = others
    for p in range(len(i)):
        me, it, g = points[i[p]], points[j[p]], group[j[p]]
        first, many = starts[g], starts[g + 1] - starts[g]
        if measured != (i[p], g):
            measured = (i[p], g)
            for k in range(many):
                o = first + k
                squares[k] = (x[o] - me[0]) ** 2 + (y[o] - me[1]) ** 2 + (z[o] - me[2]) ** 2
        limit = (it[0] - me[0]) ** 2 + (it[1] - me[1]) ** 2 + (it[2] - me[2]) ** 2
        count = -1 if among[i[p]] and group[i[p]] == g and limit > 0 else 0  # i itself is no distance from i
        for square in squares[:many]:
            count += square < limit
        out[p] = count * stands_for[g]
    return out


@njit
def _walks(indptr, indices, weights, strength, recent, steps, i, j, bounds):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    out = np.zeros((bounds[-1] - bounds[0], 7))
    sums, entry = np.zeros((n, 7)), np.full(n, -1)
    touched = np.empty(n, np.int32)
    root = 1 / np.sqrt(np.maximum(np.diff(indptr), 1))
    for q in range(len(bounds) - 1):
        u, met, backwards = i[bounds[q]], 0, 0.0
        for v in j[bounds[q] : bounds[q + 1]]:
            backwards += steps[v]
        if backwards < steps[u]:  # who is in a very large partnership would have to walk to all in it from each in it
            found = out[bounds[q] - bounds[0] : bounds[q + 1] - bounds[0]]
            rows = (indptr, indices, weights, strength, recent, root)
            _walks_back(found, entry, *rows, u, j[bounds[q] : bounds[q + 1]])
            continue
        for e in range(indptr[u], indptr[u + 1]):
            x = indices[e]
            through = _middle(indptr[x + 1] - indptr[x], strength[x])
            for f in range(indptr[x], indptr[x + 1]):
                y = indices[f]
                row = sums[y]
                if row[0] == 0:
                    touched[met] = y
                    met += 1
                _two_steps(row, weights, recent, e, f, through)
                row[6] += root[x] * root[y]
        for p in range(bounds[q], bounds[q + 1]):
            at = out[p - bounds[0]]
            at[:6] = sums[j[p], :6]
            for f in range(indptr[j[p]], indptr[j[p] + 1]):
                at[6] += sums[indices[f], 6]
        for t in range(met):
            sums[touched[t]] = 0
    return out


@njit
def _walks_back(out, entry, indptr, indices, weights, strength, recent, root, u, j):  # type: ignore[no-untyped-def]
    """The sums for the pairs of u with each of ``j``, by what begins at these, in the same order; ``entry`` [nodes] of
    -1 is to note which of the entries of u leads to a node, and is left as it was."""
    for e in range(indptr[u], indptr[u + 1]):
        entry[indices[e]] = e
    for p in range(len(j)):
        v, at = j[p], out[p]
        for f in range(indptr[v], indptr[v + 1]):
            y, third = indices[f], 0.0
            if entry[y] >= 0:
                back = place_in_row(indices, indptr[y], indptr[y + 1], v)
                _two_steps(at, weights, recent, entry[y], back, _middle(indptr[y + 1] - indptr[y], strength[y]))
            for x in indices[indptr[y] : indptr[y + 1]]:
                if entry[x] >= 0:
                    third += root[x] * root[y]
            at[6] += third
    for x in indices[indptr[u] : indptr[u + 1]]:
        entry[x] = -1


@njit
def _middle(degree, strength):  # type: ignore[no-untyped-def]
    """What a walk of two steps counts by its middle: Adamic–Adar, resource allocation, share of strength."""
    return 1 / np.log(max(degree, 2)), 1 / degree, 1 / strength


@njit
def _two_steps(row, weights, recent, e, f, through):  # type: ignore[no-untyped-def]
    """Add a walk by the entries ``e`` and ``f`` through the ``_middle``."""
    row[0] += 1
    row[1] += through[0]
    row[2] += through[1]
    row[3] += weights[e] * weights[f] * through[2]
    row[4] += weights[e] * weights[f]
    row[5] += recent[e] * recent[f]
