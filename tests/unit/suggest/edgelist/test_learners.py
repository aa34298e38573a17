"""The ensemble learns what there is to learn, and the same again."""

from __future__ import annotations

import numpy as np

from graphsvc.suggest.edgelist.learners import Ensemble
from graphsvc.suggest.scores import auc


def test_learns_and_repeats() -> None:
    rng = np.random.default_rng(0)
    table = rng.standard_normal((600, 12)).astype(np.float32)
    linked = (table[:, 0] + table[:, 1] > 0).astype(np.float64)
    tables = ([table[:400]], [table[:150], table[150:400]])
    first, again = (Ensemble.fit(parts, linked[:400], seed=5).log_odds(table[400:]) for parts in tables)
    assert auc(linked[400:] == 1, first) > 0.9
    assert (first == again).all()
