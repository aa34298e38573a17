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


def group_places(positions: Floats, group: Rows, names: Mapping[int, str]) -> dict[int, Floats]:
    """Where the bubble of each group stands: at the middle of its members, none over another.

    positions : float64 [organisations, 2], any scale
    group : int64 [organisations]; number of each organisation's group, below 0 for none
    names : text per group; groups without one have no bubble (nor have the smallest beyond ``MOST_GROUPS``)
    """
    size = np.bincount(group[group >= 0], minlength=max(names, default=-1) + 1)
    known = np.array([g for g in names if size[g] > 0], dtype=np.int64)
    drawn = np.sort(known[np.argsort(-size[known], kind="stable")[:MOST_GROUPS]])
    radii = between(size[drawn].astype(np.float64), SMALLEST, LARGEST)
    middle = _middles(to_canvas(positions), group)[drawn]
    # Bubbles need far less room than their members: draw them together, then push overlaps apart.
    scale = 150 * np.sqrt(max(len(drawn), 1)) / max(float(np.abs(middle).max(initial=0)), 1.0)
    at = apart(middle * min(scale, 1.0), radii + 42)
    return {int(g): xy for g, xy in zip(drawn, at, strict=True)}


def _middles(canvas: Floats, group: Rows) -> Floats:
    count = int(group.max(initial=-1)) + 1
    inside = group >= 0
    size = np.maximum(np.bincount(group[inside], minlength=count), 1)
    return np.column_stack([np.bincount(group[inside], canvas[inside, k], minlength=count) / size for k in (0, 1)])


def groups(snapshot: Snapshot, at: Mapping[int, Floats], group: Rows, names: Mapping[int, str]) -> Picture:
    """One bubble per group that has a place and members, sized by their number; ties between groups summed.

    at : place on the canvas by group; group, names : as for ``group_places``
    """
    size = np.bincount(group[group >= 0], minlength=max(at, default=-1) + 1)
    known = [g for g in names if g < len(size) and size[g] > 0]
    drawn = np.array(sorted(g for g in known if g in at), dtype=np.int64)
    radii = between(size[drawn].astype(np.float64), SMALLEST, LARGEST)
    nodes = [_bubble(g, names[g], int(size[g]), r, at[g]) for g, r in zip(drawn.tolist(), radii, strict=True)]
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
