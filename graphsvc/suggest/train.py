"""From a history to a model: trained on windows before a day; how likely a score is, is learnt where it saw nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graphsvc.snapshot.csr import Floats
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.drawn import Drawn, draw
from graphsvc.suggest.features import Space
from graphsvc.suggest.frequency import Case, count
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from graphsvc.suggest.learn import HORIZON, STEP, Sample, Window, outcome, sample, together, windows
from graphsvc.suggest.model import Calibration, Judge, Linear, Model
from graphsvc.suggest.prior import prior_model

ENOUGH_MEETINGS = 100
"""Meetings (of organisations already known) below which the shipped prior is better than the own history."""
CHECKED = (-1, -1 - -(-HORIZON // STEP))
"""Which of the windows that are a year long at least serve to turn scores into probabilities: the latest, and one a
year before, so that neither repeats the other's meetings."""


def train(history: History, attributes: Attributes, end: int, seed: int = 0) -> Model:
    """The model for the day ``end``, which sees nothing that began on it or later.

    With too little history (see ENOUGH_MEETINGS and ``learn.windows``) the prior shipped with the project.
    """
    chosen = tuple(w for w in windows(history, end) if meetings_in(history, w) >= ENOUGH_MEETINGS)
    if not chosen:
        return prior_model()
    course, meetings = _Course(history, attributes, chosen, seed), meetings_in(history, chosen[0])
    enough = meetings_in(history, chosen[0], cold=True) >= ENOUGH_MEETINGS
    return Model(
        course.judge(), course.fitted(course.samples(cold=True).values()) if enough else None, meetings=meetings
    )


def meetings_in(history: History, window: Window, *, cold: bool = False) -> int:
    """Meetings of organisations known at the start, each pair once; ``cold``: of new ones with those."""
    directed = len(outcome(history, window, cold=cold).a)
    return directed if cold else directed // 2


@dataclass(frozen=True)
class _Course:
    """Windows of one history, earliest first, with the features of their days computed once."""

    history: History
    attributes: Attributes
    chosen: tuple[Window, ...]
    seed: int

    @cached_property
    def spaces(self) -> dict[int, Space]:
        """By the day on which a window starts."""
        return {w.start: Space(Ground(self.history.until(w.start), self.attributes)) for w in self.chosen}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        return self.spaces[self.chosen[0].start].names

    def samples(self, *, cold: bool = False) -> dict[Window, Sample]:
        """What each window teaches."""
        rng = np.random.default_rng(self.seed)
        return {w: sample(self.spaces[w.start], w, rng, cold=cold) for w in self.chosen}

    def fitted(self, samples: Iterable[Sample]) -> Linear | None:
        """The regression of several samples; None where nobody meets in any."""
        asked = [s for s in samples if s.met.any()]
        return Linear.fit(self.names, together(asked)) if asked else None

    def judge(self) -> Judge:
        """Trained on all windows, calibrated on those of CHECKED by regressions that saw only what was before them."""
        samples = self.samples()
        ranker = self.fitted(samples.values())
        long = [w for w in self.chosen if w.end - w.start >= HORIZON]
        checked = [long[k] for k in CHECKED if -k <= len(long)] if ranker else []
        told = [found for w in checked if (found := self._told(w, samples))]
        if not ranker or not told:
            borrowed = prior_model().judge
            return Judge(ranker or borrowed.ranker, borrowed.calibration, borrowed.cases)
        columns = zip(*((score, found.met, found.weight) for score, found in told), strict=True)
        score, met, weight = (np.concatenate(parts) for parts in columns)
        earlier = np.arange(len(score)) >= len(told[0][0])
        calibration = Calibration.fit(score, met, weight, HORIZON, earlier)
        return Judge(ranker, calibration, _cases(calibration, told))

    def _told(self, window: Window, samples: Mapping[Window, Sample]) -> tuple[Floats, Drawn] | None:
        """Pairs of a window with their scores by what could be learnt before it; None where that is too little."""
        start = window.start
        ranker = self.fitted(s.until(start) for w, s in samples.items() if w.start < start)
        if ranker is None:
            return None
        found = draw(self.history, Window(start, start + HORIZON), np.random.default_rng(self.seed))
        return (ranker.score(self.spaces[start].of(found.i, found.j)), found) if found.met.any() else None


def _cases(calibration: Calibration, told: Sequence[tuple[Floats, Drawn]]) -> tuple[Case, ...]:
    parts = [(found.per_pair(calibration.probability(score)), *found.once) for score, found in told]
    probability, met, weight = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return count(probability, met, weight)
