"""Taking a snapshot: the network of a day and its projection onto organisations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np

from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Csr, Int32s
from graphsvc.snapshot.filter import Scope, as_of, rows
from graphsvc.snapshot.graph import CACHE, Arrays, KernelGraph

Projection = Literal["weighted", "count", "unweighted"]
"""Weight of a tie. ``weighted``: each shared partnership of k members adds 1/(k-1), so that every membership
spreads a weight of one (Newman, Phys. Rev. E 64, 016132, 2001); ``count``: number of shared partnerships;
``unweighted``: 1."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """What a network's memberships make of it; see ``Snapshot``."""

    graph: Csr
    shared: Int32s
    memberships: Csr


def project(network: Network, projection: Projection) -> Ties:
    """The ties of a network whose rows all count.

    One product of matrices gives both numbers of each tie: memberships are complex numbers, with the count as the
    real and the weight as the imaginary part.
    """
    memberships = _memberships(network)
    ones, size = memberships.to_scipy(), np.bincount(memberships.indices, minlength=memberships.columns)
    both = ones.astype(np.complex128)
    both.data.imag = (1.0 / np.maximum(size - 1, 1))[memberships.indices]
    product = both @ ones.T
    product.sort_indices()
    others = product.indices != np.repeat(np.arange(ones.shape[0]), np.diff(product.indptr))
    own = np.cumsum(np.diff(memberships.indptr) > 0)  # every member shares its partnerships with itself
    indptr = product.indptr.astype(np.int64) - np.concatenate([[0], own])
    shared = product.data.real[others].astype(np.int32)
    weights = {"weighted": product.data.imag[others], "count": shared.astype(np.float64)}
    graph = Csr(
        indptr,
        product.indices[others].astype(np.int32),
        weights.get(projection, np.ones(len(shared))),
        ones.shape[0],
    )
    return Ties(graph, shared, memberships)


def take(
    network: Network,
    on: date | None = None,
    scope: Scope = "ever",
    projection: Projection = "weighted",
    ties: Callable[[Network, Projection], Ties] = project,
) -> Snapshot:
    """The network as of ``on`` (None: everything, whatever its date) and its ties.

    Two organisations are tied when they are members of the same partnership. A partnership whose dates are not
    known counts always; an organisation whose own start is not known counts from its first partnership. ``ties`` may
    give those of another network that differs in nothing which moves them.
    """
    if on is not None:
        network = as_of(network, on, scope)
    found = ties(network, projection)
    return Snapshot(network, on, scope, projection, found.graph, found.shared, found.memberships)


def _memberships(network: Network) -> Csr:
    table = network.memberships
    org, partnership = rows(table["organisation"]), rows(table["partnership"])
    shape = (network.organisations.num_rows, network.partnerships.num_rows)
    csr = Csr.from_entries(org.astype(np.int64), partnership.astype(np.int64), np.ones(len(org)), shape)
    csr.weights[:] = 1.0  # an organisation entered twice in a partnership is one member
    return csr
