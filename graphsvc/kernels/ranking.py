"""PageRank, personalised PageRank and eigenvector centrality: power iterations with networkx's own stopping rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import networkx as nx
import numpy as np

from graphsvc.kernels._run import arrays, njit, spread, transpose
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s


@dataclass(frozen=True, slots=True)
class _Pull:
    """Sums over incoming ties, the work of each step of a power iteration."""

    indptr: Int64s
    indices: Int32s
    weights: Floats

    @classmethod
    def of(cls, graph: Csr, *, weighted: bool, directed: bool) -> Self:
        indptr, indices, weights = arrays(transpose(graph) if directed else graph)
        return cls(indptr, indices, weights if weighted else np.ones_like(weights))

    def __call__(self, x: Floats) -> Floats:
        out = np.empty(len(self.indptr) - 1)
        spread(
            lambda a, b: _pull(self.indptr, self.indices, self.weights, x, out, a, b),
            len(out),
            len(self.indices) // 4,
        )
        return out

    def row_sums(self) -> Floats:
        """Sum of the weights of each row."""
        return self(np.ones(len(self.indptr) - 1))


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
    pull = _Pull.of(graph, weighted=weighted, directed=directed)
    totals = pull.row_sums() if not directed else _Pull.of(graph, weighted=weighted, directed=False).row_sums()
    shares = np.divide(1.0, totals, out=np.zeros(n), where=totals != 0)
    x: Floats = np.full(n, 1.0 / n) if nstart is None else nstart / nstart.sum()
    p = np.full(n, 1.0 / n) if personalization is None else _scaled(personalization)
    leaks = np.flatnonzero(totals == 0)
    back = p if dangling is None else dangling / dangling.sum()
    for _ in range(max_iter):
        last = x
        x = alpha * (pull(last * shares) + last[leaks].sum() * back) + (1 - alpha) * p
        if np.abs(x - last).sum() < n * tol:
            return x
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
    pull = _Pull.of(graph, weighted=weighted, directed=directed)
    x = np.full(n, 1.0 / n) if nstart is None else nstart / nstart.sum()
    for _ in range(max_iter):
        last = x
        x = last + pull(last)
        x = x / (float(np.sqrt(np.square(x).sum())) or 1.0)
        if np.abs(x - last).sum() < n * tol:
            return x
    raise nx.PowerIterationFailedConvergence(max_iter)


def _scaled(values: Floats) -> Floats:
    total = values.sum()
    if total == 0:
        raise ZeroDivisionError
    scaled: Floats = values / total
    return scaled


@njit
def _pull(indptr, indices, weights, x, out, start, stop):  # type: ignore[no-untyped-def]
    for i in range(start, stop):
        total = 0.0
        for e in range(indptr[i], indptr[i + 1]):
            total += weights[e] * x[indices[e]]
        out[i] = total
