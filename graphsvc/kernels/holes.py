"""Structural holes: Burt's constraint and effective size (Burt, "Structural Holes", 1992)."""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit, spread, transpose
from graphsvc.kernels.triangles import triangles
from graphsvc.snapshot.csr import Csr, Floats


def constraint(graph: Csr, *, weighted: bool = False, directed: bool = False) -> Floats:
    """How far each node's ties lead to nodes that are tied to each other, float64 [n]; NaN for a node alone.

    Low where a node bridges groups. Ties are weighed by both directions together.
    """
    mutual = arrays(_mutual(graph, weighted=weighted, directed=directed))
    shares = _shares(*mutual)
    parts = spread(lambda a, b: _constraint(mutual[0], mutual[1], shares, a, b), graph.rows, 8 * len(shares))
    values: Floats = np.concatenate(parts)
    return values


def effective_size(graph: Csr, *, weighted: bool = False, directed: bool = False) -> Floats:
    """Neighbours less the redundancy among them, float64 [n]; NaN for a node alone.

    Without weights or directions: the degree less the mean degree among the neighbours (Borgatti 1997).
    """
    mutual = arrays(_mutual(graph, weighted=weighted, directed=directed))
    shares = _shares(*mutual)
    parts = spread(lambda a, b: _effective(*mutual, shares, a, b), graph.rows, 8 * len(shares))
    values: Floats = np.concatenate(parts)
    return values


def simple_effective_size(graph: Csr) -> Floats:
    """Borgatti's form for a graph without loops, weights or directions, from triangles alone."""
    degrees = np.diff(graph.indptr).astype(np.float64)
    inner = 2.0 * triangles(graph)
    means = np.divide(inner, degrees, out=np.full(graph.rows, np.nan), where=degrees > 0)
    sizes: Floats = degrees - means
    return sizes


def _mutual(graph: Csr, *, weighted: bool, directed: bool) -> Csr:
    """Weights of both directions together; an undirected tie counts twice, which no ratio shows."""
    indptr, indices, weights = arrays(graph)
    plain = Csr(indptr, indices, weights if weighted else np.ones_like(weights), graph.columns)
    if not directed:
        return plain
    return Csr.from_scipy(plain.to_scipy() + transpose(plain).to_scipy())


@njit
def _shares(indptr, indices, weights):  # type: ignore[no-untyped-def]
    shares = np.zeros(len(indices), np.float64)
    for v in range(len(indptr) - 1):
        total = weights[indptr[v] : indptr[v + 1]].sum()
        for e in range(indptr[v], indptr[v + 1]):
            shares[e] = weights[e] / total if total else 0.0
    return shares


@njit
def _alone(indptr, indices, u):  # type: ignore[no-untyped-def]
    degree = indptr[u + 1] - indptr[u]
    return degree == 0 or (degree == 1 and indices[indptr[u]] == u)


@njit
def _constraint(indptr, indices, shares, start, stop):  # type: ignore[no-untyped-def]
    """p of the tie itself plus p · p over each middle node, squared, summed over neighbours."""
    n = len(indptr) - 1
    through = np.zeros(n, np.float64)
    values = np.zeros(stop - start, np.float64)
    for u in range(start, stop):
        for e in range(indptr[u], indptr[u + 1]):
            w = indices[e]
            through[w] += shares[e]
            for f in range(indptr[w], indptr[w + 1]):
                through[indices[f]] += shares[e] * shares[f]
        for e in range(indptr[u], indptr[u + 1]):
            values[u - start] += through[indices[e]] ** 2
        for e in range(indptr[u], indptr[u + 1]):
            w = indices[e]
            through[w] = 0.0
            for f in range(indptr[w], indptr[w + 1]):
                through[indices[f]] = 0.0
        if _alone(indptr, indices, u):
            values[u - start] = np.nan
    return values


@njit
def _effective(indptr, indices, weights, shares, start, stop):  # type: ignore[no-untyped-def]
    """Over neighbours v: 1 less the sum over middle nodes w of p(u, w) · weight(v, w) / max weight of v."""
    n = len(indptr) - 1
    mine = np.zeros(n, np.float64)
    values = np.zeros(stop - start, np.float64)
    for u in range(start, stop):
        for e in range(indptr[u], indptr[u + 1]):
            mine[indices[e]] = shares[e]
        for e in range(indptr[u], indptr[u + 1]):
            v = indices[e]
            top, common = 0.0, 0.0
            for f in range(indptr[v], indptr[v + 1]):
                top = max(top, weights[f])
                common += mine[indices[f]] * weights[f]
            values[u - start] += 1.0 - (common / top if top else 0.0)
        for e in range(indptr[u], indptr[u + 1]):
            mine[indices[e]] = 0.0
        if _alone(indptr, indices, u):
            values[u - start] = np.nan
    return values
