"""Places for nodes on a plane: forces for graphs of any size, stress for small ones (``stress.py``).

Fruchterman, Reingold, "Graph drawing by force-directed placement", 1991, with the repulsion of far groups taken from
a quadtree (Barnes, Hut, Nature 324, 1986). One unit is the length that a lone tie would have.
"""

from __future__ import annotations

import numpy as np

from graphsvc.kernels._run import arrays, njit, spread
from graphsvc.kernels.communities import leiden_communities
from graphsvc.snapshot.csr import Csr, Floats, Int32s, frozen

THETA = 1.2
"""A cell seen under a smaller ratio of size to distance acts as one body."""
GRAVITY = 0.05
"""Pull to the centre per unit of distance: keeps components together."""
COARSE = 200
"""Nodes above which a layout of the communities comes first."""
SETTLED_STEP = 0.1
"""First step of a layout that begins from known places, in units."""
DEEPEST = 40
"""Levels of the quadtree; closer bodies share a cell."""


def force_layout(graph: Csr, start: Floats | None = None, *, iterations: int | None = None, seed: int = 0) -> Floats:
    """Places of the nodes, float64 [n, 2], centred on 0, 0; the same for the same arguments.

    start : float64 [n, 2], places at another date; NaN where a node is new. Known nodes then move by less than
        ``iterations`` · SETTLED_STEP / 2 (30 steps unless told), new ones begin among their neighbours.
    iterations : 100 unless told; 50 above 5,000 nodes, where the communities already give the shape.
    """
    indptr, indices, _ = arrays(graph)
    n = graph.rows
    known = start is not None and bool(np.isfinite(start).any())
    places = _among_neighbours(graph, start, seed) if known and start is not None else _first_places(graph, seed)
    steps = iterations if iterations is not None else 30 if known else 100 if n <= 5_000 else 50
    first = SETTLED_STEP if known else 0.1 * max(np.sqrt(n), 1.0)
    for step in range(steps):
        _step(indptr, indices, places, first * (1 - step / steps))
    return places if known else places - places.mean(axis=0) if n else places


def _step(indptr: np.ndarray, indices: Int32s, places: Floats, limit: float) -> None:
    """Move every node along its force, by ``limit`` at most."""
    n = len(places)
    tree = [frozen(part) for part in _tree(places)]
    still = frozen(places.copy())
    spread(lambda a, b: _move(indptr, indices, *tree, still, places, limit, a, b), n, 64 * n)


def _first_places(graph: Csr, seed: int) -> Floats:
    """On a disc at random, or, where there are many nodes, around the place of their community."""
    rng = np.random.default_rng(seed)
    n = graph.rows
    disc = _disc(n, rng)
    spread_out: Floats = disc * np.sqrt(n)
    if n <= COARSE:
        return spread_out
    labels = leiden_communities(graph, seed=seed)
    count = int(labels.max()) + 1
    if count > n // 2:
        return spread_out
    sizes = np.bincount(labels).astype(np.float64)
    rows = labels[np.repeat(np.arange(n), np.diff(graph.indptr))].astype(np.int64)
    coarse = Csr.from_entries(rows, labels[graph.indices].astype(np.int64), graph.weights, (count, count))
    centres = force_layout(coarse, seed=seed) * np.sqrt(n / count)
    around: Floats = centres[labels] + disc * np.sqrt(sizes[labels])[:, None]
    return around


def _disc(n: int, rng: np.random.Generator) -> Floats:
    angle, radius = rng.random(n) * 2 * np.pi, np.sqrt(rng.random(n))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _among_neighbours(graph: Csr, start: Floats, seed: int) -> Floats:
    """Known places as they are; the others in the middle of their known neighbours, or at the rim."""
    places = np.array(start, np.float64)
    new = np.isnan(places.sum(axis=1))
    known = np.where(new[:, None], 0.0, places)
    ties = graph.to_scipy().astype(bool).astype(np.float64)
    counts = ties @ (~new).astype(np.float64)
    middle = np.divide(ties @ known, counts[:, None], out=np.zeros_like(known), where=counts[:, None] > 0)
    disc = _disc(graph.rows, np.random.default_rng(seed))
    rim = np.linalg.norm(known, axis=1).max(initial=1.0)
    lost = np.linalg.norm(disc, axis=1, keepdims=True)
    outside = np.divide(disc, lost, out=np.zeros_like(disc), where=lost > 0) * rim
    places[new] = np.where(counts[:, None] > 0, middle + disc, outside)[new]
    return places


