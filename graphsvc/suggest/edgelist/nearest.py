"""A compiled loop that array programming has no word for."""

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
