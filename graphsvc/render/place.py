"""Where things stand: positions scaled to the canvas, rings round an organisation, bubbles that don't overlap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ROOM = 36.0
"""Pixels of canvas per node and axis, before zooming."""
RING, APART = 190.0, 84.0
LONER = 32.0
BESIDE = 250.0
"""Pixels between the steps of a path: room for two names."""
WIDE = 1.5
"""A screen is wider than tall, and names are written along it: rings are ellipses, and so is the network."""


def to_canvas(positions: Floats) -> Floats:
    """Positions [n, 2] of any scale, centred and scaled so that n nodes have room."""
    if len(positions) == 0:
        return positions
    centred = positions - np.median(positions, axis=0)
    far = np.hypot(centred[:, 0], centred[:, 1])
    most = float(np.percentile(far, 90)) or 1.0
    # What lies far out is drawn nearer, or a few stragglers would shrink all others to dots.
    nearer = np.where(far > most, (1 + np.log(np.maximum(far, most) / most) / 5) / np.maximum(far / most, 1), 1.0)
    scaled: Floats = centred * nearer[:, None] / most * ROOM * np.sqrt(len(positions)) / 2
    return scaled


def with_loners(at: Floats, alone: Bools) -> Floats:
    """The same places [n, 2], but those without a tie in rows below the others: round them they would be a wall."""
    count, others = int(alone.sum()), at[~alone]
    if not count or not len(others):
        return at
    moved, width = at.copy(), max(int(np.ceil(np.sqrt(count * 6))), int(np.ptp(others[:, 0]) / LONER), 1)
    place = np.arange(count)
    left, bottom = np.median(others[:, 0]) - (min(width, count) - 1) * LONER / 2, others[:, 1].max() + 2.5 * LONER
    moved[alone] = np.column_stack([left + place % width * LONER, bottom + place // width * LONER])
    return moved


def rings(count: int, start: int = 0) -> Floats:
    """``count`` places [count, 2] on flat rings round the origin, ``APART`` pixels or more from each other.

    ``start``: number of rings to leave free inside.
    """
    places: list[Floats] = []
    left, ring = count, start + 1
    while left > 0:
        radius = RING * ring
        here = min(left, int(2 * np.pi * radius / APART))
        angle = np.arange(here) * (2 * np.pi / here) - np.pi / 2
        places.append(np.column_stack([WIDE * radius * np.cos(angle), radius * np.sin(angle)]))
        left, ring = left - here, ring + 1
    return np.concatenate(places) if places else np.empty((0, 2))


def apart(positions: Floats, radii: Floats, rounds: int = 400) -> Floats:
    """Circles [n, 2] pushed from each other until none overlap, or ``rounds`` are over."""
    at: Floats = positions + np.column_stack([np.cos(np.arange(len(radii))), np.sin(np.arange(len(radii)))])
    widest = 2 * float(radii.max(initial=0))
    for _ in range(rounds):
        a, b = cKDTree(at).query_pairs(widest, output_type="ndarray").T if len(at) else np.empty((2, 0), np.int64)
        gap = at[a] - at[b]
        far = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6)
        push = np.maximum(radii[a] + radii[b] - far, 0)
        if push.max(initial=0) < 0.5:
            break
        moved = gap / far[:, None] * (push / 3)[:, None]
        np.add.at(at, a, moved)
        np.subtract.at(at, b, moved)
    return at
