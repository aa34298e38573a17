"""What holds the network together: how it falls apart when its most central organisations leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.kernels.components import connected_components
from graphsvc.snapshot.csr import Csr, Floats, Int64s

MUCH = 0.15
"""Share of the largest part: where the most central take so much more than as many others do, it hangs on them."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What remains when the ``left`` most central organisations are gone; a share (0 to 1) of all organisations.

    by_chance : the same for as many drawn at random, the mean of several draws
    """

    left: int
    largest: float
    by_chance: float

    @property
    def gap(self) -> float:
        """How much more is lost than by chance."""
        return self.by_chance - self.largest


@dataclass(frozen=True, slots=True)
class Robustness:
    """What remains as ever more leave; ``losses`` begins with nobody gone."""

    losses: list[Loss]

    @property
    def worst(self) -> Loss:
        """Where the most central are missed most, beside chance; of the first row where nobody can leave."""
        return max(self.losses[1:] or self.losses, key=lambda loss: loss.gap)

    @property
    def hangs(self) -> bool:
        """Whether the network hangs on its most central organisations."""
        return self.worst.gap > MUCH * self.losses[0].largest


def largest_part_without(graph: Csr, order: Int64s, counts: Sequence[int]) -> list[float]:
    """Share (0 to 1) of the organisations that stay in the largest connected part when the first ``count`` of
    ``order`` have left, for each count; the share is of all organisations, those that left included."""
    n = graph.rows
    if n == 0:
        return [0.0 for _ in counts]
    rank = np.full(n, n)
    rank[order] = np.arange(len(order))
    return [_largest(graph, rank >= count) / n for count in counts]


def _largest(graph: Csr, keep: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    if not keep.any():
        return 0
    part = Csr.from_scipy(graph.to_scipy()[keep][:, keep])
    return int(np.bincount(connected_components(part)).max())


def by_value(values: Floats) -> Int64s:
    """Rows from the highest value down; equal ones in their order, rows without a value last."""
    return np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")
