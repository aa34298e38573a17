"""Pairs by which likelihoods are held against what happened: all that met in a window, and a fair part of the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.history import History
from graphsvc.suggest.learn import Window, outcome

STRANGERS = 50_000
"""Pairs that did not meet which are looked at; of more, so many are drawn at random."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Directed pairs; the second half are those of the first turned round.

    i, j : int64 [pairs]; met : bool [pairs]; weight : float64 [pairs], how many pairs each one stands for
    """

    i: Int64s
    j: Int64s
    met: npt.NDArray[np.bool_]
    weight: Floats

    def per_pair(self, values: Floats) -> Floats:
        """``values`` [pairs] of the two directions averaged."""
        averaged: Floats = values.reshape(2, -1).mean(axis=0)
        return averaged

    @property
    def once(self) -> tuple[npt.NDArray[np.bool_], Floats]:
        """``met`` and ``weight`` of each pair once."""
        half = len(self.met) // 2
        return self.met[:half], self.weight[:half]


def draw(history: History, window: Window, rng: np.random.Generator) -> Drawn:
    """Pairs of organisations known at the start of a window that had not met, in both directions."""
    past, found = history.until(window.start), outcome(history, window)
    n, known, tied = history.organisations, past.known, past.tied()
    had = np.repeat(np.arange(n), np.diff(tied.indptr)) * n + tied.indices
    met = (found.a * n + found.b)[found.a < found.b]
    i, j = _pairs(known, rng)
    others = np.setdiff1d((i * n + j)[i < j], np.concatenate([had, met]))
    total = len(known) * (len(known) - 1) // 2 - len(had) // 2 - len(met)
    a, b, together, weight = _chosen(n, met, others, total, rng)
    both = np.concatenate([a, b]), np.concatenate([b, a])
    return Drawn(*both, np.tile(together, 2), np.tile(weight, 2))


def _pairs(known: Int64s, rng: np.random.Generator) -> tuple[Int64s, Int64s]:
    """All pairs, or several times STRANGERS of them drawn at random."""
    many, n = 8 * STRANGERS, len(known)
    key = np.arange(n * n) if n * n <= many else np.unique(rng.integers(0, n * n, many))
    return known[key // n], known[key % n]


def _chosen(
    n: int, met: Int64s, others: Int64s, total: int, rng: np.random.Generator
) -> tuple[Int64s, Int64s, npt.NDArray[np.bool_], Floats]:
    """Ends, whether they met and weight of all ``met`` and up to STRANGERS of ``others`` (keys a · n + b), which stand
    for ``total`` pairs."""
    if len(others) > STRANGERS:
        others = rng.choice(others, STRANGERS, replace=False)
    keys = np.concatenate([met, others])
    together = np.arange(len(keys)) < len(met)
    weight = np.where(together, 1.0, total / max(len(others), 1))
    return keys // n, keys % n, together, weight
