"""How ties run inside and between groups of nodes. A group is an integer label; ties are counted, not weighed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graphsvc.kernels._run import arrays, njit
from graphsvc.snapshot.csr import Csr, Floats, Int64s

Labels = npt.NDArray[np.integer]


def mixing_matrix(graph: Csr, labels: Labels) -> Int64s:
    """Ends of ties from group to group, int64 [groups, groups], symmetric: a tie inside a group counts twice.

    labels : int [n], 0 .. groups - 1
    """
    groups = int(labels.max(initial=-1)) + 1
    source = np.repeat(labels, np.diff(graph.indptr)).astype(np.int64)
    ends = np.bincount(source * groups + labels[graph.indices], minlength=groups * groups)
    return ends.reshape(groups, groups)


def attribute_assortativity(graph: Csr, labels: Labels) -> float:
    """Whether ties run inside groups more than chance would have it, -1..1; NaN where all ends are in one group.

    Newman, "Mixing patterns in networks", Phys. Rev. E 67, 026126, 2003, equation 2.
    """
    ends = mixing_matrix(graph, labels)
    if not ends.sum():
        return float("nan")
    shares = ends / ends.sum()
    by_chance = float((shares.sum(axis=0) * shares.sum(axis=1)).sum())
    return (float(np.trace(shares)) - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")


def degree_assortativity(graph: Csr) -> float:
    """Pearson correlation of the degrees at the two ends of the ties, -1..1; NaN where all degrees are equal.

    Newman, "Mixing patterns in networks", Phys. Rev. E 67, 026126, 2003, equation 21.
    """
    indptr, indices, _ = arrays(graph)
    return float(_degree_correlation(indptr, indices))


def ei_index(graph: Csr, labels: Labels) -> float:
    """(external - internal) / all ties, -1..1; NaN without ties.

    Krackhardt, Stern, "Informal networks and organizational crises", Social Psychology Quarterly 51, 1988.
    """
    ends = mixing_matrix(graph, labels)
    total, inside = int(ends.sum()), int(np.trace(ends))
    return (total - 2 * inside) / total if total else float("nan")


def participation_coefficient(graph: Csr, labels: Labels) -> Floats:
    """How evenly the ties of each node are spread over groups, float64 [n] in 0..1; NaN without ties.

    Guimerà, Amaral, "Functional cartography of complex metabolic networks", Nature 433, 2005, equation 2.
    """
    groups = int(labels.max(initial=-1)) + 1
    n, degrees = graph.rows, np.diff(graph.indptr)
    source = np.repeat(np.arange(n), degrees)
    pairs, counts = np.unique(source * max(groups, 1) + labels[graph.indices], return_counts=True)
    squares = np.bincount(pairs // max(groups, 1), weights=counts.astype(np.float64) ** 2, minlength=n)
    with np.errstate(invalid="ignore"):
        return 1.0 - squares / degrees.astype(np.float64) ** 2


@njit
def _degree_correlation(indptr, indices):  # type: ignore[no-untyped-def]
    """Both ends have the same mean and spread, as every tie is met from either side."""
    degrees, total, mean = np.diff(indptr), len(indices), 0.0
    for d in degrees:
        mean += d * d
    mean = mean / total if total else 0.0
    products, squares = 0.0, 0.0
    for v in range(len(degrees)):
        near = 0.0
        for e in range(indptr[v], indptr[v + 1]):
            near += degrees[indices[e]] - mean
        products += (degrees[v] - mean) * near
        squares += degrees[v] * (degrees[v] - mean) ** 2
    return products / squares if squares > 1e-9 * mean * mean else np.nan
