"""networkx graphs that name our backend, so that networkx's functions run our kernels on them by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx

from graphsvc.snapshot.csr import Csr

CACHE = "graphsvc_arrays"
"""Where, in networkx's own cache, a graph keeps its ``Arrays`` by the name of their weight."""


class KernelGraph(nx.Graph):  # type: ignore[type-arg]
    """An undirected graph of the backend."""

    __networkx_backend__ = "graphsvc"


@dataclass(frozen=True, slots=True)
class Arrays:
    """A graph's nodes and ties by number. ``csr`` has ascending rows; ``adjacency`` keeps networkx's order."""

    nodes: list[Any]
    csr: Csr
    adjacency: Csr
    directed: bool
    loops: bool

    def numbers(self) -> dict[Any, int]:
        """The number of each node."""
        return {node: i for i, node in enumerate(self.nodes)}
