"""Structural holes: Burt's constraint and effective size (Burt, "Structural Holes", 1992)."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit, spread, transpose, without_loops
from graphsvc.kernels.triangles import CHUNKS, upward
from graphsvc.snapshot.csr import Csr, Floats, Int32s, frozen

OVER_MIDDLES = 4
"""Ranges of the sums over ties: each range holds a number for every tie."""


def constraint(graph: Csr, *, weighted: bool = False, directed: bool = False) -> Floats:
    """How far each node's ties lead to nodes that are tied to each other, float64 [n]; NaN for a node alone.

    Low where a node bridges groups. Ties are weighed by both directions together; loops are ignored.
    """
    mutual = _mutual(graph, weighted=weighted, directed=directed)
    (ptr, idx, weights), names = upward(mutual, mutual.weights)
    totals, _ = _by_new_name(mutual, names)
    parts = spread(lambda a, b: _over_middles(ptr, idx, weights, totals, a, b), graph.rows, 8 * len(idx), OVER_MIDDLES)
    values: Floats = _squares(ptr, idx, weights + np.sum(parts, axis=0), totals)[names]
    return np.where(np.diff(mutual.indptr) > 0, values, np.nan)


def effective_size(graph: Csr, *, weighted: bool = False, directed: bool = False) -> Floats:
    """Neighbours less the redundancy among them, float64 [n]; NaN for a node alone; loops are ignored.

    Without weights or directions: the degree less the mean degree among the neighbours (Borgatti 1997).
    """
    mutual = _mutual(graph, weighted=weighted, directed=directed)
    (ptr, idx, weights), names = upward(mutual, mutual.weights)
    both = _by_new_name(mutual, names)
    parts = spread(lambda a, b: _redundancy(ptr, idx, weights, *both, a, b), graph.rows, 8 * len(idx), CHUNKS)
    degrees = np.diff(mutual.indptr)
    return np.where(degrees > 0, degrees - np.sum(parts, axis=0)[names], np.nan)


def _mutual(graph: Csr, *, weighted: bool, directed: bool) -> Csr:
    """Weights of both directions together, without loops; an undirected tie counts twice, which no ratio shows."""
    indptr, indices, weights = arrays(without_loops(graph))
    plain = Csr(indptr, indices, weights if weighted else np.ones_like(weights), graph.columns)
    if not directed:
        return plain
    return Csr.from_scipy(plain.to_scipy() + transpose(plain).to_scipy())


def _by_new_name(mutual: Csr, names: Int32s) -> tuple[Floats, Floats]:
    """One over the sum, and over the largest, of each node's weights; 0 where that is 0."""
    found = np.zeros((2, mutual.rows))
    found[:, names] = _sums_and_tops(*arrays(mutual)[::2])
    inverse = np.divide(1.0, found, out=np.zeros_like(found), where=found != 0)
    return frozen(inverse[0]), frozen(inverse[1])


@njit
def _sums_and_tops(indptr, weights):  # type: ignore[no-untyped-def]
    found = np.zeros((2, len(indptr) - 1), np.float64)
    for v in range(len(indptr) - 1):
        for e in range(indptr[v], indptr[v + 1]):
            found[0, v] += weights[e]
            found[1, v] = max(found[1, v], weights[e])
    return found


@njit
def _over_middles(ptr, idx, weights, totals, start, stop):  # type: ignore[no-untyped-def]
    """For each tie the sum over its triangles of the two other ties' product over the third node's total: what is
    invested over a middle node, but for the total of the one who invests. Each triangle u, v, w is met once."""
    mark = np.full(len(ptr) - 1, -1, np.int64)
    through = np.zeros(len(weights), np.float64)
    for u in range(start, stop):
        for e in range(ptr[u], ptr[u + 1]):
            mark[idx[e]] = e
        for e in range(ptr[u], ptr[u + 1]):
            v = idx[e]
            for f in range(ptr[v], ptr[v + 1]):
                w = idx[f]
                g = mark[w]
                if g >= ptr[u]:
                    through[e] += weights[f] * weights[g] * totals[w]
                    through[f] += weights[e] * weights[g] * totals[u]
                    through[g] += weights[e] * weights[f] * totals[v]
    return through


@njit
def _squares(ptr, idx, invested, totals):  # type: ignore[no-untyped-def]
    """Sum over each node's ties of the square of what is invested in them."""
    values = np.zeros(len(ptr) - 1, np.float64)
    for u in range(len(values)):
        for e in range(ptr[u], ptr[u + 1]):
            v = idx[e]
            values[u] += (invested[e] * totals[u]) ** 2
            values[v] += (invested[e] * totals[v]) ** 2
    return values


@njit
def _redundancy(ptr, idx, weights, totals, tops, start, stop):  # type: ignore[no-untyped-def]
    """Sum over each node's pairs of neighbours v, w of p(u, w) · weight(v, w) / max weight of v, both ways round."""
    n = len(ptr) - 1
    mark, values = np.full(n, -1, np.int64), np.zeros(n, np.float64)
    for u in range(start, stop):
        for e in range(ptr[u], ptr[u + 1]):
            mark[idx[e]] = e
        for e in range(ptr[u], ptr[u + 1]):
            v, uv = idx[e], weights[e]
            for f in range(ptr[v], ptr[v + 1]):
                w = idx[f]
                if mark[w] >= ptr[u]:
                    vw, uw = weights[f], weights[mark[w]]
                    values[u] += vw * totals[u] * (uw * tops[v] + uv * tops[w])
                    values[v] += uw * totals[v] * (vw * tops[u] + uv * tops[w])
                    values[w] += uv * totals[w] * (vw * tops[u] + uw * tops[v])
    return values
