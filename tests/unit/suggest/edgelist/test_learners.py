"""The ensemble learns what there is to learn, and the same again."""

from __future__ import annotations

import numpy as np

from graphsvc.suggest.edgelist.learners import Ensemble
from graphsvc.suggest.scores import auc


def test_learns_and_repeats() -> None:
    rng = np.random.default_rng(0)
    table = rng.standard_normal((600, 12)).astype(np.float32)
    linked = (table[:, 0] + table[:, 1] > 0).astype(np.float64)
    first, again = (Ensemble.fit(table[:400], linked[:400], seed=5).log_odds(table[400:]) for _ in range(2))
    assert auc(linked[400:] == 1, first) > 0.9
    assert (first == again).all()
