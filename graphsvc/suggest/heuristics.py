"""Textbook link predictors, for any list of pairs on one graph.

Each takes ``graph`` (undirected, both directions stored; the weights are ignored: a tie is a tie) and the two ends
of the pairs, ``left`` and ``right`` (int [pairs], node numbers), and returns float64 [pairs]: the higher, the
likelier. They are meant for pairs without a tie; memory is linear in the pairs and their ends' neighbours, and Katz has
[nodes, WALKERS] numbers at a time besides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import eigsh

from graphsvc.snapshot.csr import Csr

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
CHUNK = 2048
DENSE = 300_000_000
"""Nodes times ties' ends (the work of a step from every node) from which on Katz counts walks of four steps only."""
WALKERS = 20_000_000
"""Nodes times sources that Katz carries at a time: bounds the memory."""
WORK, FARTHEST = 2_000_000_000, 100
"""Ties' ends times sources times steps that Katz takes to far pairs at most, and steps: floats hold no later ones."""
NOTHING = 1e-17
"""The share of a sum from which on further steps of walks change none of its digits: a pair's are the same beside
whatever others, and from either end."""
DIGITS = 12
"""Binary fractions are kept to so many decimals: sums that are equal stay equal, in whatever order they were made."""


class Predictor(Protocol):
    """Scores pairs of nodes; the higher, the likelier."""

    def __call__(self, graph: Csr, left: Ints, right: Ints) -> Floats: ...


def common_neighbours(graph: Csr, left: Ints, right: Ints) -> Floats:
    """|N(u) ∩ N(v)|, at least 0 (Newman 2001)."""
    return _shared(adjacency(graph), np.ones(graph.rows), left, right)


def jaccard(graph: Csr, left: Ints, right: Ints) -> Floats:
    """|N(u) ∩ N(v)| / |N(u) ∪ N(v)|, in [0, 1], 0 for two nodes without neighbours (Jaccard 1901)."""
    common = common_neighbours(graph, left, right)
    degree = degrees(graph)
    return common / np.maximum(degree[left] + degree[right] - common, 1)


def adamic_adar(graph: Csr, left: Ints, right: Ints) -> Floats:
    """Σ 1 / ln k(w) over common neighbours w, at least 0 (Adamic & Adar 2003)."""
    degree = degrees(graph)
    return _shared(adjacency(graph), 1 / np.log(np.maximum(degree, 2)), left, right)


def resource_allocation(graph: Csr, left: Ints, right: Ints) -> Floats:
    """Σ 1 / k(w) over common neighbours w, at least 0 (Zhou, Lü & Zhang 2009)."""
    return _shared(adjacency(graph), 1 / np.maximum(degrees(graph), 1), left, right)


def preferential_attachment(graph: Csr, left: Ints, right: Ints) -> Floats:
    """k(u) · k(v), at least 0 (Barabási & Albert 1999)."""
    degree = degrees(graph)
    return degree[left] * degree[right]


def l3(graph: Csr, left: Ints, right: Ints) -> Floats:
    """Σ 1 / √(k(x) k(y)) over paths u–x–y–v, at least 0 (Kovács et al. 2019)."""
    a = adjacency(graph)
    damped = sparse.diags_array(1 / np.sqrt(np.maximum(degrees(graph), 1)))
    scaled = sparse.csr_array(a @ damped)
    return _per_chunk(left, right, lambda u, v: _dot(scaled[u] @ a @ damped, a[v]))


