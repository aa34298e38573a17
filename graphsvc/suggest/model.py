"""The likelihood that two organisations will work together: a stack of many weak predictors, combined by a strongly
held logistic regression, whose score is turned into a probability.

Ranked trees (LightGBM), alone or beside it, were no better on the windows on which the model was chosen, see
docs/suggestions.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from graphsvc.kernels._run import njit
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features import Space
from graphsvc.suggest.frequency import Case
from graphsvc.suggest.learn import Sample

STRENGTH = 1e-4
"""Inverse of the regularisation (C): few meetings and many features ask for a strong one."""
ROWS = 1 << 16
"""Pairs scored at a time: bounds the memory."""
FORMAT = 9
"""Changes when models kept by an earlier program can no longer be used."""
CLIP = 5.0
"""Standardised features are cut here, so that an odd value can't carry a pair to the top."""
BENDS = (0.05, 0.3, 0.7)
"""Where the curve from scores to probabilities may bend: below the first, hardly anybody meets and it is steep."""
FLATTEST = 0.05
"""Least that a standard deviation of the scores adds to that curve: of two scores the higher always says more, though
hardly more where history tells nothing."""
Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A logistic regression on standardised features; all arrays float64 [features].

    Scores are such that 0 is an average stranger and 1 an average pair that met: so scores of models of different days,
    which saw more or less, can be compared. ``centre``: what an average stranger would score otherwise, taken off.
    """

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    weight: Floats
    centre: float = 0.0

    @classmethod
    def fit(cls, names: tuple[str, ...], sample: Sample) -> Linear:
        """Each meeting counts by half alike, by half by its share of the partnership."""
        mean, scale = sample.features.mean(axis=0, dtype=np.float64), sample.features.std(axis=0, dtype=np.float64)
        scale = np.where(scale > 1e-9, scale, 1.0)
        plain = cls(names, mean, scale, np.zeros(len(names)))
        fit, table = LogisticRegression(C=STRENGTH, max_iter=500), plain.standardised(sample.features)
        counts = 0.5 + 0.5 * sample.weights / sample.weights.mean()
        fit.fit(table, sample.met, counts)
        scores = table @ fit.coef_[0]
        strangers = float(scores[~sample.met].mean())
        unit = float(np.average(scores[sample.met], weights=counts[sample.met])) - strangers or 1.0
        return cls(names, mean, scale, fit.coef_[0] / unit, strangers / unit)

    def standardised(self, features: Table) -> Floats:
        """(x - mean) / scale, cut at ±CLIP."""
        values: Floats = np.subtract(features, self.mean, dtype=np.float64)
        values /= self.scale
        return np.clip(values, -CLIP, CLIP, out=values)

    def score(self, features: Table) -> Floats:
        """Higher is likelier; 0 is an average stranger, 1 an average pair that met."""
        score: Floats = _scores(np.asfortranarray(features).T, self.mean, self.scale, self.weight)
        return score - self.centre


@njit
def _scores(features, mean, scale, weight):  # type: ignore[no-untyped-def]
    """``standardised`` times ``weight`` of float32 [features, pairs], without a table of its own, feature by feature:
    so a pair's score has the same digits beside whatever others and in whatever thread."""
    out = np.zeros(features.shape[1])
    for k in range(len(weight)):
        for p in range(len(out)):
            out[p] += min(max((features[k, p] - mean[k]) / scale[k], -CLIP), CLIP) * weight[k]
    return out


