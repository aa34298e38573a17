"""What is measured: each function with each engine that has it, and up to which size it ends in reasonable time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.peers import Peers
from graphsvc.kernels import betweenness as bc
from graphsvc.kernels import (
    candidates,
    communities,
    components,
    cores,
    cuts,
    degree,
    distances,
    holes,
    layout,
    mixing,
    ranking,
    triangles,
)

Run = Callable[[Peers], Any]
TOP = 50
SAMPLED_SOURCES = 256
LAYOUT_STEPS = 50


@dataclass(frozen=True)
class Case:
    """A function: how each engine runs it, and the largest size for engines that are too slow beyond.

    same : the engines' values are to be compared with networkx's (checked at the smallest size)
    """

    name: str
    engines: dict[str, Run]
    largest: dict[str, str] = field(default_factory=dict)
    same: bool = True


def _loop_candidates(peers: Peers, nodes: int = 20) -> list[Any]:
    """networkx's loop for some nodes; the caller scales the time to all of them."""
    graph, found = peers.networkx, []
    for u in range(0, peers.csr.rows, max(peers.csr.rows // nodes, 1)):
        near = set(graph[u]) | {u}
        scored = nx.adamic_adar_index(graph, [(u, v) for v in graph if v not in near])
        found.append(sorted(((-score, v) for _, v, score in scored))[:TOP])
    return found


def _nk(module: str, name: str, *args: Any, result: str = "scores", weighted: bool = False) -> Run:
    """A run of a networkit algorithm."""

    def run(peers: Peers) -> Any:
        import networkit

        graph = peers.networkit_weighted if weighted else peers.networkit
        algorithm = getattr(getattr(networkit, module), name)(graph, *args).run()
        return getattr(algorithm, result)()

    return run


def _rx(name: str, **options: Any) -> Run:
    """A call of a rustworkx function."""

    def run(peers: Peers) -> Any:
        import rustworkx

        found = getattr(rustworkx, name)(peers.rustworkx, **options)
        return list(found.values()) if hasattr(found, "values") else found

    return run


def _sk(module: str, name: str, **options: Any) -> Run:
    """A scikit-network function or estimator over weights."""

    def run(peers: Peers) -> Any:
        import importlib

        made = getattr(importlib.import_module(f"sknetwork.{module}"), name)
        if not isinstance(made, type):
            return made(peers.sknetwork)
        return made(**options).fit_predict(peers.sknetwork)

    return run


def _leidenalg(peers: Peers) -> Any:
    import leidenalg

    return leidenalg.find_partition(
        peers.igraph, leidenalg.ModularityVertexPartition, weights="weight", seed=1
    ).membership


def _nx(name: str, **options: Any) -> Run:
    return lambda p: getattr(nx, name).orig_func(p.networkx, **options)


ALL_PAIRS = {"networkx": "2k", "igraph": "20k", "rustworkx": "20k", "networkit": "20k", "graphsvc": "20k"}
"""Work that grows with the square of the size."""
BREADTH_FIRST = ALL_PAIRS | {"graphsvc": "200k"}

CASES = [
    Case(
        "degree",
        {
            "graphsvc": lambda p: degree.degree(p.csr),
            "networkx": lambda p: [d for _, d in p.networkx.degree()],
            "igraph": lambda p: p.igraph.degree(),
            "networkit": _nk("centrality", "DegreeCentrality"),
        },
    ),
    Case(
        "strength",
        {
            "graphsvc": lambda p: degree.strength(p.csr),
            "networkx": lambda p: [d for _, d in p.networkx.degree(weight="weight")],
            "igraph": lambda p: p.igraph.strength(weights="weight"),
        },
    ),
    Case(
        "components",
        {
            "graphsvc": lambda p: components.number_connected_components(p.csr),
            "networkx": lambda p: sum(1 for _ in nx.connected_components.orig_func(p.networkx)),
            "igraph": lambda p: len(p.igraph.connected_components()),
            "rustworkx": lambda p: len(_rx("connected_components")(p)),
            "networkit": _nk("components", "ConnectedComponents", result="numberOfComponents"),
            "scikit-network": lambda p: int(_sk("topology", "get_connected_components")(p).max()) + 1,
        },
    ),
    Case(
        "core_number",
        {
            "graphsvc": lambda p: cores.core_number(p.csr),
            "networkx": _nx("core_number"),
            "igraph": lambda p: p.igraph.coreness(),
            "rustworkx": _rx("core_number"),
            "networkit": _nk("centrality", "CoreDecomposition"),
        },
    ),
    Case(
        "clustering",
        {
            "graphsvc": lambda p: triangles.clustering(p.csr),
            "networkx": _nx("clustering"),
            "igraph": lambda p: p.igraph.transitivity_local_undirected(mode="zero"),
            "networkit": _nk("centrality", "LocalClusteringCoefficient", True),
        },
    ),
    Case(
        "clustering_weighted",
        {
            "graphsvc": lambda p: triangles.clustering(p.csr, weighted=True),
            "networkx": _nx("clustering", weight="weight"),
        },
        {"networkx": "20k"},
    ),
    Case(
        "transitivity",
        {
            "graphsvc": lambda p: triangles.transitivity(p.csr),
            "networkx": _nx("transitivity"),
            "igraph": lambda p: p.igraph.transitivity_undirected(),
            "rustworkx": _rx("transitivity"),
        },
    ),
    Case(
        "pagerank",
        {
            "graphsvc": lambda p: ranking.pagerank(p.csr),
            "networkx": _nx("pagerank"),
            "igraph": lambda p: p.igraph.pagerank(weights="weight"),
            "networkit": _nk("centrality", "PageRank", 0.85, 1e-6, weighted=True),
            "scikit-network": _sk("ranking", "PageRank", tol=1e-6, n_iter=100),
        },
    ),
    Case(
        "pagerank_personalised",
        {
            "graphsvc": lambda p: ranking.pagerank(p.csr, personalization=_restart(p)),
            "networkx": _nx("pagerank", personalization={0: 1, 1: 1, 2: 1}),
            "igraph": lambda p: p.igraph.personalized_pagerank(reset_vertices=[0, 1, 2], weights="weight"),
        },
    ),
    Case(
        "eigenvector",
        {
            "graphsvc": lambda p: ranking.eigenvector_centrality(p.csr),
            "networkx": _nx("eigenvector_centrality"),
            "igraph": lambda p: p.igraph.eigenvector_centrality(),
            "rustworkx": _rx("eigenvector_centrality", weight_fn=lambda _: 1.0),
            "networkit": _nk("centrality", "EigenvectorCentrality", 1e-6),
        },
    ),
    Case(
        "closeness",
        {
            "graphsvc": lambda p: distances.closeness_centrality(p.csr),
            "networkx": _nx("closeness_centrality"),
            "igraph": lambda p: p.igraph.closeness(),
            "rustworkx": _rx("closeness_centrality"),
            "networkit": lambda p: _nk("centrality", "Closeness", True, _generalised())(p),
        },
        BREADTH_FIRST,
    ),
    Case(
        "harmonic",
        {
            "graphsvc": lambda p: distances.harmonic_centrality(p.csr),
            "networkx": _nx("harmonic_centrality"),
            "igraph": lambda p: p.igraph.harmonic_centrality(),
            "networkit": _nk("centrality", "HarmonicCloseness", False),
        },
        BREADTH_FIRST,
    ),
    Case(
        "mean_path",
        {
            "graphsvc": lambda p: distances.mean_path(p.csr),
            "igraph": lambda p: p.igraph.average_path_length(),
        },
        BREADTH_FIRST,
    ),
    Case(
        "diameter",
        {
            "graphsvc": lambda p: distances.diameter(p.csr),
            "igraph": lambda p: p.igraph.diameter(),
            "networkit": _nk("distance", "Diameter", result="getDiameter"),
        },
        {"igraph": "20k"},
    ),
    Case(
        "betweenness",
        {
            "graphsvc": lambda p: bc.betweenness_centrality(p.csr),
            "networkx": _nx("betweenness_centrality"),
            "igraph": lambda p: p.igraph.betweenness(),
            "rustworkx": _rx("betweenness_centrality"),
            "networkit": _nk("centrality", "Betweenness", True),
        },
        ALL_PAIRS,
    ),
    Case(
        "edge_betweenness",
        {
            "graphsvc": lambda p: _once(p, bc.edge_betweenness_centrality(p.csr)),
            "networkx": _nx("edge_betweenness_centrality"),
            "igraph": lambda p: p.igraph.edge_betweenness(),
            "rustworkx": _rx("edge_betweenness_centrality"),
        },
        ALL_PAIRS,
    ),
    Case(
        "betweenness_sampled",
        {
            "graphsvc": lambda p: bc.sampled_betweenness(p.csr, samples=SAMPLED_SOURCES).values,
            "networkx": _nx("betweenness_centrality", k=SAMPLED_SOURCES, seed=nx.utils.create_py_random_state(0)),
            "networkit": _nk("centrality", "EstimateBetweenness", SAMPLED_SOURCES, True, True),
        },
        {"networkx": "2k"},
        same=False,
    ),
    Case(
        "constraint",
        {
            "graphsvc": lambda p: holes.constraint(p.csr),
            "networkx": _nx("constraint"),
            "igraph": lambda p: p.igraph.constraint(),
        },
        {"networkx": "2k"},
    ),
    Case(
        "effective_size",
        {"graphsvc": lambda p: holes.effective_size(p.csr), "networkx": _nx("effective_size")},
        {"networkx": "2k"},
    ),
    Case(
        "articulation_points",
        {
            "graphsvc": lambda p: len(cuts.articulation_points(p.csr)),
            "networkx": lambda p: sum(1 for _ in nx.articulation_points.orig_func(p.networkx)),
            "igraph": lambda p: len(p.igraph.articulation_points()),
            "rustworkx": lambda p: len(_rx("articulation_points")(p)),
        },
    ),
    Case(
        "bridges",
        {
            "graphsvc": lambda p: len(cuts.bridges(p.csr)),
            "networkx": lambda p: sum(1 for _ in nx.bridges.orig_func(p.networkx)),
            "igraph": lambda p: len(p.igraph.bridges()),
            "rustworkx": lambda p: len(_rx("bridges")(p)),
        },
    ),
    Case(
        "biconnected_components",
        {
            "graphsvc": lambda p: len(cuts.cuts(p.csr).starts) - 1,
            "networkx": lambda p: sum(1 for _ in nx.biconnected_components.orig_func(p.networkx)),
            "igraph": lambda p: len(p.igraph.biconnected_components()),
            "networkit": _nk("components", "BiconnectedComponents", result="numberOfComponents"),
        },
    ),
    Case(
        "leiden_modularity",
        {
            "graphsvc": lambda p: communities.leiden_communities(p.csr),
            "leidenalg": _leidenalg,
            "igraph": lambda p: (
                p.igraph.community_leiden(objective_function="modularity", weights="weight", n_iterations=2).membership
            ),
            "networkit": lambda p: _nk("community", "ParallelLeiden", weighted=True, result="getPartition")(
                p
            ).getVector(),
            "scikit-network": _sk("clustering", "Leiden", random_state=1),
        },
        same=False,
    ),
    Case(
        "degree_assortativity",
        {
            "graphsvc": lambda p: mixing.degree_assortativity(p.csr),
            "networkx": _nx("degree_assortativity_coefficient"),
            "igraph": lambda p: p.igraph.assortativity_degree(directed=False),
        },
    ),
    Case(
        "similarity_jaccard",
        {
            "graphsvc": lambda p: candidates.similarities(p.csr, _some_pairs(p), "jaccard"),
            "networkx": lambda p: [
                s for _, _, s in nx.jaccard_coefficient.orig_func(p.networkx, _some_pairs(p).tolist())
            ],
            "igraph": lambda p: p.igraph.similarity_jaccard(pairs=_some_pairs(p).tolist()),
        },
    ),
    Case(
        "candidates_top50",
        {
            "graphsvc": lambda p: candidates.top_candidates(p.csr, TOP)[1],
            "networkx": _loop_candidates,
        },
        {"networkx": "20k"},
        same=False,
    ),
    Case(
        "layout_force",
        {
            "graphsvc": lambda p: layout.force_layout(p.csr, iterations=LAYOUT_STEPS),
            "igraph": lambda p: p.igraph.layout_fruchterman_reingold(niter=LAYOUT_STEPS, grid="grid").coords,
            "rustworkx": lambda p: list(_rx("spring_layout", num_iter=LAYOUT_STEPS, seed=1)(p)),
        },
        {"igraph": "20k", "rustworkx": "2k", "graphsvc": "200k"},
        same=False,
    ),
]


def _restart(peers: Peers) -> Any:
    restart = np.zeros(peers.csr.rows)
    restart[:3] = 1.0
    return restart


def _once(peers: Peers, values: Any) -> Any:
    """One value for each tie, as the peers give it."""
    rows = np.repeat(np.arange(peers.csr.rows), np.diff(peers.csr.indptr))
    return values[rows < peers.csr.indices]


def _some_pairs(peers: Peers) -> Any:
    return np.random.default_rng(3).permutation(np.stack([peers.rows, peers.cols[::-1]], axis=1))[:10_000]


def _generalised() -> Any:
    import networkit

    return networkit.centrality.ClosenessVariant.GENERALIZED
