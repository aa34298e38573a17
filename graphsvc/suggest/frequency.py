"""How often pairs like this one got together: counted in a history, not said by a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats

ENOUGH = 8
"""Meetings that a group of similar pairs needs, so that its frequency says something."""
SURE = 1.96
"""Standard deviations of a normal distribution within which 95 % lie."""


@dataclass(frozen=True, slots=True)
class Case:
    """Pairs of similar likelihood: how many there were, and how many of them got together.

    low : the lowest likelihood among them; each case reaches to the next one's
    estimated : of those that did not get together a part was looked at, which tells how many ``pairs`` there were
    """

    low: float
    pairs: int
    met: int
    estimated: bool = False

    @property
    def share(self) -> float:
        """Of the pairs, the share that got together, in [0, 1]."""
        return self.met / max(self.pairs, 1)


def count(probability: Floats, met: npt.NDArray[np.bool_], weight: Floats) -> tuple[Case, ...]:
    """Cases from the least likely up, each with at least ENOUGH meetings and a larger share than the one below.

    ``weight``: how many pairs each one stands for (1: every pair is looked at); a case whose number of pairs is too
    uncertain for that is counted together with the next; so is one with fewer than twice ENOUGH meetings whose share
    chance alone would hardly bring about where the likelihoods are right, and neighbours whose shares do not rise
    (pool adjacent violators, Ayer et al. 1955).
    """
    order = np.argsort(-probability, kind="stable")
    rarest = float(weight.max(initial=1.0))
    found: list[_Group] = []
    for rows in _groups(order, met, probability):
        heavy, low = weight[rows], float(probability[rows].min())
        expected = float(heavy @ probability[rows])
        found.append(_Group(low, int(met[rows].sum()), float(heavy.sum()), float(heavy @ (heavy - 1)), expected))
        while len(found) > 1 and (found[-1].share >= found[-2].share or any(g.thin(rarest) for g in found[-2:])):
            lower, upper = found.pop(), found.pop()
            found.append(lower.with_upper(upper))
    return tuple(Case(g.low, round(g.pairs), g.met, g.variance > 0) for g in reversed(found))


@dataclass(frozen=True, slots=True)
class _Group:
    """A case in the making; ``variance`` of the estimate ``pairs``, each pair drawn on its own; ``expected`` meetings
    by the likelihoods."""

    low: float
    met: int
    pairs: float
    variance: float
    expected: float

    @property
    def share(self) -> float:
        return self.met / max(self.pairs, 1.0)

    def thin(self, rarest: float) -> bool:
        """Too few meetings, or the number of pairs is less sure than ENOUGH meetings make a share. Its standard error
        is what it would be had one more been drawn that stands for ``rarest``, the most that any does."""
        error = (self.variance + rarest * (rarest - 1)) ** 0.5
        return self.met < ENOUGH or error > self.pairs / ENOUGH**0.5 or (self.met < 2 * ENOUGH and self.odd)

    @property
    def odd(self) -> bool:
        """Whether so many meetings, or so few, are outside of 95 % of what the likelihoods let expect (score test)."""
        variance = self.expected * (1 - self.expected / self.pairs)
        return (self.met - self.expected) ** 2 > SURE**2 * variance

    def with_upper(self, other: _Group) -> _Group:
        """Both as one."""
        variance, expected = self.variance + other.variance, self.expected + other.expected
        return _Group(self.low, self.met + other.met, self.pairs + other.pairs, variance, expected)


def case_of(cases: Sequence[Case], probability: float) -> Case | None:
    """The case of a pair; the lowest for what is less likely than all that was counted. None without cases."""
    fitting = [case for case in cases if case.low <= probability]
    return fitting[-1] if fitting else (cases[0] if cases else None)


def _groups(order: npt.NDArray[np.int64], met: npt.NDArray[np.bool_], probability: Floats) -> list[np.ndarray]:
    """Rows from the likeliest down, cut after every ENOUGH meetings, but never between equal likelihoods."""
    reached = np.cumsum(met[order]) // ENOUGH
    last = int(reached[-1]) if len(reached) else 0
    lasts = np.flatnonzero(np.diff(np.minimum(reached, max(last - 1, 0)), prepend=0))
    ends = np.searchsorted(-probability[order], -probability[order][lasts], side="right")
    return [rows for rows in np.split(order, np.unique(ends)) if len(rows)]
