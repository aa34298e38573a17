"""Is what is said to be likely by a tenth right in one of ten cases?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot.csr import Floats
from graphsvc.suggest.drawn import draw
from graphsvc.suggest.features import Space
from graphsvc.suggest.model import Model

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


def reliability(space: Space, model: Model, rng: np.random.Generator) -> tuple[Bin, ...]:
    """Probabilities as of the day of ``space`` against what happened in the days that they speak of; each pair once,
    with the mean of both sides' probabilities; of those that did not meet a part, drawn at random and weighed."""
    found = draw(space.ground, model.days, rng)
    probability = found.per_pair(model.probability(space, found.i, found.j))
    met, weight = found.once
    return bins_of(probability, met, weight)


def bins_of(probability: Floats, met: np.ndarray, weight: Floats) -> tuple[Bin, ...]:
    """The bins between EDGES that are not empty."""
    bins = np.digitize(probability, EDGES[1:-1])
    return tuple(_bin(k, probability[bins == k], met[bins == k], weight[bins == k]) for k in np.unique(bins))


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error (Naeini et al. 2015), in [0, 1]: how far what was said of a pair is from what happened
    to pairs of its bin, averaged over pairs; NaN without a pair."""
    pairs = sum(b.pairs for b in bins)
    return sum(b.pairs * abs(b.expected - b.observed) for b in bins) / pairs if pairs else float("nan")


def _bin(k: int, probability: np.ndarray, met: np.ndarray, weight: np.ndarray) -> Bin:
    expected, observed = np.average(probability, weights=weight), np.average(met, weights=weight)
    pairs = round(float(weight.sum()))
    return Bin(EDGES[k], EDGES[k + 1], float(expected), float(observed), pairs, int(met.sum()))
