"""The likelihood that two organisations will work together: a stack of features, a strongly held logistic
regression and ranked trees; their mean is turned into a probability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from graphsvc.snapshot.csr import Floats
from graphsvc.suggest.learn import Sample

STRENGTH = 1e-4
"""Inverse of the regularisation (C): few meetings and many features ask for a strong one."""
CLIP = 5.0
"""Standardised features are cut here, so that an odd value can't carry a pair to the top."""
TREE_SHARE = 0.5
"""Weight of the trees beside the regression."""
TREES: dict[str, Any] = {
    "n_estimators": 200,
    "learning_rate": 0.05,
    "num_leaves": 7,
    "min_child_samples": 100,
    "reg_lambda": 20.0,
    "colsample_bytree": 0.3,
    "subsample": 0.7,
    "subsample_freq": 1,
    "lambdarank_truncation_level": 30,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A logistic regression on standardised features; all arrays float64 [features]."""

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    weight: Floats

    @classmethod
    def fit(cls, names: tuple[str, ...], sample: Sample) -> Linear:
        """Each meeting counts by half alike, by half by its share of the partnership."""
        mean, scale = sample.features.mean(axis=0, dtype=np.float64), sample.features.std(axis=0, dtype=np.float64)
        scale = np.where(scale > 1e-9, scale, 1.0)
        plain = cls(names, mean, scale, np.zeros(len(names)))
        fit = LogisticRegression(C=STRENGTH, max_iter=500)
        fit.fit(plain.standardised(sample.features), sample.met, 0.5 + 0.5 * sample.weights / sample.weights.mean())
        return cls(names, mean, scale, fit.coef_[0])

    def standardised(self, features: Table) -> Floats:
        """(x - mean) / scale, cut at ±CLIP."""
        return np.clip((features - self.mean) / self.scale, -CLIP, CLIP)

    def score(self, features: Table) -> Floats:
        """Log odds but for a constant."""
        return self.standardised(features) @ self.weight

    def parts(self, features: Table) -> Floats:
        """What each feature adds to the score, float64 [pairs, features]."""
        return self.standardised(features) * self.weight


@dataclass(frozen=True, slots=True, eq=False)
class Ranker:
    """The mean of a regression and (where there is enough to learn from) ranked trees, each standardised."""

    linear: Linear
    trees: lgb.Booster | None
    centre: tuple[float, float]
    spread: tuple[float, float]

    @classmethod
    def fit(cls, names: tuple[str, ...], sample: Sample, seed: int = 0) -> Ranker:
        """Trained on one sample; the same seed gives the same model."""
        linear = Linear.fit(names, sample)
        trees = lgb.LGBMRanker(**TREES, random_state=seed, n_jobs=1)
        trees.fit(sample.features, sample.met.astype(int), group=sample.groups)
        scores = linear.score(sample.features), trees.booster_.predict(sample.features)
        strangers = [s[~sample.met] for s in scores]
        centre = (float(strangers[0].mean()), float(strangers[1].mean()))
        spread = (float(strangers[0].std()) or 1.0, float(strangers[1].std()) or 1.0)
        return cls(linear, trees.booster_, centre, spread)

    def score(self, features: Table) -> Floats:
        """Higher is likelier; 0 is an average stranger."""
        score: Floats = (self.linear.score(features) - self.centre[0]) / self.spread[0]
        if self.trees is not None and len(features):
            ranked = np.asarray(self.trees.predict(features, num_threads=1), np.float64)
            score = score + TREE_SHARE * (ranked - self.centre[1]) / self.spread[1]
        return score


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
class Model:
    """Ranks pairs and says how likely they are. ``prior``: not trained on the user's own history."""

    ranker: Ranker
    calibration: Calibration
    prior: bool = False
    meetings: int = 0
    """Meetings that it was trained on."""
