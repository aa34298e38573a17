"""An organisation and those around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from graphsvc.render.look import LARGEST, SMALLEST, between, node
from graphsvc.render.organisations import proposals, strongest
from graphsvc.render.picture import Picture, picture
from graphsvc.render.place import RING, WIDE, rings
from graphsvc.snapshot import Snapshot

MOST_PARTNERS = 40
MOST_TIES = 120
"""Ties among partners drawn at most, beside those of the organisation itself."""


def ego(
    snapshot: Snapshot,
    row: int,
    measure: npt.NDArray[np.float64],
    communities: npt.NDArray[np.float64],
    suggested: Sequence[int] = (),
    *,
    label: str = "",
    most: int = MOST_PARTNERS,
) -> Picture:
    """The organisation in the middle, its closest partners round it, suggested ones outside.

    Partners stand by community, so that circles of acquaintance are seen as arcs. ``most``: partners drawn at
    most, the closest first. ``label``: text on the suggested ties.
    """
    graph = snapshot.graph
    partners = graph.row(row)
    weights = graph.weights_of(row)
    near = partners[np.argsort(-weights, kind="stable")[:most]].astype(np.int64)
    near = near[np.lexsort((near, np.nan_to_num(communities[near], nan=-1)))]
    outside = np.array([r for r in suggested if r != row and r not in set(partners.tolist())], dtype=np.int64)
    inner = rings(len(near))
    used = int(np.ceil(np.hypot(inner[-1, 0] / WIDE, inner[-1, 1]) / RING - 0.01)) if len(inner) else 0
    at = np.concatenate([np.zeros((1, 2)), inner, rings(len(outside), start=used)])
    shown = np.concatenate([[row], near, outside]).astype(np.int64)
    sizes = between(measure[shown], SMALLEST, LARGEST)
    names, sectors = snapshot.column("name"), snapshot.column("sector")
    nodes = [node(int(i), names[i], sectors[i], size, xy) for i, size, xy in zip(shown, sizes, at, strict=True)]
    nodes[0]["centre"] = True
    edges, ties = strongest(snapshot, shown, most=MOST_TIES, of=row)
    dashed = proposals(((row, int(i)) for i in outside), label)
    return picture(nodes, edges + dashed, nodes_of=len(partners) + 1 + len(outside), ties_of=ties)
