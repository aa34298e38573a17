"""networkx graphs that carry their arrays: what the backend ``graphsvc`` computes on.

Such a graph is a networkx graph in every way (it shares the dictionaries of the one it was made from), so that what
no kernel covers runs in networkx as it is. Arrays are made when first asked for and kept in networkx's own cache,
which networkx empties when the graph changes. A snapshot's graph (``Snapshot.to_networkx``) has them from the start.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from graphsvc.kernels._run import transpose
from graphsvc.snapshot.csr import LARGEST, Csr
from graphsvc.snapshot.graph import CACHE, Arrays, KernelGraph


class KernelDiGraph(nx.DiGraph):  # type: ignore[type-arg]
    """A directed graph of the backend."""

    __networkx_backend__ = "graphsvc"


class KernelMultiGraph(nx.MultiGraph):  # type: ignore[type-arg]
    """An undirected graph with parallel ties."""

    __networkx_backend__ = "graphsvc"


class KernelMultiDiGraph(nx.MultiDiGraph):  # type: ignore[type-arg]
    """A directed graph with parallel ties."""

    __networkx_backend__ = "graphsvc"


TINIEST, HUGEST = 1e-150, 1e150
"""Between these, the squares of weights neither vanish nor overflow."""
KERNEL_CLASSES: dict[type, type] = {
    nx.Graph: KernelGraph,
    nx.DiGraph: KernelDiGraph,
    nx.MultiGraph: KernelMultiGraph,
    nx.MultiDiGraph: KernelMultiDiGraph,
}
NETWORKX_CLASSES = {ours: theirs for theirs, ours in KERNEL_CLASSES.items()}


def as_class(graph: Any, classes: dict[type, type]) -> Any:
    """The graph under another class, sharing all it holds; itself where its class is not among ``classes``."""
    target = classes.get(type(graph))
    if target is None:
        return graph
    twin: Any = object.__new__(target)
    twin.__dict__.update(graph.__dict__)
    return twin


def arrays_of(graph: Any, weight: Any = None) -> Arrays | None:
    """The arrays of a backend graph; None where kernels would not give networkx's numbers: another class of graph,
    weights that are no finite real numbers, too large or small to be multiplied, or parallel, or more than 2^31 - 1
    nodes."""
    if type(graph) not in NETWORKX_CLASSES or not isinstance(weight, str | None):
        return None
    if weight is not None and graph.is_multigraph():
        return None
    # a view's cache is not emptied when the graph behind it changes
    cache = None if hasattr(graph, "_graph") else graph.__networkx_cache__
    if cache is None:
        return _read(graph, weight)
    kept = cache.setdefault(CACHE, {})
    if weight not in kept:
        kept[weight] = _read(graph, weight)
    found: Arrays | None = kept[weight]
    return found


def _read(graph: Any, weight: str | None) -> Arrays | None:
    nodes = list(graph)
    if len(nodes) > LARGEST:
        return None
    number = {node: i for i, node in enumerate(nodes)}
    rows = [nbrs for _, nbrs in graph.adjacency()]
    indices = np.fromiter((number[v] for nbrs in rows for v in nbrs), np.int32)
    weights = np.ones(len(indices)) if weight is None else _weights(rows, weight)
    if weights is None:
        return None
    counts = np.fromiter((len(nbrs) for nbrs in rows), np.int64, len(rows))
    indptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
    adjacency = Csr(indptr, indices, weights, len(nodes))
    # reversing twice sorts the rows
    return Arrays(nodes, transpose(transpose(adjacency)), adjacency, graph.is_directed(), adjacency.looped)


def _weights(rows: list[Any], weight: str) -> Any:
    values = np.array([data.get(weight, 1) for nbrs in rows for data in nbrs.values()])
    if values.size == 0:
        return np.ones(0)
    if values.ndim != 1 or values.dtype.kind not in "iuf":
        return None
    floats = values.astype(np.float64)
    size = np.abs(floats[floats != 0])
    low, high = size.min(initial=1.0), size.max(initial=1.0)
    exact = values.dtype.kind == "f" or high * len(rows) < 2**53  # whole numbers of Python have no rounding
    return floats if np.isfinite(floats).all() and low > TINIEST and high < HUGEST and exact else None
