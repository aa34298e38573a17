"""How each engine is called: small functions from the graph in all its forms (``Peers``) to an answer."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.peers import Peers
from graphsvc import metrics
from graphsvc.kernels.betweenness import sampled_betweenness
from graphsvc.metrics.compute import SAMPLES

Run = Callable[[Peers], Any]
TOP = 50
SEED = nx.utils.create_py_random_state(0)


def both(name: str, **options: Any) -> dict[str, Run]:
    """networkx's own function, and the same one asked of a graph that our backend serves."""
    return {
        "networkx": lambda p: _listed(getattr(nx, name).orig_func(p.networkx, **options)),
        "dispatched": lambda p: _listed(getattr(nx, name)(p.dispatched, **options)),
    }


def among_pairs(name: str) -> dict[str, Run]:
    """The same for a similarity of pairs."""
    return {
        "networkx": lambda p: [s for _, _, s in getattr(nx, name).orig_func(p.networkx, p.pair_list)],
        "dispatched": lambda p: [s for _, _, s in getattr(nx, name)(p.dispatched, p.pair_list)],
    }


def counted(name: str) -> dict[str, Run]:
    """The same for what is listed, of which the number is compared."""
    return {engine: lambda p, run=run: len(run(p)) for engine, run in both(name).items()}  # type: ignore[misc]


def nk(module: str, name: str, *args: Any, result: str = "scores", weighted: bool = False) -> Run:
    """A run of a networkit algorithm."""

    def run(peers: Peers) -> Any:
        graph = peers.networkit_weighted if weighted else peers.networkit
        algorithm = getattr(importlib.import_module(f"networkit.{module}"), name)(graph, *args).run()
        return getattr(algorithm, result)()

    return run


def nk_pairs(name: str) -> Run:
    """A networkit score of pairs."""

    def run(peers: Peers) -> Any:
        index = getattr(importlib.import_module("networkit.linkprediction"), name)(peers.networkit)
        return [score for _, score in index.runOn(peers.pair_list)]

    return run


def nk_closeness(weighted: bool = False) -> Run:
    """networkit's closeness in the form that counts what is reached."""

    def run(peers: Peers) -> Any:
        variant = importlib.import_module("networkit").centrality.ClosenessVariant.GENERALIZED
        return nk("centrality", "Closeness", True, variant, weighted=weighted)(peers)

    return run


def rx(name: str, **options: Any) -> Run:
    """A call of a rustworkx function."""

    def run(peers: Peers) -> Any:
        return _listed(getattr(importlib.import_module("rustworkx"), name)(peers.rustworkx, **options))

    return run


def sk(module: str, name: str, **options: Any) -> Run:
    """A scikit-network function or estimator, with weights."""

    def run(peers: Peers) -> Any:
        made = getattr(importlib.import_module(f"sknetwork.{module}"), name)
        if not isinstance(made, type):
            return made(peers.sknetwork)
        return made(**options).fit_predict(peers.sknetwork)

    return run


def leidenalg(peers: Peers) -> Any:
    """Its own modularity partition."""
    module = importlib.import_module("leidenalg")
    kind = module.ModularityVertexPartition
    return module.find_partition(peers.igraph, kind, weights="weight", seed=1).membership


def candidates_loop(peers: Peers, nodes: int = 20) -> list[Any]:
    """networkx's loop for some nodes; the time is scaled to all of them."""
    graph, found = peers.networkx, []
    for u in range(0, peers.csr.rows, max(peers.csr.rows // nodes, 1)):
        near = set(graph[u]) | {u}
        scored = nx.adamic_adar_index.orig_func(graph, [(u, v) for v in graph if v not in near])
        found.append(sorted(((-score, v) for _, v, score in scored))[:TOP])
    return found


def ei_loop(peers: Peers) -> float:
    """What one writes with networkx, which has no E-I index."""
    graph = peers.networkx
    inside = sum(graph.nodes[u]["group"] == graph.nodes[v]["group"] for u, v in graph.edges())
    return (graph.number_of_edges() - 2 * inside) / graph.number_of_edges()


def participation_loop(peers: Peers) -> list[float]:
    """What one writes with networkx, which has no participation coefficient."""
    graph, values = peers.networkx, []
    for v in graph:
        groups: dict[int, int] = {}
        for w in graph[v]:
            groups[graph.nodes[w]["group"]] = groups.get(graph.nodes[w]["group"], 0) + 1
        degree = graph.degree(v)
        values.append(1 - sum(c * c for c in groups.values()) / degree**2 if degree else float("nan"))
    return values


def common_loop(peers: Peers) -> list[int]:
    """networkx's common neighbours of each pair."""
    return [len(list(nx.common_neighbors(peers.networkx, u, v))) for u, v in peers.pair_list]


def l3_loop(peers: Peers) -> list[float]:
    """What one writes with networkx, which has no paths of three ties."""
    graph, values = peers.networkx, []
    for u, v in peers.pair_list:
        ends = set(graph[v]) - {u, v}
        worth = 0.0
        for a in set(graph[u]) - {u, v}:
            worth += sum((graph.degree(a) * graph.degree(b)) ** -0.5 for b in ends & set(graph[a]))
        values.append(worth)
    return values


def nk_transitivity(peers: Peers) -> float:
    """networkit's exact global clustering."""
    return float(importlib.import_module("networkit").globals.ClusteringCoefficient.exactGlobal(peers.networkit))


def report(peers: Peers) -> list[float]:
    """Every measure of every organisation and of the network."""
    found = metrics.measure(peers.snapshot)
    return [float(np.nansum(values)) for values in found.organisations.values()] + list(found.network.values())


def report_but_exact(peers: Peers) -> list[float]:
    """The same without closeness, and with betweenness from sources, as the report of a large network has it."""
    found = metrics.measure(peers.snapshot)
    # each is computed when it is asked for
    rest = [found.organisations[name] for name in found.organisations if name not in ("closeness", "betweenness")]
    between = sampled_betweenness(peers.snapshot.graph, samples=SAMPLES).values
    return [float(np.nansum(values)) for values in [*rest, between]] + list(found.network.values())


def once(peers: Peers, values: Any) -> Any:
    """One value for each tie, as networkx gives it."""
    return values[peers.once]


def restart(peers: Peers) -> Any:
    """Where a personalised walk begins again: the first three nodes."""
    where = np.zeros(peers.csr.rows)
    where[:3] = 1.0
    return where


def _listed(value: Any) -> Any:
    """What is given lazily is made; counts stay what they are."""
    if hasattr(value, "values") and not isinstance(value, dict):
        return list(value.values())
    return list(value) if hasattr(value, "__next__") else value
