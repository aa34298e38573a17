"""How ties run inside and between groups of nodes. A group is an integer label, one for each node (ValueError unless
there are as many); ties are counted, not weighed; loops are left out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graphsvc.kernels import given
from graphsvc.kernels._run import arrays, njit, without_loops
from graphsvc.snapshot.csr import Csr, Floats, Int32s, frozen

Labels = npt.NDArray[np.integer]


def attribute_assortativity(graph: Csr, labels: Labels) -> float:
    """Whether ties run inside groups more than chance would have it, -1..1; NaN where all ends are in one group.

    Newman, "Mixing patterns in networks", Phys. Rev. E 67, 026126, 2003, equation 2.
    """
    graph = without_loops(graph)
    total = len(graph.ties[0])
    if not total:
        return float("nan")
    plain = _plain(labels, graph)
    ends = np.bincount(plain, weights=np.diff(graph.indptr))
    by_chance = float(np.square(ends / (2 * total)).sum())
    return (_inside(*graph.ties, plain) / total - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")


def degree_assortativity(graph: Csr) -> float:
    """Pearson correlation of the degrees at the two ends of the ties, -1..1; NaN where all degrees are equal.

    Newman, "Mixing patterns in networks", Phys. Rev. E 67, 026126, 2003, equation 21.
    """
    graph = without_loops(graph)
    total = len(graph.indices)
    ends, squares, products = map(int, _moments(arrays(graph)[0], *graph.ties))
    spread = total * squares - ends * ends
    return (total * products - ends * ends) / spread if spread else float("nan")


def ei_index(graph: Csr, labels: Labels) -> float:
    """(external - internal) / all ties, -1..1; NaN without ties.

    Krackhardt, Stern, "Informal networks and organizational crises", Social Psychology Quarterly 51, 1988.
    """
    total = len(graph.ties[0])
    return (total - 2 * _inside(*graph.ties, _plain(labels, graph))) / total if total else float("nan")


def participation_coefficient(graph: Csr, labels: Labels) -> Floats:
    """How evenly the ties of each node are spread over groups, float64 [n] in 0..1; NaN without ties.

    Guimerà, Amaral, "Functional cartography of complex metabolic networks", Nature 433, 2005, equation 2.
    """
    values: Floats = _participation(*arrays(without_loops(graph))[:2], _plain(labels, graph))
    return values


def _plain(labels: Labels, graph: Csr) -> Int32s:
    return frozen(given.groups(labels, graph.rows))


@njit
def _inside(lower, upper, labels):  # type: ignore[no-untyped-def]
    """Ties inside groups."""
    inside = 0
    for i in range(len(lower)):
        inside += labels[lower[i]] == labels[upper[i]]
    return inside


@njit
def _participation(indptr, indices, labels):  # type: ignore[no-untyped-def]
    n = len(labels)
    values, counts = np.empty(n, np.float64), np.zeros(labels.max() + 1 if n else 0, np.int64)
    for v in range(n):
        degree, squares = indptr[v + 1] - indptr[v], 0
        for e in range(indptr[v], indptr[v + 1]):
            # the square of a count is the sum of the odd numbers up to it
            squares += 2 * counts[labels[indices[e]]] + 1
            counts[labels[indices[e]]] += 1
        for e in range(indptr[v], indptr[v + 1]):
            counts[labels[indices[e]]] = 0
        values[v] = 1.0 - squares / (float(degree) * degree) if degree else np.nan
    return values


@njit
def _moments(indptr, lower, upper):  # type: ignore[no-untyped-def]
    """Sums over ends of the degree, of its square, and of the product with the other end's: whole numbers, exact up
    to 2^53 each. Four sums at once, so that none waits for the one before."""
    degrees = np.empty(len(indptr) - 1, np.float64)
    ends, squares = 0.0, 0.0
    for v in range(len(degrees)):
        degree = float(indptr[v + 1] - indptr[v])
        degrees[v] = degree
        ends += degree * degree
        squares += degree * degree * degree
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    fours = len(lower) // 4 * 4
    for i in range(0, fours, 4):
        a += degrees[lower[i]] * degrees[upper[i]]
        b += degrees[lower[i + 1]] * degrees[upper[i + 1]]
        c += degrees[lower[i + 2]] * degrees[upper[i + 2]]
        d += degrees[lower[i + 3]] * degrees[upper[i + 3]]
    for i in range(fours, len(lower)):
        a += degrees[lower[i]] * degrees[upper[i]]
    return ends, squares, 2.0 * (a + b + c + d)
