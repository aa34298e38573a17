"""Places for nodes on a plane: forces for graphs of any size, stress for small ones (``stress.py``).

Fruchterman, Reingold, "Graph drawing by force-directed placement", 1991, with the repulsion of far groups taken
together (``repulsion.py``). One unit is the length that a lone tie would have.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graphsvc.kernels._run import arrays, njit, spread
from graphsvc.kernels.communities import leiden_communities
from graphsvc.kernels.repulsion import halved, repulsion
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s, frozen

GRAVITY = 0.05
"""Pull to the centre per unit of distance: keeps components together."""
COARSE = 200
"""Nodes above which a layout of the communities comes first."""
SETTLED_STEP = 0.1
"""First step of a layout that begins from known places, in units."""
APART = 1e-6
"""By how much nodes in one place are moved, each along a direction of its own, so that they can part."""


def force_layout(
    graph: Csr,
    start: Floats | None = None,
    *,
    settled: npt.NDArray[np.bool_] | None = None,
    iterations: int | None = None,
    seed: int = 0,
) -> Floats:
    """Places of the nodes, float64 [n, 2], centred on 0, 0; the same for the same arguments.

    start : float64 [n, 2], places at another date; NaN where a node is new. Known nodes then move by less than
        ``iterations`` · SETTLED_STEP / 2 (30 steps unless told), new ones begin among their neighbours.
    settled : bool [n], known nodes that stay where they are
    iterations : 100 unless told; 50 above 5,000 nodes, where the communities already give the shape.
    """
    n, ties = graph.rows, arrays(graph)[:2]
    known = start is not None and bool(np.isfinite(start).any())
    places = _among_neighbours(graph, start, seed) if known and start is not None else _first_places(graph, seed)
    steps = iterations if iterations is not None else 30 if known else 100 if n <= 5_000 else 50
    first = SETTLED_STEP if known else 0.1 * max(np.sqrt(n), 1.0)
    for step in range(steps):
        _step(ties, places, first * (1 - step / steps))
        if start is not None and settled is not None:
            places[settled] = start[settled]
    return places if known else places - places.mean(axis=0) if n else places


def _step(ties: tuple[Int64s, Int32s], places: Floats, limit: float) -> None:
    """Move every node along its force, by ``limit`` at most."""
    still, order = frozen(places.copy()), halved(places)
    push = repulsion(places, order)
    spread(lambda a, b: _move(*ties, still, order, push, places, limit, a, b), len(places), 8 * len(ties[1]))


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
    turn = np.arange(graph.rows) * 2.4
    places = np.array(start, np.float64) + APART * np.stack([np.cos(turn), np.sin(turn)], axis=1)
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
def _move(indptr, indices, still, order, push, places, limit, start, stop):  # type: ignore[no-untyped-def]
    """Move the nodes at these places of the order along their force, by ``limit`` at most."""
    for at in range(start, stop):
        i = order[at]
        x, y = still[i, 0], still[i, 1]
        fx, fy = push[0, at] - GRAVITY * x, push[1, at] - GRAVITY * y
        for e in range(indptr[i], indptr[i + 1]):
            dx, dy = still[indices[e], 0] - x, still[indices[e], 1] - y
            far = np.sqrt(dx * dx + dy * dy)
            fx += dx * far
            fy += dy * far
        force = np.sqrt(fx * fx + fy * fy)
        if force > 0.0:
            step = min(force, limit) / force
            places[i, 0] = x + fx * step
            places[i, 1] = y + fy * step