@njit
def _tree(places):  # type: ignore[no-untyped-def]
    """Quadtree: children (a cell, -2 - body, or -1), width (0 where bodies are not told apart), bodies and middle."""
    n = len(places)
    low = np.array([places[:, 0].min(), places[:, 1].min()]) if n else np.zeros(2)
    width = max(np.ptp(places[:, 0]), np.ptp(places[:, 1])) * 1.001 + 1e-9 if n else 1.0
    capacity = 4 * n + 64
    child = np.full((capacity, 4), -1, np.int32)
    level = np.zeros(capacity, np.int32)
    body = np.zeros((capacity, 3), np.float64)
    corner = np.zeros((capacity, 2), np.float64)
    corner[0] = low
    cells = 1
    for i in range(n):
        x, y = places[i, 0], places[i, 1]
        cell = 0
        while True:
            body[cell, 0] += 1.0
            body[cell, 1] += x
            body[cell, 2] += y
            half = width / 2.0 ** (level[cell] + 1)
            right, up = x >= corner[cell, 0] + half, y >= corner[cell, 1] + half
            slot = right + 2 * up
            other = child[cell, slot]
            if other == -1:
                child[cell, slot] = -2 - i
                break
            if other >= 0:
                cell = other
                continue
            if level[cell] >= DEEPEST or cells == capacity:
                break
            child[cell, slot] = cells
            level[cells] = level[cell] + 1
            corner[cells, 0] = corner[cell, 0] + half * right
            corner[cells, 1] = corner[cell, 1] + half * up
            j = -2 - other
            body[cells] = np.array([1.0, places[j, 0], places[j, 1]])
            quarter = half / 2.0
            inner = (places[j, 0] >= corner[cells, 0] + quarter) + 2 * (places[j, 1] >= corner[cells, 1] + quarter)
            child[cells, inner] = other
            cell = cells
            cells += 1
    size = np.zeros(cells, np.float64)
    for cell in range(cells):
        if level[cell] < DEEPEST:
            size[cell] = width / 2.0 ** level[cell]
        body[cell, 1] /= max(body[cell, 0], 1.0)
        body[cell, 2] /= max(body[cell, 0], 1.0)
    return child[:cells], size, body[:cells]


@njit
def _repulsion(child, size, body, places, i, stack):  # type: ignore[no-untyped-def]
    """Sum of 1 / distance away from all other bodies, along x and y."""
    x, y = places[i, 0], places[i, 1]
    fx, fy = 0.0, 0.0
    stack[0], top = 0, 1
    while top:
        top -= 1
        cell = stack[top]
        if cell >= 0:
            dx, dy, mass = x - body[cell, 1], y - body[cell, 2], body[cell, 0]
            far = dx * dx + dy * dy
            if size[cell] * size[cell] >= THETA * THETA * far and size[cell] > 0.0:
                for slot in range(4):
                    if child[cell, slot] != -1:
                        stack[top] = child[cell, slot]
                        top += 1
                continue
        else:
            j = -2 - cell
            if j == i:
                continue
            dx, dy, mass = x - places[j, 0], y - places[j, 1], 1.0
            far = dx * dx + dy * dy
        if far < 1e-4:
            # bodies in one place part along a direction of their own
            dx, dy, far = 0.01 * np.cos(i * 2.4), 0.01 * np.sin(i * 2.4), 1e-4
        fx += mass * dx / far
        fy += mass * dy / far
    return fx, fy


@njit
def _move(indptr, indices, child, size, body, still, places, limit, start, stop):  # type: ignore[no-untyped-def]
    stack = np.empty(4 * DEEPEST + 8, np.int32)
    for i in range(start, stop):
        fx, fy = _repulsion(child, size, body, still, i, stack)
        x, y = still[i, 0], still[i, 1]
        for e in range(indptr[i], indptr[i + 1]):
            dx, dy = still[indices[e], 0] - x, still[indices[e], 1] - y
            far = np.sqrt(dx * dx + dy * dy)
            fx += dx * far
            fy += dy * far
        fx -= GRAVITY * x
        fy -= GRAVITY * y
        force = np.sqrt(fx * fx + fy * fy)
        if force > 0.0:
            step = min(force, limit) / force
            places[i, 0] = x + fx * step
            places[i, 1] = y + fy * step
