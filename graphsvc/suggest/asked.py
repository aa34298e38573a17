"""The questions of a time split: who meets whom after a day, asked of every organisation that gains a partner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.history import NEVER, History, Past
from graphsvc.suggest.scores import per_group

Bools = npt.NDArray[np.bool_]
MOST_PAIRS = 3_000_000
"""Pairs scored at most; of larger networks a part of the organisations is asked, drawn at random."""


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """For each organisation that asks, all others it could meet.

    i, j : int64 [pairs], sorted by i; met : bool [pairs]; by : int64 [pairs], the partnership in which they meet (-1)
    gaining : organisations that gain a partner; more than ask where a part was drawn, see MOST_PAIRS
    """

    i: Int64s
    j: Int64s
    met: Bools
    by: Int64s
    gaining: int

    @property
    def asking(self) -> Int64s:
        """Organisations that gain a partner, ascending: the rows of what ``measure`` returns."""
        return np.unique(self.i[self.met])

    @property
    def pairs(self) -> int:
        """How many pairs meet: one of which both ask is one."""
        i, j = self.i[self.met], self.j[self.met]
        return len(set(zip(np.minimum(i, j).tolist(), np.maximum(i, j).tolist(), strict=True)))

    def measure(self, scores: Floats) -> dict[str, Floats]:
        """Hit@10, precision@10, MRR, AUC and MAP of each organisation that asks."""
        return per_group(self.i, self.met, scores)

    def keep(self, mask: Bools) -> Questions:
        """The questions where ``mask`` [pairs] holds."""
        return Questions(self.i[mask], self.j[mask], self.met[mask], self.by[mask], self.gaining)


def questions(history: History, end: int, rng: np.random.Generator) -> Questions:
    """Asked of organisations known before the day ``end``, about all others known by then and not met yet."""
    past = history.until(end)
    return _ask(history, past, lambda a, b: (a < end) & (b < end), rng)


def cold_questions(history: History, end: int, rng: np.random.Generator) -> Questions:
    """Asked of organisations first seen on ``end`` or later, about all that were known before."""
    past = history.until(end)
    return _ask(history, past, lambda a, b: (a >= end) & (a < NEVER) & (b < end), rng)


def _ask(
    history: History,
    past: Past,
    fits: Callable[[npt.NDArray[np.int32], npt.NDArray[np.int32]], Bools],
    rng: np.random.Generator,
) -> Questions:
    m, joined, n = history.meetings, history.joined, history.organisations
    later = m.first >= past.end
    a = np.concatenate([m.a[later], m.b[later]]).astype(np.int64)
    b = np.concatenate([m.b[later], m.a[later]]).astype(np.int64)
    by = np.tile(m.partnership[later].astype(np.int64), 2)
    keep = fits(joined[a], joined[b])
    a, b, by = a[keep], b[keep], by[keep]
    gaining = np.unique(a)
    who = _some(gaining, len(past.known), rng)
    i, j = np.repeat(who, len(past.known)), np.tile(past.known, len(who))
    tied = past.tied()
    had = np.repeat(np.arange(n), np.diff(tied.indptr)) * n + tied.indices
    open_pairs = (i != j) & ~np.isin(i * n + j, had)
    i, j = i[open_pairs], j[open_pairs]
    keys, order = i * n + j, np.argsort(a * n + b)
    at = np.minimum(np.searchsorted((a * n + b)[order], keys), max(len(order) - 1, 0))
    if not len(order):
        return Questions(i, j, np.zeros(len(i), bool), np.full(len(i), -1), 0)
    met = (a * n + b)[order][at] == keys
    return Questions(i, j, met, np.where(met, by[order][at], -1), len(gaining))


def _some(who: Int64s, candidates: int, rng: np.random.Generator) -> Int64s:
    most = max(MOST_PAIRS // max(candidates, 1), 1)
    return np.sort(rng.choice(who, most, replace=False)) if len(who) > most else who
