"""How often pairs like this one got together: counted in a history, not said by a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats

ENOUGH = 8
"""Meetings that a group of similar pairs needs, so that its frequency says something."""


@dataclass(frozen=True, slots=True)
class Case:
    """Pairs of similar likelihood: how many there were, and how many of them got together.

    low : the lowest likelihood among them; each case reaches to the next one's
    """

    low: float
    pairs: int
    met: int

    @property
    def share(self) -> float:
        """Of the pairs, the share that got together, in [0, 1]."""
        return self.met / max(self.pairs, 1)


def count(probability: Floats, met: npt.NDArray[np.bool_], weight: Floats) -> tuple[Case, ...]:
    """Cases from the least likely up, each with at least ENOUGH meetings and a larger share than the one below.

    ``weight``: how many pairs each one stands for (1: every pair is looked at). Neighbours whose shares do not rise
    are counted as one (pool adjacent violators, Ayer et al. 1955).
    """
    order = np.argsort(-probability, kind="stable")
    cases: list[Case] = []
    for rows in _groups(order, met, probability):
        pairs = round(float(weight[rows].sum()))
        cases.append(Case(float(probability[rows].min()), pairs, int(met[rows].sum())))
        while len(cases) > 1 and (cases[-1].met < ENOUGH or cases[-1].share >= cases[-2].share):
            lower, upper = cases.pop(), cases.pop()
            cases.append(Case(lower.low, lower.pairs + upper.pairs, lower.met + upper.met))
    return tuple(reversed(cases))


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
