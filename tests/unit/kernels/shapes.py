"""Small graphs for the tests of kernels."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np

from graphsvc.snapshot.csr import Csr


def graph_of(n: int, ties: Sequence[tuple[int, int]], weights: Sequence[float] | None = None) -> Csr:
    """An undirected graph without loops."""
    ends = np.array(ties, np.int64).reshape(-1, 2)
    values = np.ones(len(ends)) if weights is None else np.array(weights, np.float64)
    both = np.concatenate([ends, ends[:, ::-1]])
    return Csr.from_entries(both[:, 0], both[:, 1], np.tile(values, 2), (n, n))


def twin(n: int = 300, ties: int = 900, seed: int = 5) -> tuple[Csr, nx.Graph]:
    """A heavy-tailed graph with an isolated node, weights 1..5, and the same in networkx."""
    rng = np.random.default_rng(seed)
    ends = (n * rng.random((ties, 2)) ** 2).astype(int)
    pairs = sorted({(min(u, v), max(u, v)) for u, v in ends.tolist() if u != v})
    weights = rng.integers(1, 6, len(pairs)).astype(float)
    theirs = nx.Graph()
    theirs.add_nodes_from(range(n + 1))
    theirs.add_weighted_edges_from((u, v, w) for (u, v), w in zip(pairs, weights.tolist(), strict=True))
    return graph_of(n + 1, pairs, weights.tolist()), theirs
