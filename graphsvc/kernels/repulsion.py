"""How all nodes of a layout push each other away, at a cost of n·log n.

Barnes, Hut, "A hierarchical O(N log N) force-calculation algorithm", Nature 324, 1986, over a balanced tree: node j of
level l holds the bodies ``j·n >> l`` to ``(j + 1)·n >> l`` of an order that halves the plane along its wider side,
again and again. All bodies of a leaf are moved by the same list of cells, so that the inner loop runs side by side on
several of them (Barnes, "A modified tree code", 1990).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from graphsvc.kernels._run import njit, spread
from graphsvc.snapshot.csr import Floats, Int32s, frozen

THETA = 2.0
"""A cell seen under a smaller ratio of size to distance, from the nearest place of a leaf, acts as one body: the push
is then a few hundredths off."""
LEAF = 12
"""Most bodies of a leaf."""
WIDE = 4.0
"""Square size of a leaf, over the usual one, above which its bodies are not near enough to be pushed as one."""
NEAREST = 1e-4
"""Square of the distance below which the push grows no further."""

by_vector: Callable[..., Any] = partial(njit, error_model="numpy")
"""A division by zero must not be asked for, or loops run one body at a time."""


def depth_of(n: int) -> int:
    """Levels below the root."""
    return max(0, int(np.ceil(np.log2(max(n, 1) / LEAF))))


def halved(places: Floats) -> Int32s:
    """The order of the tree, int32 [n]."""
    x, y = frozen(places[:, 0]), frozen(places[:, 1])
    order: Int32s = _halved(x, y, depth_of(len(places)))
    return order


def repulsion(places: Floats, order: Int32s) -> Floats:
    """Sum of 1 / distance away from all others, along x and y; float64 [2, n] in the order of ``order``."""
    n, depth = len(places), depth_of(len(places))
    x, y = frozen(places[order, 0]), frozen(places[order, 1])
    box, middle, size = _cells(x, y, depth)
    cells = box, middle, size, WIDE * np.median(size[1 << depth :])
    forces = np.zeros((2, n))
    spread(lambda a, b: _push(x, y, *cells, depth, forces[0], forces[1], a, b), 1 << depth, 64 * n)
    return forces


@njit
def _halved(x, y, depth):  # type: ignore[no-untyped-def]
    n = len(x)
    order = np.arange(n).astype(np.int32)
    for level in range(depth):
        for j in range(1 << level):
            first, last = (j * n) >> level, ((j + 1) * n) >> level
            low_x, high_x, low_y, high_y = np.inf, -np.inf, np.inf, -np.inf
            for i in range(first, last):
                low_x, high_x = min(low_x, x[order[i]]), max(high_x, x[order[i]])
                low_y, high_y = min(low_y, y[order[i]]), max(high_y, y[order[i]])
            wide = high_x - low_x >= high_y - low_y
            _select(order, x if wide else y, first, last - 1, ((2 * j + 1) * n) >> (level + 1))
    return order


@njit
def _select(order, key, low, high, middle):  # type: ignore[no-untyped-def]
    """Put what belongs before ``middle`` there (Hoare 1961)."""
    while low < high:
        pivot = key[order[(low + high) >> 1]]
        i, j = low, high
        while i <= j:
            while key[order[i]] < pivot:
                i += 1
            while key[order[j]] > pivot:
                j -= 1
            if i <= j:
                order[i], order[j] = order[j], order[i]
                i += 1
                j -= 1
        if middle <= j:
            high = j
        elif middle >= i:
            low = i
        else:
            return


@njit
def _cells(x, y, depth):  # type: ignore[no-untyped-def]
    """Of each cell (node j of level l is cell 2^l + j): its box (least and most x, then y), the middle of its bodies,
    and the square of its size."""
    n, leaves = len(x), 1 << depth
    box, middle, size = np.empty((2 * leaves, 4)), np.zeros((2 * leaves, 2)), np.zeros(2 * leaves)
    for level in range(depth, -1, -1):
        for j in range(1 << level):
            k, first, last = (1 << level) + j, (j * n) >> level, ((j + 1) * n) >> level
            low_x, high_x, low_y, high_y = np.inf, -np.inf, np.inf, -np.inf
            sum_x, sum_y = 0.0, 0.0
            if level == depth:
                for i in range(first, last):
                    low_x, high_x = min(low_x, x[i]), max(high_x, x[i])
                    low_y, high_y = min(low_y, y[i]), max(high_y, y[i])
                    sum_x += x[i]
                    sum_y += y[i]
            else:
                parting = ((2 * j + 1) * n) >> (level + 1)
                for half, mass in ((2 * k, parting - first), (2 * k + 1, last - parting)):
                    low_x, high_x = min(low_x, box[half, 0]), max(high_x, box[half, 1])
                    low_y, high_y = min(low_y, box[half, 2]), max(high_y, box[half, 3])
                    sum_x += mass * middle[half, 0]
                    sum_y += mass * middle[half, 1]
            box[k, 0], box[k, 1], box[k, 2], box[k, 3] = low_x, high_x, low_y, high_y
            middle[k, 0], middle[k, 1] = sum_x / max(last - first, 1), sum_y / max(last - first, 1)
            size[k] = max(high_x - low_x, high_y - low_y) ** 2
    return box, middle, size


@by_vector
def _from_one(x, y, first, last, at_x, at_y, mass, push_x, push_y):  # type: ignore[no-untyped-def]
    """The push of one body, or of a cell as one, on each body of a leaf."""
    for i in range(first, last):
        dx, dy = x[i] - at_x, y[i] - at_y
        force = mass / max(dx * dx + dy * dy, NEAREST)
        push_x[i] += dx * force
        push_y[i] += dy * force


@by_vector
def _push(x, y, box, middle, size, wide, depth, push_x, push_y, start, stop):  # type: ignore[no-untyped-def]
    """Push the bodies of some leaves; those of a leaf above the square size ``wide`` one by one, or a few far from
    each other would have everything between them near."""
    n, leaves = len(x), 1 << depth
    stack, at_level = np.empty(depth + 3, np.int64), np.empty(depth + 3, np.int64)
    for leaf in range(start, stop):
        first, end = (leaf * n) >> depth, ((leaf + 1) * n) >> depth
        low_x, high_x, low_y, high_y = box[leaves + leaf]
        alone = size[leaves + leaf] > wide
        while first < end:
            last = end
            if alone:
                last = first + 1
                low_x, high_x, low_y, high_y = x[first], x[first], y[first], y[first]
            stack[0], at_level[0], top = 1, 0, 1
            while top:
                top -= 1
                k, level = stack[top], at_level[top]
                gap_x = max(low_x - middle[k, 0], 0.0, middle[k, 0] - high_x)
                gap_y = max(low_y - middle[k, 1], 0.0, middle[k, 1] - high_y)
                near = size[k] >= THETA * THETA * (gap_x * gap_x + gap_y * gap_y)
                if near and level < depth:
                    for half in range(2):
                        stack[top], at_level[top] = 2 * k + half, level + 1
                        top += 1
                    continue
                j = k - (1 << level)
                low, high = (j * n) >> level, ((j + 1) * n) >> level
                if near:
                    for i in range(low, high):
                        _from_one(x, y, first, last, x[i], y[i], 1.0, push_x, push_y)
                else:
                    _from_one(x, y, first, last, middle[k, 0], middle[k, 1], float(high - low), push_x, push_y)
            first = last
