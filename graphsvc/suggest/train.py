"""From a history to a model: trained on windows before a day, calibrated on the latest of them."""

from __future__ import annotations

import numpy as np

from graphsvc.snapshot.csr import Int64s
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from graphsvc.suggest.learn import Window, outcome, sample, together, windows
from graphsvc.suggest.model import Calibration, Model, Ranker
from graphsvc.suggest.prior import prior_model

ENOUGH_MEETINGS = 100
"""Meetings (of organisations already known) below which the shipped prior is better than the own history."""
CALIBRATION_PAIRS = 60_000
"""Pairs drawn to learn how likely a score is."""


def train(history: History, attributes: Attributes, end: int, seed: int = 0) -> Model:
    """The model for the day ``end``, which sees nothing that began on it or later.

    With too little history (see ENOUGH_MEETINGS and ``learn.windows``) the prior shipped with the project.
    """
    chosen = [w for w in windows(history, end) if meetings_in(history, w) >= ENOUGH_MEETINGS]
    if not chosen:
        return prior_model()
    rng = np.random.default_rng(seed)
    names = Space(Ground(history.until(chosen[0].start), attributes)).names
    samples = [sample(history, attributes, w, rng) for w in chosen]
    ranker = Ranker.fit(names, together([s for s in samples if len(s.groups)]), seed)
    calibration = _calibrate(history, attributes, chosen, names, seed)
    return Model(ranker, calibration or prior_model().calibration, meetings=meetings_in(history, chosen[0]))


def meetings_in(history: History, window: Window) -> int:
    """Meetings of organisations known at the start, each pair once."""
    return len(outcome(history, window).a) // 2


def _calibrate(
    history: History, attributes: Attributes, chosen: list[Window], names: tuple[str, ...], seed: int
) -> Calibration | None:
    """Learnt on the latest window from a ranker that saw nothing of it; None where there is too little before it."""
    last = chosen[-1]
    rng = np.random.default_rng(seed)
    before = [Window(w.start, last.start) for w in chosen[:-1] if w.start < last.start]
    earlier = [sample(history, attributes, w, rng) for w in before]
    earlier = [s for s in earlier if len(s.groups)]
    if not earlier or not any(s.met.any() for s in earlier):
        return None
    ranker = Ranker.fit(names, together(earlier), seed)
    space = Space(Ground(history.until(last.start), attributes))
    i, j, met, weight = drawn_pairs(history, last, rng)
    if not met.any():
        return None
    return Calibration.fit(ranker.score(space.of(i, j)), met, weight, last.end - last.start)


def drawn_pairs(
    history: History, window: Window, rng: np.random.Generator
) -> tuple[Int64s, Int64s, np.ndarray, np.ndarray]:
    """All meetings of a window and pairs drawn at random that did not meet, with how many pairs each stands for."""
    past = history.until(window.start)
    known, found = past.known, outcome(history, window)
    n = history.organisations
    i = known[rng.integers(0, len(known), CALIBRATION_PAIRS)]
    j = known[rng.integers(0, len(known), CALIBRATION_PAIRS)]
    tied = past.tied()
    rows = np.repeat(np.arange(n), np.diff(tied.indptr))
    taken = np.concatenate([rows * n + tied.indices, found.a * n + found.b])
    keep = (i != j) & ~np.isin(i * n + j, taken)
    i, j = i[keep], j[keep]
    strangers = len(known) * (len(known) - 1) - len(taken)
    left, right = np.concatenate([found.a, i]), np.concatenate([found.b, j])
    met = np.arange(len(left)) < len(found.a)
    weight = np.where(met, 1.0, max(strangers, 1) / max(len(i), 1))
    return left, right, met, weight
