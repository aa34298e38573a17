"""The way from one organisation to another."""

from __future__ import annotations

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