@dataclass(frozen=True, slots=True)
class Calibration:
    """Probability of a score: 1 / (1 + exp(-z)), z = intercept + the slope of each stretch times its part of the score.

    slopes : of each stretch of scores, not negative; one more than knots. A single one is Platt's curve (1999)
    knots : ascending, the scores at which one stretch ends and the next begins
    days : within how long the meeting is expected
    """

    slopes: tuple[float, ...]
    knots: tuple[float, ...]
    intercept: float
    days: int

    @classmethod
    def fit(
        cls,
        score: Floats,
        met: npt.NDArray[np.bool_],
        weight: Floats,
        days: int,
        earlier: npt.NDArray[np.bool_] | None = None,
    ) -> Calibration:
        """The likeliest curve that never falls: knots lie where the shares BENDS of those that met score less.

        ``weight``: how many pairs each one drawn stands for. ``earlier``: drawn from a time before, which tells the
        slopes, but not how often people meet nowadays.
        """
        knots = np.unique(np.quantile(score[met], BENDS))
        before = np.zeros(len(score)) if earlier is None else earlier.astype(np.float64)
        columns = np.column_stack([np.ones(len(score)), before, _stretches(score, knots)])
        away = score - np.average(score, weights=weight)
        deviation = float(np.average(away**2, weights=weight)) ** 0.5
        bounds = [(None, None)] * 2 + [(FLATTEST / max(deviation, FLATTEST), None)] * (len(knots) + 1)
        start = np.r_[np.log(np.average(met, weights=weight)), 0.0, np.ones(len(knots) + 1)]
        loss = partial(_loss, columns, met, weight / weight[met].sum())
        fit = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x.tolist()
        return cls(tuple(fit[2:]), tuple(knots.tolist()), fit[0], days)

    def probability(self, score: Floats) -> Floats:
        """In (0, 1), rising with the score."""
        probability: Floats = expit(self.intercept + _stretches(score, np.array(self.knots)) @ np.array(self.slopes))
        return probability


def _stretches(score: Floats, knots: Floats) -> Floats:
    """The part of each score within each stretch, float64 [scores, knots + 1]; they add up to the score."""
    if not len(knots):
        return score[:, None]
    rest = [np.clip(score - low, 0, high - low) for low, high in pairwise([*knots, np.inf])]
    return np.column_stack([np.minimum(score, knots[0]), *rest])


def _loss(columns: Floats, met: npt.NDArray[np.bool_], weight: Floats, at: Floats) -> tuple[float, Floats]:
    """Logarithmic loss of a logistic regression and its gradient."""
    z = columns @ at
    return float(weight @ (np.logaddexp(0, z) - met * z)), (weight * (expit(z) - met)) @ columns


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Ranks pairs, says how likely they are, and how often pairs so likely got together in the year from the day
    ``since`` (``cases``, see ``count``)."""

    ranker: Linear
    calibration: Calibration
    cases: tuple[Case, ...] = ()
    since: int = 0

    def probability(self, features: Table) -> Floats:
        """In (0, 1), float64 [pairs], by float32 [pairs, features]."""
        return self.calibration.probability(self.ranker.score(features))


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Ranks pairs and says how likely they are.

    cold : orders the candidates of an organisation without a partnership; None: as for all others
    prior : how likely a pair is rests on the prior shipped, not on the user's own history, which may tell the order
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
        pieces = [slice(a, a + ROWS) for a in range(0, len(i), ROWS)]
        return np.concatenate([*(self._scored(space, i[piece], j[piece]) for piece in pieces), np.zeros(0)])

    def _scored(self, space: Space, i: Int64s, j: Int64s) -> Floats:
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
        said, order = self.told(space, i, j)
        if self.cold:
            idle = space.ground.idle[i]
            said[idle] = in_order(i[idle], said[idle], order)
        return said

    def told(self, space: Space, i: Int64s, j: Int64s) -> tuple[Floats, Floats]:
        """As ``probability`` but without the order of ``cold``, so of a pair always the same; and what orders those
        whose i has no partnership: their score by ``cold``, of none without it."""
        return self._judged(space.of(i, j), space.ground.idle[i])

    def told_both(self, space: Space, i: Int64s, j: Int64s) -> tuple[Floats, Floats, Floats, Floats]:
        """``told`` from i's side, then from j's."""
        there, back = space.both(i, j)
        return *self._judged(there, space.ground.idle[i]), *self._judged(back, space.ground.idle[j])

    def _judged(self, features: Table, idle: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
        order = self.cold.score(features[idle]) if self.cold else np.zeros(0)
        return self.judge.probability(features), order


def in_order(group: Int64s, values: Floats, score: Floats) -> Floats:
    """The values of each group, handed out so that they rise with the score."""
    ordered = np.empty_like(values)
    ordered[np.lexsort((score, group))] = values[np.lexsort((values, group))]
    return ordered
