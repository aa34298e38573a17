"""The likelihood that two organisations will work together: a stack of many weak predictors, combined by a strongly
held logistic regression, whose score is turned into a probability.

Ranked trees (LightGBM), alone or beside it, were no better on the windows on which the model was chosen, see
docs/suggestions.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features import Space
from graphsvc.suggest.frequency import Case
from graphsvc.suggest.learn import Sample

STRENGTH = 1e-4
"""Inverse of the regularisation (C): few meetings and many features ask for a strong one."""
FORMAT = 2
"""Changes when models kept by an earlier program can no longer be used."""
CLIP = 5.0
"""Standardised features are cut here, so that an odd value can't carry a pair to the top."""
Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A logistic regression on standardised features; all arrays float64 [features].

    ``centre``: what an average stranger scores, taken off, so that scores of models of one kind can be compared.
    """

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    weight: Floats
    centre: float = 0.0

    @classmethod
    def fit(cls, names: tuple[str, ...], sample: Sample) -> Linear:
        """Each meeting counts by half alike, by half by its share of the partnership; the scores of strangers get mean
        0 and deviation 1."""
        mean, scale = sample.features.mean(axis=0, dtype=np.float64), sample.features.std(axis=0, dtype=np.float64)
        scale = np.where(scale > 1e-9, scale, 1.0)
        plain = cls(names, mean, scale, np.zeros(len(names)))
        fit = LogisticRegression(C=STRENGTH, max_iter=500)
        fit.fit(plain.standardised(sample.features), sample.met, 0.5 + 0.5 * sample.weights / sample.weights.mean())
        scores = cls(names, mean, scale, fit.coef_[0]).score(sample.features[~sample.met])
        spread = float(scores.std()) or 1.0
        return cls(names, mean, scale, fit.coef_[0] / spread, float(scores.mean()) / spread)

    def standardised(self, features: Table) -> Floats:
        """(x - mean) / scale, cut at ±CLIP."""
        return np.clip((features - self.mean) / self.scale, -CLIP, CLIP)

    def score(self, features: Table) -> Floats:
        """Higher is likelier; 0 is an average stranger, 1 a standard deviation above."""
        return self.standardised(features) @ self.weight - self.centre

    def parts(self, features: Table) -> Floats:
        """What each feature adds to the score (before ``centre``), float64 [pairs, features]."""
        return self.standardised(features) * self.weight


@dataclass(frozen=True, slots=True)
class Calibration:
    """Probability of a score: 1 / (1 + exp(-(slope · score + intercept))) (Platt 1999).

    ``days``: within how long the meeting is expected.
    """

    slope: float
    intercept: float
    days: int

    @classmethod
    def fit(cls, score: Floats, met: npt.NDArray[np.bool_], weight: Floats, days: int) -> Calibration:
        """``weight``: how many pairs each one drawn stands for."""
        fit = LogisticRegression(C=1e6, max_iter=500).fit(score[:, None], met, weight)
        return cls(max(float(fit.coef_[0, 0]), 0.0), float(fit.intercept_[0]), days)

    def probability(self, score: Floats) -> Floats:
        """In (0, 1), rising with the score."""
        probability: Floats = 1 / (1 + np.exp(-(self.slope * score + self.intercept)))
        return probability


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Ranks pairs, says how likely they are, and how often pairs so likely got together (``cases``, see ``count``)."""

    ranker: Linear
    calibration: Calibration
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Ranks pairs and says how likely they are.

    cold : orders the candidates of an organisation without a partnership; None: as for all others
    prior : not trained on the user's own history
    meetings : those that it was trained on
    """

    judge: Judge
    cold: Linear | None = None
    prior: bool = False
    meetings: int = 0

    @property
    def days(self) -> int:
        """Within how long a meeting is expected."""
        return self.judge.calibration.days

    def score(self, space: Space, i: Int64s, j: Int64s) -> Floats:
        """Higher is likelier, from i's side, float64 [pairs]; comparable among the pairs of one i."""
        features, idle = space.of(i, j), space.ground.idle[i]
        score = self.judge.ranker.score(features)
        if self.cold and idle.any():
            score[idle] = self.cold.score(features[idle])
        return score

    def probability(self, space: Space, i: Int64s, j: Int64s) -> Floats:
        """In (0, 1): that i and j begin to work together within ``days``, seen from i's side, float64 [pairs].

        How likely an organisation without a partnership is to begin one at all, the newcomers on record can't tell, as
        all of them did. So its pairs keep the probabilities that any organisation would have, in the order of ``cold``.
        """
        features, idle = space.of(i, j), space.ground.idle[i]
        said = self.judge.calibration.probability(self.judge.ranker.score(features))
        if self.cold and idle.any():
            said[idle] = _in_order(i[idle], said[idle], self.cold.score(features[idle]))
        return said


def _in_order(group: Int64s, values: Floats, score: Floats) -> Floats:
    """The values of each group, handed out so that they rise with the score."""
    ordered = np.empty_like(values)
    ordered[np.lexsort((score, group))] = values[np.lexsort((values, group))]
    return ordered
