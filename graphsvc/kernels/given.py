"""What callers hand to kernels beside a graph, checked: compiled loops would read beyond their arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Int32s, Int64s


def nodes(values: npt.ArrayLike, n: int, *, once: bool = False) -> Int64s:
    """Numbers of nodes, int64. Raises IndexError for what is no node of 0..n-1; ``once``: ValueError for doubles."""
    found = np.asarray(values)
    whole = found.ndim == 1 and (found.dtype.kind in "iu" or not len(found))
    if not whole or (len(found) and not (found.min() >= 0 and found.max() < n)):
        raise IndexError(f"nodes are whole numbers from 0 to {n - 1}")
    if once and len(np.unique(found)) < len(found):
        raise ValueError("a node is named more than once")
    return found.astype(np.int64)


def groups(labels: npt.ArrayLike, n: int) -> Int32s:
    """A label for each node, int32 in 0..n-1: those that are larger or below 0 are renamed in their order.

    Raises ValueError unless there are n whole numbers.
    """
    found = np.asarray(labels)
    if found.shape != (n,) or (n and found.dtype.kind not in "iub"):
        raise ValueError(f"labels are whole numbers, one for each of {n} nodes")
    if n and not (found.min() >= 0 and found.max() < n):
        found = np.unique(found, return_inverse=True)[1]
    return found.astype(np.int32)
