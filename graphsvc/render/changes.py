"""Ties that began and ended between two days, marked in a picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from graphsvc.render.organisations import ties_among
from graphsvc.snapshot import Snapshot

Rows = npt.NDArray[np.int64]
Pairs = set[tuple[int, int]]


def pairs_among(snapshot: Snapshot, numbers: Rows, drawn: Rows) -> Pairs:
    """Ties of a snapshot between organisations that a picture draws, under the numbers that they have there.

    numbers : int64 [organisations]; number in the picture of each organisation, -1 for one that it does not have
    """
    rows = np.flatnonzero(np.isin(numbers, drawn))
    a, b, _weight, _shared = ties_among(snapshot, rows)
    one, two = numbers[a], numbers[b]
    return set(zip(np.minimum(one, two).tolist(), np.maximum(one, two).tolist(), strict=True))


def mark(edges: list[dict[str, Any]], began: Pairs, ended: Pairs) -> None:
    """Mark the ties that began (+) and those that ended (−), and add those that are not drawn any more.

    The sign tells them apart without colour. Ended ties are dotted, and straight, as dashed curves draw slowly.
    """
    left = set(ended)
    for edge in edges:
        pair = (edge["from"], edge["to"])
        if pair in began:
            edge.update(change="began", label="+")
        elif pair in left:
            left.remove(pair)
            edge.update(ENDED)
    edges.extend({"from": a, "to": b, "width": 1.0, **ENDED} for a, b in sorted(left))


ENDED = {"change": "ended", "label": "−", "dashes": [2, 5]}
