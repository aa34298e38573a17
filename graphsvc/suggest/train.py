"""From a history to a model: trained on windows before a day; how likely a score is, is learnt where it saw nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.drawn import Drawn, draw
from graphsvc.suggest.features import Space
from graphsvc.suggest.frequency import ENOUGH, Case, count
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from graphsvc.suggest.learn import HORIZON, STEP, Sample, Window, outcome, sample, together, windows
from graphsvc.suggest.model import Calibration, Judge, Linear, Model
from graphsvc.suggest.prior import prior_model

ENOUGH_MEETINGS = 100
"""Meetings (of organisations already known) below which the shipped prior is better than the own history."""
CHECKED = (-1, -1 - -(-HORIZON // STEP))
"""Which of the windows that are a year long at least serve to turn scores into probabilities: the latest, and one a
year before, so that neither repeats the other's meetings. They need not be ones that are learnt from: after a burst
come years with few meetings, and how likely a meeting is nowadays is what the latest year tells."""


def train(history: History, attributes: Attributes, end: int, seed: int = 0) -> Model:
    """The model for the day ``end``, which sees nothing that began on it or later.

    With too little history (see ENOUGH_MEETINGS and ``learn.windows``) the prior shipped with the project; where that
    teaches an order but not how likely its places are, the prior's likelihoods.
    """
    every = windows(history, end)
    chosen = tuple(w for w in every if meetings_in(history, w) >= ENOUGH_MEETINGS)
    if not chosen:
        return prior_model()
    long = [w for w in every if w.end - w.start >= HORIZON]
    checked = [long[k] for k in CHECKED if -k <= len(long)]
    newcomers = meetings_in(history, chosen[0], cold=True) >= ENOUGH_MEETINGS
    course = _Course.of(history, attributes, chosen, checked, seed, cold=newcomers)
    cold = course.fitted(lesson.cold for lesson in course.lessons.values() if lesson.cold)
    judge = course.judge()
    borrowed = judge.calibration is prior_model().judge.calibration
    return Model(judge, cold, prior=borrowed, meetings=meetings_in(history, chosen[0]))


def meetings_in(history: History, window: Window, *, cold: bool = False) -> int:
    """Meetings of organisations known at the start, each pair once; ``cold``: of new ones with those."""
    directed = len(outcome(history, window, cold=cold).a)
    return directed if cold else directed // 2


@dataclass(frozen=True, eq=False)
class _Lesson:
    """What a window teaches: meetings, unless they are too few, those of newcomers where asked for, and pairs to hold a
    model of the time before against, with their features."""

    warm: Sample | None
    cold: Sample | None
    asked: tuple[Drawn, npt.NDArray[np.float32]] | None


@dataclass(frozen=True, eq=False)
class _Course:
    """The lessons of one history, earliest first, and the names of their features."""

    lessons: dict[Window, _Lesson]
    names: tuple[str, ...]

    @classmethod
    def of(
        cls,
        history: History,
        attributes: Attributes,
        chosen: Sequence[Window],
        checked: Sequence[Window],
        seed: int,
        *,
        cold: bool,
    ) -> _Course:
        """One day after the other: what their features stand on would take most of the memory if it was kept."""
        warm_rng, cold_rng = np.random.default_rng(seed), np.random.default_rng(seed)
        lessons: dict[Window, _Lesson] = {}
        names: tuple[str, ...] = ()
        for w in sorted({*chosen, *checked}, key=lambda w: w.start):
            space = Space(Ground(history.until(w.start), attributes))
            warm = sample(space, w, warm_rng) if w in chosen else None
            newcomers = sample(space, w, cold_rng, cold=True) if cold and w in chosen else None
            asked = _asked(space, seed) if w in checked else None
            lessons[w] = _Lesson(warm, newcomers, asked)
            names = space.names
        return cls(lessons, names)

    def fitted(self, samples: Iterable[Sample | None]) -> Linear | None:
        """The regression of several samples; None where nobody meets in any, or all do who are asked about."""
        asked = [s for s in samples if s and s.met.any()]
        return Linear.fit(self.names, together(asked)) if not all(s.met.all() for s in asked) else None

    def judge(self) -> Judge:
        """Trained on all windows, calibrated on those of CHECKED by regressions that saw only what was before them; by
        the prior where the latest of them has too few meetings to tell a level."""
        ranker = self.fitted(lesson.warm for lesson in self.lessons.values())
        told = {w: found for w in reversed(self.lessons) if (found := self._told(w))} if ranker else {}
        latest = max((w for w, lesson in self.lessons.items() if lesson.asked), key=lambda w: w.start, default=None)
        if not ranker or latest not in told or np.count_nonzero(told[latest][1].once[0]) < ENOUGH:
            borrowed = prior_model().judge
            return Judge(ranker or borrowed.ranker, borrowed.calibration, borrowed.cases)
        columns = zip(*((score, found.met, found.weight) for score, found in told.values()), strict=True)
        score, met, weight = (np.concatenate(parts) for parts in columns)
        earlier = np.arange(len(score)) >= len(told[latest][0])
        calibration = Calibration.fit(score, met, weight, HORIZON, earlier)
        return Judge(ranker, calibration, _cases(calibration, *told[latest]), latest.start)

    def _told(self, window: Window) -> tuple[Floats, Drawn] | None:
        """Pairs of a window with their scores by what could be learnt before it; None where that is too little."""
        if not (asked := self.lessons[window].asked):
            return None
        drawn, features = asked
        ranker = self.fitted(
            lesson.warm.until(window.start)
            for w, lesson in self.lessons.items()
            if lesson.warm and w.start < window.start
        )
        return (ranker.score(features), drawn) if ranker and drawn.met.any() else None


def _asked(space: Space, seed: int) -> tuple[Drawn, npt.NDArray[np.float32]]:
    drawn = draw(space.ground, HORIZON, np.random.default_rng(seed))
    return drawn, space.of(drawn.i, drawn.j)


def _cases(calibration: Calibration, score: Floats, latest: Drawn) -> tuple[Case, ...]:
    """Counted in the latest year alone, as the level of the curve is: what is counted fits the chance that is told."""
    return count(latest.per_pair(calibration.probability(score)), *latest.once)
