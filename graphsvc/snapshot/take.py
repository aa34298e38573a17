"""Taking a snapshot: the network of a day and its projection onto organisations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Csr, Int32s
from graphsvc.snapshot.filter import Scope, as_of, asked_day
from graphsvc.snapshot.graph import CACHE, Arrays, KernelGraph
from graphsvc.snapshot.ties import Projection, Ties, project


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The network as of a date. Row i of ``network.organisations`` is node i of ``graph``.

    graph : Csr [organisations × organisations], symmetric, without loops
    shared : int32 [entries of graph]; partnerships that the two share
    memberships : Csr [organisations × partnerships] of ones
    """

    network: Network
    as_of: date | None
    scope: Scope
    projection: Projection
    graph: Csr
    shared: Int32s
    memberships: Csr

    @cached_property
    def members(self) -> Csr:
        """Csr [partnerships × organisations] of ones."""
        return Csr.from_scipy(self.memberships.to_scipy().T.tocsr())

    @cached_property
    def ids(self) -> list[str]:
        """Organisation ids by node."""
        ids: list[str] = self.network.organisations["id"].to_pylist()
        return ids

    @cached_property
    def index(self) -> dict[str, int]:
        """Node by organisation id."""
        return {key: i for i, key in enumerate(self.ids)}

    def column(self, name: str) -> list[str]:
        """A text column of the organisations; null reads as an empty text."""
        values: list[str] = self.network.organisations[name].fill_null("").to_pylist()
        return values

    def to_networkx(self) -> KernelGraph:
        """An undirected networkx graph: nodes are organisation ids with name, sector, kind and territory;
        edges carry ``weight`` (per the projection) and ``partnerships`` (int, shared).

        networkx's functions run our kernels on it, on the snapshot's own arrays until the graph is changed.
        """
        graph = KernelGraph(
            as_of=self.as_of.isoformat() if self.as_of else "", scope=self.scope, projection=self.projection
        )
        attributes = ("name", "sector", "kind", "territory")
        columns = [self.column(name) for name in attributes]
        graph.add_nodes_from(
            (key, dict(zip(attributes, values, strict=True))) for key, *values in zip(self.ids, *columns, strict=True)
        )
        graph.add_edges_from(
            (
                self.ids[i],
                self.ids[j],
                {"weight": float(self.graph.weights[e]), "partnerships": int(self.shared[e])},
            )
            for i in range(self.graph.rows)
            for e in range(self.graph.indptr[i], self.graph.indptr[i + 1])
            if (j := self.graph.indices[e]) > i
        )
        csr = self.graph
        ones = Csr(csr.indptr, csr.indices, np.ones_like(csr.weights), csr.columns)
        graph.__networkx_cache__[CACHE] = {
            weight: Arrays(self.ids, arrays, arrays, directed=False, loops=False)
            for weight, arrays in (("weight", csr), (None, ones))
        }
        return graph


def take(
    network: Network,
    on: date | None = None,
    scope: Scope = "ever",
    projection: Projection = "weighted",
    ties: Callable[[Network, Projection], Ties] = project,
) -> Snapshot:
    """The network as of ``on`` (None: everything, whatever its date; what is active then today) and its ties.

    Two organisations are tied when they are members of the same partnership. A partnership whose dates are not
    known counts always; an organisation whose own start is not known counts from its first partnership. ``ties`` may
    give those of another network that differs in nothing which moves them.
    """
    on = asked_day(on, scope)
    if on is not None:
        network = as_of(network, on, scope)
    found = ties(network, projection)
    return Snapshot(network, on, scope, projection, found.graph, found.shared, found.memberships)
