"""PageRank, personalised PageRank and eigenvector centrality: power iterations with networkx's own stopping rules."""

from __future__ import annotations

import networkx as nx
import numpy as np

from graphsvc.kernels._run import arrays, by_degree, njit, spread, transpose, unsigned
from graphsvc.snapshot.csr import Csr, Floats, frozen

RENAMED_FROM = 10_000
"""Nodes above which values outgrow the processor's fastest memory."""
NONE = frozen(np.empty(0))


class _Pull:
    """Sums over incoming ties, the work of each step of a power iteration.

    Nodes of a large graph are renamed by falling degree: most of what is read then lies close together.
    """

    def __init__(self, graph: Csr, *, weighted: bool, directed: bool) -> None:
        into = transpose(graph) if directed else graph
        self.names = None
        if graph.rows >= RENAMED_FROM:
            into, self.names = by_degree(into)
        indptr, indices, weights = arrays(into)
        self.ties = *unsigned(indptr, indices), weights if weighted else NONE

    def renamed(self, values: Floats) -> Floats:
        """Values by node in the order in which they are summed."""
        if self.names is None:
            return values
        found = np.empty_like(values)
        found[self.names] = values
        return found

    def named(self, values: Floats) -> Floats:
        """The other way round."""
        return values if self.names is None else values[self.names]

    def __call__(self, x: Floats) -> Floats:
        out = np.empty(len(x))
        spread(lambda a, b: _pull(*self.ties, x, out, a, b), len(out), len(self.ties[1]) // 4)
        return out


def pagerank(
    graph: Csr,
    *,
    alpha: float = 0.85,
    personalization: Floats | None = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: Floats | None = None,
    dangling: Floats | None = None,
    weighted: bool = True,
    directed: bool = False,
) -> Floats:
    """PageRank of each node, float64 [n], summing to 1.

    personalization, nstart, dangling : float64 [n], scaled to sum 1; where the walk restarts, starts, and goes from
        a node without ties. tol : the sum of changes stops below n · tol.
    Raises networkx.PowerIterationFailedConvergence, and ZeroDivisionError for a personalization of zeros.
    """
    n = graph.rows
    if n == 0:
        return np.empty(0)
    pull = _Pull(graph, weighted=weighted, directed=directed)
    totals = pull.renamed(_totals(*arrays(graph)[::2], weighted))
    shares = np.divide(1.0, totals, out=np.zeros(n), where=totals != 0)
    x, p = (np.full(n, 1.0 / n) if v is None else pull.renamed(_scaled(v)) for v in (nstart, personalization))
    rest = (1 - alpha) * p
    leaks = np.flatnonzero(totals == 0)
    back = p if dangling is None else pull.renamed(_scaled(dangling))
    for _ in range(max_iter):
        last = x
        x = pull(last * shares)
        if _damped(x, last, alpha, rest, leaks, back) < n * tol:
            return pull.named(x)
    raise nx.PowerIterationFailedConvergence(max_iter)


def eigenvector_centrality(
    graph: Csr,
    *,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: Floats | None = None,
    weighted: bool = False,
    directed: bool = False,
) -> Floats:
    """Left eigenvector of the largest eigenvalue, float64 [n] of length 1.

    Raises networkx.PowerIterationFailedConvergence when ``max_iter`` steps leave changes above n · tol in sum.
    """
    n = graph.rows
    pull = _Pull(graph, weighted=weighted, directed=directed)
    x = np.full(n, 1.0 / n) if nstart is None else pull.renamed(_scaled(nstart))
    for _ in range(max_iter):
        last = x
        x = pull(last)
        if _of_length_one(x, last) < n * tol:
            return pull.named(x)
    raise nx.PowerIterationFailedConvergence(max_iter)


def _scaled(values: Floats) -> Floats:
    total = values.sum()
    if total == 0:
        raise ZeroDivisionError
    scaled: Floats = values / total
    return scaled


@njit
def _totals(indptr, weights, weighted):  # type: ignore[no-untyped-def]
    """Sum of the weights of each row, or its length."""
    totals = np.zeros(len(indptr) - 1, np.float64)
    for v in range(len(totals)):
        if weighted:
            for e in range(indptr[v], indptr[v + 1]):
                totals[v] += weights[e]
        else:
            totals[v] = indptr[v + 1] - indptr[v]
    return totals


@njit
def _pull(indptr, indices, weights, x, out, start, stop):  # type: ignore[no-untyped-def]
    """Where there are no weights, each is 1."""
    for i in range(start, stop):
        total = 0.0
        if len(weights):
            for e in range(indptr[i], indptr[i + 1]):
                total += weights[e] * x[indices[e]]
        else:
            for e in range(indptr[i], indptr[i + 1]):
                total += x[indices[e]]
        out[i] = total


@njit
def _damped(x, last, alpha, rest, leaks, back):  # type: ignore[no-untyped-def]
    """Finish a step of PageRank in ``x``; returns the sum of changes."""
    leaked = 0.0
    for v in leaks:
        leaked += last[v]
    for v in range(len(x)):
        x[v] = alpha * (x[v] + leaked * back[v]) + rest[v]
    return _change(x, last)


@njit
def _of_length_one(x, last):  # type: ignore[no-untyped-def]
    """Finish a step toward the eigenvector in ``x``; returns the sum of changes."""
    for v in range(len(x)):
        x[v] += last[v]
    length = np.sqrt(_square(x))
    scale = 1.0 / length if length else 1.0
    for v in range(len(x)):
        x[v] *= scale
    return _change(x, last)


@njit
def _square(x):  # type: ignore[no-untyped-def]
    """Four sums side by side, as an addition takes four steps of the processor."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    whole = len(x) & ~3
    for v in range(0, whole, 4):
        a += x[v] * x[v]
        b += x[v + 1] * x[v + 1]
        c += x[v + 2] * x[v + 2]
        d += x[v + 3] * x[v + 3]
    for v in range(whole, len(x)):
        a += x[v] * x[v]
    return a + b + c + d


@njit
def _change(x, last):  # type: ignore[no-untyped-def]
    """Sum of the changes, in four sums as well."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    whole = len(x) & ~3
    for v in range(0, whole, 4):
        a += abs(x[v] - last[v])
        b += abs(x[v + 1] - last[v + 1])
        c += abs(x[v + 2] - last[v + 2])
        d += abs(x[v + 3] - last[v + 3])
    for v in range(whole, len(x)):
        a += abs(x[v] - last[v])
    return a + b + c + d
