"""The same graph in the form of every engine."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from benchmarks import graphs
from graphsvc.snapshot.csr import Csr


class Peers:
    """One graph; each engine's form is made when first asked for and is not part of any time measured."""

    def __init__(self, size: str) -> None:
        self.size = size
        self.csr: Csr = graphs.graph(size)
        rows = np.repeat(np.arange(self.csr.rows), np.diff(self.csr.indptr))
        once = rows < self.csr.indices
        self.rows, self.cols = rows[once], self.csr.indices[once].astype(np.int64)
        self.weights = self.csr.weights[once]

    @property
    def ties(self) -> int:
        """Number of ties."""
        return len(self.rows)

    @cached_property
    def networkx(self) -> Any:
        """networkx.Graph."""
        import networkx as nx

        graph: Any = nx.Graph()
        graph.add_nodes_from(range(self.csr.rows))
        graph.add_weighted_edges_from(zip(self.rows.tolist(), self.cols.tolist(), self.weights.tolist(), strict=True))
        return graph

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
        import networkit

        graph = networkit.Graph(self.csr.rows, weighted=False)
        for u, v in zip(self.rows.tolist(), self.cols.tolist(), strict=True):
            graph.addEdge(u, v)
        graph.indexEdges()
        return graph

    @cached_property
    def networkit_weighted(self) -> Any:
        """networkit.Graph with weights."""
        import networkit

        graph = networkit.Graph(self.csr.rows, weighted=True)
        for u, v, w in zip(self.rows.tolist(), self.cols.tolist(), self.weights.tolist(), strict=True):
            graph.addEdge(u, v, w)
        return graph

    @cached_property
    def sknetwork(self) -> Any:
        """scipy CSR, what scikit-network takes."""
        from scipy import sparse

        return sparse.csr_matrix(self.csr.to_scipy())

    @cached_property
    def sknetwork_plain(self) -> Any:
        """The same with every weight 1."""
        plain = self.sknetwork.copy()
        plain.data[:] = 1.0
        return plain
