"""What holds the network together: how it falls apart when its most central organisations leave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graphsvc.kernels.components import connected_components
from graphsvc.snapshot.csr import Csr, Floats, Int64s


def largest_part_without(graph: Csr, order: Int64s, counts: Sequence[int]) -> list[float]:
    """Share (0 to 1) of the organisations that stay in the largest connected part when the first ``count`` of
    ``order`` have left, for each count; the share is of all organisations, those that left included."""
    n = graph.rows
    if n == 0:
        return [0.0 for _ in counts]
    rank = np.full(n, n)
    rank[order] = np.arange(len(order))
    return [_largest(graph, rank >= count) / n for count in counts]


def _largest(graph: Csr, keep: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    if not keep.any():
        return 0
    part = Csr.from_scipy(graph.to_scipy()[keep][:, keep])
    return int(np.bincount(connected_components(part)).max())


def by_value(values: Floats) -> Int64s:
    """Rows from the highest value down; equal ones in their order, rows without a value last."""
    return np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")
