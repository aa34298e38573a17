"""Geometry of the charts that templates draw as SVG; a table stands beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 400, 180, 8, 28, 24
"""Of the plane, in its own units; the margins hold the labels."""
LABELS = 8
"""Most labels below a chart."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through (x, y) ``dots``; ``labels`` are (x, text) below it; ``top`` is the highest value."""

    dots: list[tuple[float, float]]
    labels: list[tuple[float, str]]
    top: float

    @property
    def path(self) -> str:
        """As SVG draws it."""
        return "M" + "L".join(f"{x} {y}" for x, y in self.dots) if self.dots else ""


def line(values: Sequence[float], names: Sequence[str], top: float | None = None) -> Line:
    """The values from left to right; 0 is at the foot. ``top``: the height of the plane, else the highest value."""
    known = [0.0 if v != v else v for v in values]
    high = top or max(known, default=0.0) or 1.0
    step = (WIDTH - 2 * LEFT) / max(len(known) - 1, 1)
    dots = [
        (round(LEFT + i * step, 1), round(HEIGHT - BOTTOM - v / high * (HEIGHT - TOP - BOTTOM), 1))
        for i, v in enumerate(known)
    ]
    every = -(-len(names) // LABELS) or 1
    return Line(dots, [(dots[i][0], names[i]) for i in range(0, len(names), every)], high)
