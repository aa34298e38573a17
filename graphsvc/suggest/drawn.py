"""Pairs by which likelihoods are held against what happened: all that met in the time after a day, and a fair part of
the rest, of those who might be suggested a larger one: among them are the likely ones, of whom there are few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.candidates import Candidates, Width
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.learn import Window, outcome
from graphsvc.suggest.pairs import pair_keys

STRANGERS = 50_000
"""Pairs that did not meet which are looked at, of candidates and of others; of more, so many are drawn at random."""


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


def draw(ground: Ground, days: int, rng: np.random.Generator) -> Drawn:
    """Pairs of organisations known on the day of ``ground`` that had not met, in both directions; whether they did in
    the ``days`` after it."""
    past, n = ground.past, ground.past.history.organisations
    known, tied = past.known, ground.tied
    found = outcome(past.history, Window(past.end, past.end + days))
    met = (found.a * n + found.b)[found.a < found.b]
    had = np.repeat(np.arange(n), np.diff(tied.indptr)) * n + tied.indices
    likely = np.setdiff1d(_candidates(ground), met)
    others = np.setdiff1d(_pairs(n, known, rng), np.concatenate([had, met, likely]))
    total = len(known) * (len(known) - 1) // 2 - len(had) // 2 - len(met) - len(likely)
    strata = (met, 1.0), _part(likely, len(likely), rng), _part(others, total, rng)
    keys = np.concatenate([some for some, _ in strata])
    weight = np.repeat([each for _, each in strata], [len(some) for some, _ in strata])
    a, b, together = keys // n, keys % n, np.arange(len(keys)) < len(met)
    return Drawn(np.concatenate([a, b]), np.concatenate([b, a]), np.tile(together, 2), np.tile(weight, 2))


def _candidates(ground: Ground) -> Int64s:
    """Known pairs a < b that might be suggested on the day, keys a · n + b, sorted."""
    n, known = ground.past.history.organisations, ground.past.known
    stranger = ~np.isin(np.arange(n), known)
    i, j = Candidates(ground, stranger, Width()).of(known)
    return np.unique(pair_keys(i, j, n))


def _pairs(n: int, known: Int64s, rng: np.random.Generator) -> Int64s:
    """All known pairs a < b, or several times STRANGERS of them drawn at random, keys a · n + b."""
    many, count = 8 * STRANGERS, len(known)
    drawn = np.arange(count**2) if count**2 <= many else np.unique(rng.integers(0, count**2, many))
    a, b = known[drawn // count], known[drawn % count]
    return (a * n + b)[a < b]


def _part(keys: Int64s, total: int, rng: np.random.Generator) -> tuple[Int64s, float]:
    """Up to STRANGERS of ``keys``, and how many of ``total`` pairs each stands for."""
    some = rng.choice(keys, STRANGERS, replace=False) if len(keys) > STRANGERS else keys
    return some, total / max(len(some), 1)
