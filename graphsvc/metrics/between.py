"""Which sectors or territories work together, and which do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.model.territories import cut
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Int64s


@dataclass(frozen=True, slots=True)
class Mixing:
    """Ties between groups.

    groups : names in ascending order; organisations without a group are left out
    sizes : int64 [groups]; organisations in each
    ties : int64 [groups, groups], symmetric; the diagonal holds ties inside a group
    """

    groups: list[str]
    sizes: Int64s
    ties: Int64s

    def apart(self) -> list[tuple[str, str]]:
        """Pairs of groups without a single tie between them; the pairs with most possible ties come first."""
        i, j = np.triu_indices(len(self.groups), 1)
        empty = self.ties[i, j] == 0
        i, j = i[empty], j[empty]
        order = np.argsort(-(self.sizes[i] * self.sizes[j]), kind="stable")
        return [(self.groups[a], self.groups[b]) for a, b in zip(i[order], j[order], strict=True)]


def mixing(snapshot: Snapshot, column: str, digits: int | None = None) -> Mixing:
    """Ties between the values of ``column`` (sector, territory, kind); ``digits`` cuts codes of TERC (4: powiats); who
    has a shorter one (is known to be in a voivodeship), or one of another kind, is of none."""
    values = np.array([cut(v, digits) if digits else v for v in snapshot.column(column)], dtype=str)
    groups, code = np.unique(values, return_inverse=True)
    n = len(values)
    belongs = sparse.csr_array((np.ones(n, np.int64), (np.arange(n), code)), shape=(n, len(groups)))
    graph = snapshot.graph
    tied = sparse.csr_array((np.ones(len(graph.indices), np.int64), graph.indices, graph.indptr), shape=(n, n))
    ties = (belongs.T @ tied @ belongs).toarray()
    np.fill_diagonal(ties, ties.diagonal() // 2)
    named = groups != ""
    return Mixing(groups[named].tolist(), np.bincount(code, minlength=len(groups))[named], ties[named][:, named])
