"""The way from one organisation to another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csgraph

from graphsvc.snapshot import Snapshot


def path(snapshot: Snapshot, start: int, end: int) -> list[int]:
    """Rows along a path of fewest ties, both ends included; none where no path leads there."""
    order, before = csgraph.breadth_first_order(snapshot.graph.to_scipy(), start, directed=False)
    if end not in order:
        return []
    rows = [end]
    while rows[-1] != start:
        rows.append(int(before[rows[-1]]))
    return [int(i) for i in np.array(rows[::-1])]


def between(snapshot: Snapshot, ids: Sequence[str]) -> list[int]:
    """Rows along a path between two organisations; none where there are not two, or no path."""
    ends = [snapshot.index[id] for id in ids if id in snapshot.index]
    return path(snapshot, *ends) if len(ends) == 2 else []
