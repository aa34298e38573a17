"""The learners that turn many weak features into one probability (stacking, Ghasemian et al., PNAS 2020)."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from lightgbm import LGBMClassifier

from graphsvc.suggest.edgelist.links import Floats, Singles

SHARED: dict[str, Any] = {
    "n_estimators": 300,
    "learning_rate": 0.04,
    "subsample": 0.7,
    "subsample_freq": 1,
    "deterministic": True,
    "force_col_wise": True,
    # one thread each, the members side by side: sums don't depend on the machine's number of cores
    "n_jobs": 1,
    "verbose": -1,
}
KINDS: tuple[dict[str, Any], ...] = (
    {"num_leaves": 7, "colsample_bytree": 0.1, "min_child_samples": 30, "reg_lambda": 10},
    {
        "num_leaves": 15,
        "colsample_bytree": 0.2,
        "min_child_samples": 20,
        "reg_lambda": 5,
        "extra_trees": True,
    },
)
"""Small boosted trees that each see a tenth of the features, and larger ones with random thresholds."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Boosted trees whose log-odds are averaged."""

    members: tuple[LGBMClassifier, ...]

    @classmethod
    def fit(cls, table: Singles, linked: Floats, seed: int) -> Ensemble:
        """Learn from float32 [pairs, features] and 0/1 [pairs]."""
        members = [LGBMClassifier(**SHARED, **kind, random_state=seed + i) for i, kind in enumerate(KINDS)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return cls(tuple(pool.map(lambda member: member.fit(table, linked), members)))

    def log_odds(self, table: Singles) -> Floats:
        """float64 [pairs], at the share of links that the training pairs had."""
        found: Floats = np.mean([member.predict(table, raw_score=True) for member in self.members], axis=0)
        return found
