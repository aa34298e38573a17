"""The far view: communities or territories as bubbles, so that the size of the network does not matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.render.look import THICKEST, between, clean, short
from graphsvc.render.picture import Picture, picture
from graphsvc.render.place import apart, to_canvas
from graphsvc.snapshot import Snapshot

MOST_GROUPS = 150
SMALLEST, LARGEST = 14.0, 70.0

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


def groups(snapshot: Snapshot, positions: Floats, group: Rows, names: Mapping[int, str]) -> Picture:
    """One bubble per group, at the middle of its members, sized by their number; ties between groups summed.

    group : int64 [organisations]; number of each organisation's group, below 0 for none
    names : text per group; groups without one are not drawn (nor are the smallest beyond ``MOST_GROUPS``)
    """
    size = np.bincount(group[group >= 0], minlength=max(names, default=-1) + 1)
    known = np.array([g for g in names if size[g] > 0], dtype=np.int64)
    drawn = np.sort(known[np.argsort(-size[known], kind="stable")[:MOST_GROUPS]])
    radii = between(size[drawn].astype(np.float64), SMALLEST, LARGEST)
    canvas = to_canvas(positions)
    middle = np.array([canvas[group == g].mean(axis=0) for g in drawn]).reshape(len(drawn), 2)
    # Bubbles need far less room than their members: draw them together, then push overlaps apart.
    scale = 150 * np.sqrt(max(len(drawn), 1)) / max(float(np.abs(middle).max(initial=0)), 1.0)
    at = apart(middle * min(scale, 1.0), radii + 42)
    nodes = [_bubble(int(g), names[int(g)], int(size[g]), r, xy) for g, r, xy in zip(drawn, radii, at, strict=True)]
    edges, ties = _between(snapshot, group, drawn)
    return picture(nodes, edges, nodes_of=len(known), ties_of=ties)


def _bubble(number: int, name: str, members: int, radius: float, xy: Floats) -> dict[str, Any]:
    return {
        "id": f"group:{number}",
        "label": short(name),
        "title": clean(name),
        "group": "bubble",
        "shape": "dot",
        "size": float(radius),
        "x": round(float(xy[0]), 1),
        "y": round(float(xy[1]), 1),
        "members": members,
        "number": number,
    }


def _between(snapshot: Snapshot, group: Rows, drawn: Rows) -> tuple[list[dict[str, Any]], int]:
    """Ties between drawn groups; ``shared`` counts the ties of organisations that each stands for."""
    graph = snapshot.graph
    left = group[np.repeat(np.arange(graph.rows), np.diff(graph.indptr))]
    right = group[graph.indices]
    keep = (left < right) & np.isin(left, drawn) & np.isin(right, drawn)
    shape = (int(group.max(initial=0)) + 1,) * 2
    summed = sparse.coo_array(sparse.csr_array((np.ones(int(keep.sum())), (left[keep], right[keep])), shape=shape))
    widths = between(summed.data, 0.8, THICKEST * 1.5)
    edges = [
        {"from": f"group:{a}", "to": f"group:{b}", "width": w, "shared": int(n)}
        for a, b, n, w in zip(summed.row, summed.col, summed.data, widths.tolist(), strict=True)
    ]
    return edges, len(edges)
