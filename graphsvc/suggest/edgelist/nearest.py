"""Compiled loops that array programming has no word for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from graphsvc.suggest.edgelist.links import Floats, Ints, Singles


@njit(cache=True, nogil=True)
def most_alike(indptr: Ints, indices: npt.NDArray[np.int32], alike: Singles, nodes: Ints, columns: Ints) -> Floats:
    """The largest ``alike[w, columns[i]]`` over the neighbours w of ``nodes[i]``; 0 without neighbours.

    ``indptr``, ``indices``: the graph's rows; ``alike`` float32 [nodes, sources]. Returns float64 [pairs].
    """
    best = np.zeros(len(nodes))
    for i in range(len(nodes)):
        for j in range(indptr[nodes[i]], indptr[nodes[i] + 1]):
            best[i] = max(best[i], alike[indices[j], columns[i]])
    return best


@njit(cache=True, nogil=True)
def share_above(
    indptr: Ints, indices: npt.NDArray[np.int32], scores: Singles, sources: Ints, nodes: Ints, columns: Ints
) -> Floats:
    """How far down ``nodes[i]`` stands among those whom ``sources[columns[i]]`` might still be linked to.

    ``scores`` float32 [nodes, sources]. The share, in [0, 1], of the other nodes without a link to the source that
    score above the node, ties counting half. Returns float64 [pairs].
    """
    found = np.zeros(len(nodes))
    for i in range(len(nodes)):
        c = columns[i]
        source, mine = sources[c], scores[nodes[i], c]
        above, rivals = 0.0, scores.shape[0] - 2.0
        for w in range(scores.shape[0]):
            above += 1.0 if scores[w, c] > mine else (0.5 if scores[w, c] == mine else 0.0)
        above -= 0.5
        if scores[source, c] > mine:
            above -= 1.0
        elif scores[source, c] == mine:
            above -= 0.5
        for j in range(indptr[source], indptr[source + 1]):
            w = indices[j]
            if w != nodes[i]:
                rivals -= 1.0
                above -= 1.0 if scores[w, c] > mine else (0.5 if scores[w, c] == mine else 0.0)
        found[i] = above / max(rivals, 1.0)
    return found
