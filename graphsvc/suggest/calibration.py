"""Is what is said to be likely by a tenth right in one of ten cases?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphsvc.suggest.features import Space
from graphsvc.suggest.history import History
from graphsvc.suggest.learn import Window
from graphsvc.suggest.model import Model
from graphsvc.suggest.train import drawn_pairs

EDGES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose probability lies in [low, high): mean probability, share that met within the horizon, pairs."""

    low: float
    high: float
    expected: float
    observed: float
    pairs: int
    met: int


def reliability(history: History, space: Space, model: Model, rng: np.random.Generator) -> tuple[Bin, ...]:
    """Probabilities as of the day of ``space`` against what happened in the days that they speak of; directed
    pairs, those that did not meet drawn at random and weighed."""
    end = space.ground.past.end
    i, j, met, weight = drawn_pairs(history, Window(end, end + model.calibration.days), rng)
    probability = model.calibration.probability(model.ranker.score(space.of(i, j)))
    bins = np.digitize(probability, EDGES[1:-1])
    return tuple(_bin(k, probability[bins == k], met[bins == k], weight[bins == k]) for k in np.unique(bins))


def _bin(k: int, probability: np.ndarray, met: np.ndarray, weight: np.ndarray) -> Bin:
    expected, observed = np.average(probability, weights=weight), np.average(met, weights=weight)
    pairs = round(float(weight.sum()))
    return Bin(EDGES[k], EDGES[k + 1], float(expected), float(observed), pairs, int(met.sum()))
