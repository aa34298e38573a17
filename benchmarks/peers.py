"""The same graph in the form of every engine."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from benchmarks import graphs
from graphsvc.snapshot import Snapshot, take
from graphsvc.snapshot.csr import Csr, Int32s

GROUPS = 10
PAIRS = 10_000
FORMS = {"scikit-network": "sknetwork", "graphsvc": "csr", "leidenalg": "igraph"}
"""Which form an engine takes, where it is not called as the engine is."""


class Peers:
    """One graph; each engine's form is made when first asked for and is not part of any time measured."""

    def __init__(self, size: str) -> None:
        self.size = size
        self.csr: Csr = graphs.graph(size)
        rows = np.repeat(np.arange(self.csr.rows), np.diff(self.csr.indptr))
        self.once = rows < self.csr.indices
        self.rows, self.cols = rows[self.once], self.csr.indices[self.once].astype(np.int64)
        self.weights = self.csr.weights[self.once]
        self.groups: Int32s = np.random.default_rng(5).integers(0, GROUPS, self.csr.rows).astype(np.int32)
        self.group_list = self.groups.tolist()
        shuffled = np.random.default_rng(3).permutation(np.stack([self.rows, self.cols[::-1]], axis=1))
        self.pairs = shuffled[shuffled[:, 0] != shuffled[:, 1]][:PAIRS]
        self.pair_list = [(int(u), int(v)) for u, v in self.pairs]

    def prepare(self, engine: str) -> None:
        """Make the form that the engine takes."""
        getattr(self, FORMS.get(engine, engine))

    @cached_property
    def networkx(self) -> Any:
        """networkx.Graph."""
        import networkx as nx

        graph: Any = nx.Graph()
        graph.add_nodes_from((v, {"group": g}) for v, g in enumerate(self.groups.tolist()))
        graph.add_weighted_edges_from(zip(self.rows.tolist(), self.cols.tolist(), self.weights.tolist(), strict=True))
        return graph

    @cached_property
    def dispatched(self) -> Any:
        """The same of the class that runs on the kernels by itself, as snapshots give it."""
        from graphsvc.kernels.graph import KERNEL_CLASSES, arrays_of, as_class

        graph = as_class(self.networkx, KERNEL_CLASSES)
        arrays_of(graph), arrays_of(graph, "weight")
        return graph

    @cached_property
    def snapshot(self) -> Snapshot:
        """The ties as partnerships of two, taken as any snapshot is."""
        return take(graphs.network(self.rows, self.cols, self.groups))

    @cached_property
    def igraph(self) -> Any:
        """igraph.Graph."""
        import igraph

        edges = np.stack([self.rows, self.cols], axis=1).tolist()
        return igraph.Graph(n=self.csr.rows, edges=edges, edge_attrs={"weight": self.weights.tolist()})

    @cached_property
    def rustworkx(self) -> Any:
        """rustworkx.PyGraph."""
        import rustworkx

        graph = rustworkx.PyGraph(multigraph=False)
        graph.add_nodes_from(range(self.csr.rows))
        graph.add_edges_from(zip(self.rows.tolist(), self.cols.tolist(), self.weights.tolist(), strict=True))
        return graph

    @cached_property
    def networkit(self) -> Any:
        """networkit.Graph without weights; it runs on as many threads as the process may use cores."""
        return self._networkit(weighted=False)

    @cached_property
    def networkit_weighted(self) -> Any:
        """networkit.Graph with weights."""
        return self._networkit(weighted=True)

    def _networkit(self, *, weighted: bool) -> Any:
        import networkit

        graph = networkit.Graph(self.csr.rows, weighted=weighted)
        for u, v, w in zip(self.rows.tolist(), self.cols.tolist(), self.weights.tolist(), strict=True):
            graph.addEdge(u, v, w)
        graph.sortEdges()
        graph.indexEdges()
        return graph

    @cached_property
    def sknetwork(self) -> Any:
        """scipy CSR, what scikit-network takes."""
        from scipy import sparse

        return sparse.csr_matrix(self.csr.to_scipy())