def katz(graph: Csr, left: Ints, right: Ints, beta: float = 0.001) -> Floats:
    """Σ βˡ · (walks of length l from u to v), at least 0 (Katz 1953).

    ``beta`` is lowered to half the inverse of the largest eigenvalue where the sum would not converge. In very large
    graphs (see DENSE) walks of up to 4 steps; in others as many steps as it takes from one to the other (see WORK), and
    as change a sum. Summed up, not solved for: scores of far pairs don't drown in the rounding of a matrix's inverse.
    """
    a = adjacency(graph)
    if graph.rows * len(graph.indices) > DENSE:
        return _per_chunk(left, right, lambda u, v: _short_katz(a, u, v, beta))
    largest = max(_largest_eigenvalue(a), 1e-12)
    damping = min(beta, 0.5 / largest)
    steps = int(np.log(NOTHING) / np.log(damping * largest))
    most = min(WORK // max(len(graph.indices) * len(np.unique(left)), 1), FARTHEST)
    chunk = max(min(CHUNK, WALKERS // max(graph.rows, 1)), 1)
    return _per_chunk(left, right, lambda u, v: _damped_walks(a * damping, steps, max(steps, most), u, v), chunk)


def random(graph: Csr, left: Ints, right: Ints, seed: int = 0) -> Floats:  # noqa: ARG001 (one signature for all)
    """A uniform draw per pair, in [0, 1), the same for the same seed: what knowing nothing gives."""
    return np.random.default_rng(seed).random(len(left))


PREDICTORS: Mapping[str, Predictor] = {
    "common_neighbors": common_neighbours,
    "jaccard": jaccard,
    "adamic_adar": adamic_adar,
    "resource_allocation": resource_allocation,
    "preferential_attachment": preferential_attachment,
    "l3": l3,
    "katz": katz,
    "random": random,
}
"""Every predictor under the name it has in printed results."""


def adjacency(graph: Csr) -> sparse.csr_array:
    """The graph's matrix with 1 for every tie."""
    shape = (graph.rows, graph.columns)
    return sparse.csr_array((np.ones(len(graph.indices)), graph.indices, graph.indptr), shape=shape)


def degrees(graph: Csr) -> Floats:
    """Number of neighbours of every node, float64 [nodes]."""
    return np.diff(graph.indptr).astype(np.float64)


def _shared(a: sparse.csr_array, worth: Floats, left: Ints, right: Ints) -> Floats:
    """Sum of ``worth`` over the common neighbours of each pair."""
    scaled = sparse.csr_array(a @ sparse.diags_array(worth))
    return _per_chunk(left, right, lambda u, v: _dot(scaled[u], a[v]))


def _dot(one: sparse.csr_array, other: sparse.csr_array) -> Floats:
    """Row by row scalar product."""
    return np.asarray(one.multiply(other).sum(axis=1), dtype=np.float64).ravel()


def _damped_walks(a: sparse.csr_array, steps: int, most: int, u: Ints, v: Ints) -> Floats:
    """Entries of a + a² + …, carried from the sources as dense columns: ``steps`` more powers than it takes to reach
    all that there is a way to, at most to the power ``most``."""
    sources, column = np.unique(u, return_inverse=True)
    total = state = a[:, sources].toarray()
    done, last, before = 1, 1, 0
    while done < min(last + steps, most):
        if not total[v, column].all() and (reached := int(np.count_nonzero(total))) > before:
            last, before = done + 1, reached
        state = a @ state
        total, done = total + state, done + 1
    found: Floats = total[v, column]
    return found


def _short_katz(a: sparse.csr_array, u: Ints, v: Ints, beta: float) -> Floats:
    from_u, from_v = a[u], a[v]
    two_u, two_v = from_u @ a, from_v @ a
    tied = np.asarray(a[u, v], dtype=np.float64).ravel()
    walks = (tied, _dot(from_u, from_v), _dot(two_u, from_v), _dot(two_u, two_v))
    total: Floats = np.sum([beta**length * count for length, count in enumerate(walks, 1)], axis=0)
    return total


def _largest_eigenvalue(a: sparse.csr_array) -> float:
    if a.shape[0] < 3 or not a.nnz:
        return float(a.nnz > 0)
    start = np.ones(a.shape[0])
    return float(eigsh(a, k=1, which="LA", return_eigenvectors=False, v0=start)[0])


def _per_chunk(left: Ints, right: Ints, score: Callable[[Ints, Ints], Floats], chunk: int | None = None) -> Floats:
    chunk = chunk or CHUNK
    parts = [score(left[i : i + chunk], right[i : i + chunk]) for i in range(0, len(left), chunk)]
    fraction, exponent = np.frexp(np.concatenate([*parts, np.zeros(0)]))
    rounded: Floats = np.ldexp(np.round(fraction, DIGITS), exponent)
    return rounded
