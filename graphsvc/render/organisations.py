"""The picture of organisations and their ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from graphsvc.render.look import LARGEST, SMALLEST, THICKEST, THINNEST, between, node, tie
from graphsvc.render.picture import MOST_NODES, MOST_TIES, Picture, picture
from graphsvc.render.place import BESIDE, WIDE, apart, to_canvas, with_loners
from graphsvc.snapshot import Snapshot

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
NEAREST, ROOMIEST, ROUNDS = 20.0, 90.0, 40
"""Half the least distance of two organisations in pixels, of many and of few, and how often those nearer are pushed."""
SPACE = 450.0
"""Half that distance of n organisations is ``SPACE`` / √n: the wider, the smaller the signs beside their names."""


def places(snapshot: Snapshot, positions: Floats, rows: Rows) -> Floats:
    """Where each organisation of ``rows`` stands on the canvas, float64 [organisations, 2]; NaN for the others.

    positions : float64 [organisations, 2], any scale; drawn as wide as a screen is.
    What has no tie stands in rows below the others.
    """
    at = np.full((snapshot.graph.rows, 2), np.nan)
    alone = np.ones(snapshot.graph.rows, dtype=bool)
    alone[np.concatenate(ties_among(snapshot, rows)[:2])] = False
    tied, loose = rows[~alone[rows]], alone[rows]
    if len(tied):
        close = to_canvas(positions[tied])
        at[tied] = (
            apart(close, np.full(len(tied), np.clip(SPACE / np.sqrt(len(tied)), NEAREST, ROOMIEST)), ROUNDS)
            if len(tied) <= MOST_NODES
            else close
        )
        at[tied, 0] *= WIDE
        at[rows] = with_loners(at[rows], loose)
    else:
        at[rows] = to_canvas(positions[rows])
    return at


def organisations(snapshot: Snapshot, at: Floats, measure: Floats, rows: Rows | None = None) -> Picture:
    """Organisations of ``rows`` (None: all) and the ties among them.

    at : float64 [organisations, 2], places on the canvas
    measure : float64 [organisations]; sizes the nodes, and chooses which are drawn when there are too many
    """
    chosen = np.arange(snapshot.graph.rows) if rows is None else rows
    count = len(chosen)
    if count > MOST_NODES:
        order = np.argsort(-np.nan_to_num(measure[chosen]), kind="stable")
        chosen = np.sort(chosen[order[:MOST_NODES]])
    edges, ties = strongest(snapshot, chosen)
    sizes = between(measure[chosen], SMALLEST, LARGEST)
    names, sectors = snapshot.column("name"), snapshot.column("sector")
    nodes = (
        node(int(i), names[i], sectors[i], size, xy) for i, size, xy in zip(chosen, sizes, at[chosen], strict=True)
    )
    return picture(nodes, edges, nodes_of=count, ties_of=ties)


def way(snapshot: Snapshot, steps: Rows, measure: Floats) -> Picture:
    """Organisations along a path, from left to right; only the ties of the path.

    steps : rows in their order; measure : float64 [organisations]; sizes the nodes
    """
    at = np.full((snapshot.graph.rows, 2), np.nan)
    at[steps] = np.column_stack([np.arange(len(steps)) * BESIDE, np.zeros(len(steps))])
    drawn = organisations(snapshot, at, measure, steps)
    along = {frozenset(pair) for pair in zip(steps.tolist(), steps[1:].tolist(), strict=False)}
    edges = [edge for edge in drawn.edges if {edge["from"], edge["to"]} in along]
    return replace(drawn, edges=edges, ties_of=len(edges))


def strongest(
    snapshot: Snapshot, rows: Rows, *, most: int = MOST_TIES, of: int | None = None
) -> tuple[list[dict[str, Any]], int]:
    """The strongest ties among ``rows`` (at most ``most``; those ``of`` a row always), and how many there are."""
    a, b, weight, shared = ties_among(snapshot, rows)
    own = np.zeros(len(a), dtype=bool) if of is None else (a == of) | (b == of)
    keep = np.lexsort((-weight, ~own))[: max(most, int(own.sum()))]
    widths = between(weight[keep], THINNEST, THICKEST)
    return (
        [tie(int(a[e]), int(b[e]), width, int(shared[e])) for e, width in zip(keep, widths, strict=True)],
        len(a),
    )


def ties_among(snapshot: Snapshot, rows: Rows) -> tuple[Rows, Rows, Floats, npt.NDArray[np.int32]]:
    """Each tie among ``rows`` once: its two ends (a < b), weight, and number of partnerships shared."""
    graph = snapshot.graph
    inside = np.zeros(graph.rows, dtype=bool)
    inside[rows] = True
    left = np.repeat(np.arange(graph.rows), np.diff(graph.indptr))
    keep = np.flatnonzero((left < graph.indices) & inside[left] & inside[graph.indices])
    return left[keep], graph.indices[keep].astype(np.int64), graph.weights[keep], snapshot.shared[keep]


def proposals(pairs: Iterable[tuple[int, int]], label: str) -> list[dict[str, Any]]:
    """Suggested ties: dashed, straight (dashed curves are the slowest thing vis-network draws), with a label,
    because from afar dashes look solid."""
    return [
        {
            "from": a,
            "to": b,
            "width": 2.0,
            "dashes": [8, 6],
            "smooth": False,
            "label": label,
            "suggestion": True,
        }
        for a, b in pairs
    ]
