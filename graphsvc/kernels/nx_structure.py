"""Components, clustering, holes, mixing, similarities and communities under networkx's signatures (see ``backend``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx
import numpy as np

from graphsvc.kernels import communities, components, cores, cuts, holes, mixing
from graphsvc.kernels import triangles as closed
from graphsvc.kernels.candidates import Score, similarities
from graphsvc.kernels.graph import arrays_of
from graphsvc.kernels.nx_centrality import by_node, networkx_own, path_arrays
from graphsvc.snapshot.csr import Int32s
from graphsvc.snapshot.graph import Arrays, KernelGraph


def _undirected(G: Any, weight: Any = None, *, loops: bool = True) -> Arrays | None:
    """Arrays of an undirected graph with nodes; None where it has loops that are not wanted."""
    arrays = arrays_of(G, weight)
    if arrays is None or arrays.directed or not arrays.nodes or (arrays.loops and not loops):
        return None
    return arrays


def _groups(arrays: Arrays, labels: Int32s) -> list[set[Any]]:
    """Nodes by label, in the order of the first node of each."""
    groups: dict[int, set[Any]] = {}
    for node, label in zip(arrays.nodes, labels.tolist(), strict=True):
        groups.setdefault(label, set()).add(node)
    return list(groups.values())


def connected_components(G: Any) -> Iterator[set[Any]]:
    arrays = _undirected(G)
    if arrays is None:
        yield from networkx_own("connected_components")(G)
    else:
        yield from _groups(arrays, components.connected_components(arrays.csr))


def number_connected_components(G: Any) -> int:
    arrays = _undirected(G)
    if arrays is None:
        return sum(1 for _ in connected_components(G))
    return components.number_connected_components(arrays.csr)


def is_connected(G: Any) -> bool:
    arrays = _undirected(G)
    if arrays is None:
        return bool(networkx_own("is_connected")(G))
    return components.number_connected_components(arrays.csr) == 1


def core_number(G: Any) -> Any:
    arrays = _undirected(G, loops=False)
    if arrays is None:
        return networkx_own("core_number")(G)
    return by_node(arrays, cores.core_number(arrays.csr))


def triangles(G: Any, nodes: Any = None) -> Any:
    arrays = _undirected(G) if nodes is None else None
    if arrays is None:
        return networkx_own("triangles")(G, nodes)
    return by_node(arrays, closed.triangles(arrays.csr))


def clustering(G: Any, nodes: Any = None, weight: Any = None) -> Any:
    arrays = _undirected(G, weight) if nodes is None and not G.is_multigraph() else None
    if arrays is None or not (arrays.csr.weights > 0).any():
        return networkx_own("clustering")(G, nodes, weight)
    return by_node(arrays, closed.clustering(arrays.csr, weighted=weight is not None))


def transitivity(G: Any) -> Any:
    arrays = None if G.is_multigraph() else _undirected(G)
    return networkx_own("transitivity")(G) if arrays is None else closed.transitivity(arrays.csr)


def _simple(G: Any) -> Arrays | None:
    """As ``_undirected``, without loops and parallel ties."""
    return None if G.is_multigraph() else _undirected(G, loops=False)


def articulation_points(G: Any) -> Iterator[Any]:
    arrays = _simple(G)
    if arrays is None:
        yield from networkx_own("articulation_points")(G)
    else:
        yield from (arrays.nodes[i] for i in cuts.cuts(arrays.csr).points)


def biconnected_components(G: Any) -> Iterator[set[Any]]:
    arrays = _simple(G)
    if arrays is None:
        yield from networkx_own("biconnected_components")(G)
    else:
        for block in cuts.biconnected_components(arrays.csr):
            yield {arrays.nodes[i] for i in block}


def bridges(G: Any, root: Any = None) -> Iterator[tuple[Any, Any]]:
    arrays = _simple(G) if root is None else None
    if arrays is None:
        yield from networkx_own("bridges")(G, root)
    else:
        nodes = arrays.nodes
        found = {(nodes[u], nodes[v]) for u, v in cuts.cuts(arrays.csr).bridges.tolist()}
        yield from ((u, v) for u, v in G.edges() if (u, v) in found or (v, u) in found)


def constraint(G: Any, nodes: Any = None, weight: Any = None) -> Any:
    arrays = _mutual(G, nodes, weight)
    if arrays is None:
        return networkx_own("constraint")(G, nodes, weight)
    return by_node(arrays, holes.constraint(arrays.csr, weighted=True, directed=arrays.directed))


def effective_size(G: Any, nodes: Any = None, weight: Any = None) -> Any:
    # with weights networkx's numbers for all nodes depend on its version of scipy, and differ from those for some nodes
    arrays = _mutual(G, nodes, weight) if weight is None and not G.is_directed() else None
    if arrays is None:
        return networkx_own("effective_size")(G, nodes, weight)
    return by_node(arrays, holes.effective_size(arrays.csr, weighted=True, directed=arrays.directed))


def _mutual(G: Any, nodes: Any, weight: Any) -> Arrays | None:
    arrays = path_arrays(G, weight) if nodes is None and not G.is_multigraph() else None
    return arrays if arrays is not None and arrays.nodes and not arrays.loops else None


def degree_assortativity_coefficient(
    G: Any, x: str = "out", y: str = "in", weight: Any = None, nodes: Any = None
) -> Any:
    arrays = _simple(G) if weight is None and nodes is None else None
    value = np.nan if arrays is None else mixing.degree_assortativity(arrays.csr)
    return networkx_own("degree_assortativity_coefficient")(G, x, y, weight, nodes) if np.isnan(value) else value


def attribute_assortativity_coefficient(G: Any, attribute: Any, nodes: Any = None) -> Any:
    arrays = _simple(G) if nodes is None else None
    value = np.nan
    if arrays is not None:
        names: dict[Any, int] = {}
        held = (G.nodes[node].get(attribute) for node in arrays.nodes)
        labels = np.array([names.setdefault(name, len(names)) for name in held])
        value = mixing.attribute_assortativity(arrays.csr, labels)
    return networkx_own("attribute_assortativity_coefficient")(G, attribute, nodes) if np.isnan(value) else value


def _similar(G: Any, ebunch: Any, name: str, score: Score) -> Iterator[tuple[Any, Any, float]]:
    pairs = None if ebunch is None else list(ebunch)
    arrays = _simple(G) if pairs is not None else None
    if arrays is None or pairs is None:
        found: Iterator[tuple[Any, Any, float]] = networkx_own(name)(G, pairs)
        return found
    number = arrays.numbers()
    try:
        ends = np.array([(number[u], number[v]) for u, v in pairs], np.int64).reshape(-1, 2)
    except (KeyError, TypeError, ValueError):
        return iter(networkx_own(name)(G, pairs))
    if (ends[:, 0] == ends[:, 1]).any():
        return iter(networkx_own(name)(G, pairs))
    values = similarities(arrays.csr, ends, score).tolist()
    return ((u, v, value) for (u, v), value in zip(pairs, values, strict=True))


def adamic_adar_index(G: Any, ebunch: Any = None) -> Iterator[tuple[Any, Any, float]]:
    return _similar(G, ebunch, "adamic_adar_index", "adamic_adar")


def resource_allocation_index(G: Any, ebunch: Any = None) -> Iterator[tuple[Any, Any, float]]:
    return _similar(G, ebunch, "resource_allocation_index", "resource_allocation")


def jaccard_coefficient(G: Any, ebunch: Any = None) -> Iterator[tuple[Any, Any, float]]:
    return _similar(G, ebunch, "jaccard_coefficient", "jaccard")


def leiden_communities(
    G: Any, weight: Any = "weight", resolution: float = 1, max_level: Any = None, seed: Any = None
) -> list[set[Any]]:
    """networkx has the name but no code of its own: here are the communities of ``communities.leiden_communities``,
    the largest first. Parallel ties count together; directed graphs, bad weights and ``max_level`` are refused."""
    if max_level is not None or G.is_directed():
        raise NotImplementedError("leiden_communities takes undirected graphs and no max_level")
    if not len(G):
        return []
    if G.is_multigraph():
        G, weight = _merged(G, weight), "weight"
    arrays = arrays_of(G, weight)
    if arrays is None or (arrays.csr.weights < 0).any():
        raise nx.NetworkXError("leiden_communities takes finite weights of 0 or more")
    number = seed.randrange(2**31) if hasattr(seed, "randrange") else int(seed or 0)
    scale = float(resolution * 1.0)  # of what is no number Python says what it says in networkx's Louvain
    labels = communities.leiden_communities(arrays.csr, resolution=scale, seed=number)
    return sorted(_groups(arrays, labels), key=len, reverse=True)


def _merged(G: Any, weight: Any) -> KernelGraph:
    """Parallel ties as one that weighs as much."""
    simple = KernelGraph()
    simple.add_nodes_from(G)
    for u, v, data in G.edges(data=True):
        before = simple[u][v]["weight"] if simple.has_edge(u, v) else 0
        simple.add_edge(u, v, weight=before + data.get(weight, 1))
    return simple
