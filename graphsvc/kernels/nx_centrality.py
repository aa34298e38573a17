"""Centralities and distances under networkx's signatures (see ``backend``)."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from graphsvc.kernels import betweenness, distances, ranking, weighted_paths
from graphsvc.kernels._run import transpose
from graphsvc.kernels.graph import arrays_of
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.snapshot.graph import Arrays

registered: dict[str, Any] = vars(nx.utils.backends)["_registered_algorithms"]
"""Every function that networkx dispatches."""


def by_node(arrays: Arrays, values: Any) -> dict[Any, Any]:
    """Plain numbers keyed by node."""
    return dict(zip(arrays.nodes, values.tolist(), strict=True))


def networkx_own(name: str) -> Any:
    """networkx's function, not dispatched."""
    return registered[name].orig_func


def path_arrays(graph: Any, weight: Any) -> Arrays | None:
    """Arrays on which distances can be found."""
    arrays = arrays_of(graph, weight)
    return arrays if arrays is not None and weighted_paths.are_distances(arrays.csr) else None


def closeness_centrality(G: Any, u: Any = None, distance: Any = None, wf_improved: bool = True) -> Any:
    arrays = path_arrays(G, distance) if u is None else None
    if arrays is None:
        return networkx_own("closeness_centrality")(G, u, distance, wf_improved)
    measure = distances.closeness_centrality if distance is None else weighted_paths.weighted_closeness
    return by_node(arrays, measure(arrays.csr, wf_improved=bool(wf_improved)))


def harmonic_centrality(G: Any, nbunch: Any = None, distance: Any = None, sources: Any = None) -> Any:
    arrays = path_arrays(G, distance) if nbunch is None and sources is None else None
    if arrays is None:
        return networkx_own("harmonic_centrality")(G, nbunch, distance, sources)
    measure = distances.harmonic_centrality if distance is None else weighted_paths.weighted_harmonic
    return by_node(arrays, measure(arrays.csr))


def eccentricity(G: Any, v: Any = None, sp: Any = None, weight: Any = None) -> Any:
    arrays = arrays_of(G) if v is None and sp is None and weight is None else None
    if arrays is not None:
        # distances are those of incoming paths; eccentricity is about outgoing ones
        csr = transpose(arrays.csr) if arrays.directed else arrays.csr
        found = distances.distances(csr)
        if (found.reached == csr.rows - 1).all():
            return by_node(arrays, found.farthest)
    return networkx_own("eccentricity")(G, v, sp, weight)


def average_shortest_path_length(G: Any, weight: Any = None, method: Any = None) -> Any:
    arrays = arrays_of(G) if weight is None and method in (None, "unweighted") else None
    if arrays is not None and arrays.csr.rows > 1:
        n = arrays.csr.rows
        found = distances.distances(arrays.csr)
        if (found.reached == n - 1).all():
            return int(found.total.sum()) / (n * (n - 1))
    return networkx_own("average_shortest_path_length")(G, weight, method)


def _sources(arrays: Arrays, k: Any, seed: Any) -> Int64s | None:
    if k is None:
        return None
    numbers = arrays.numbers()
    return np.array([numbers[node] for node in seed.sample(arrays.nodes, k)], np.int64)


def betweenness_centrality(
    G: Any, k: Any = None, normalized: bool = True, weight: Any = None, endpoints: bool = False, seed: Any = None
) -> Any:
    arrays = path_arrays(G, weight)
    if arrays is None:
        return networkx_own("betweenness_centrality")(G, k, normalized, weight, endpoints, seed)
    values = betweenness.betweenness_centrality(
        arrays.csr,
        normalized=bool(normalized),
        weighted=weight is not None,
        endpoints=bool(endpoints),
        directed=arrays.directed,
        sources=_sources(arrays, None if k == len(arrays.nodes) else k, seed),
    )
    return by_node(arrays, values)


def edge_betweenness_centrality(
    G: Any, k: Any = None, normalized: bool = True, weight: Any = None, seed: Any = None
) -> Any:
    arrays = path_arrays(G, weight)
    if arrays is None or G.is_multigraph():
        return networkx_own("edge_betweenness_centrality")(G, k, normalized, weight, seed)
    values = betweenness.edge_betweenness_centrality(
        arrays.csr,
        normalized=bool(normalized),
        weighted=weight is not None,
        directed=arrays.directed,
        sources=_sources(arrays, k, seed),
    )
    return dict(zip(G.edges(), _in_edge_order(arrays, values).tolist(), strict=True))


def _in_edge_order(arrays: Arrays, values: Floats) -> Floats:
    """Values of the sorted entries in the order of ``G.edges()``."""
    n = arrays.csr.rows
    row = np.repeat(np.arange(n, dtype=np.int64), np.diff(arrays.csr.indptr))
    listed = row * n + arrays.adjacency.indices
    if not arrays.directed:
        listed = listed[arrays.adjacency.indices >= row]
    return values[np.searchsorted(row * n + arrays.csr.indices, listed)]


def pagerank(
    G: Any,
    alpha: float = 0.85,
    personalization: Any = None,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Any = None,
    weight: Any = "weight",
    dangling: Any = None,
) -> Any:
    plain = nstart is None and dangling is None and not G.is_multigraph()
    arrays = arrays_of(G, weight) if plain else None
    if arrays is None or not arrays.nodes:
        return networkx_own("pagerank")(G, alpha, personalization, max_iter, tol, nstart, weight, dangling)
    restart = None
    if personalization is not None:
        restart = np.array([personalization.get(node, 0) for node in arrays.nodes], dtype=float)
    values = ranking.pagerank(
        arrays.csr,
        alpha=alpha,
        personalization=restart,
        max_iter=max_iter,
        tol=tol,
        directed=arrays.directed,
    )
    return by_node(arrays, values)


def eigenvector_centrality(
    G: Any, max_iter: int = 100, tol: float = 1.0e-6, nstart: Any = None, weight: Any = None
) -> Any:
    arrays = arrays_of(G, weight) if nstart is None else None
    if arrays is None or not arrays.nodes:
        return networkx_own("eigenvector_centrality")(G, max_iter, tol, nstart, weight)
    values = ranking.eigenvector_centrality(
        arrays.csr, max_iter=max_iter, tol=tol, weighted=weight is not None, directed=arrays.directed
    )
    return by_node(arrays, values)
