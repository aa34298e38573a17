"""The learners that turn many weak features into one probability (stacking, Ghasemian et al., PNAS 2020)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from lightgbm import Booster, Dataset, train

from graphsvc.suggest.edgelist.links import Floats, Singles

TREES = 300
SHARED: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.04,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "deterministic": True,
    "force_col_wise": True,
    # one thread each, the members side by side: sums don't depend on the machine's number of cores
    "num_threads": 1,
    "verbose": -1,
}
BINNED: dict[str, Any] = {
    "force_col_wise": True,
    # one table serves all members, whatever the least of their leaves
    "feature_pre_filter": False,
    "bin_construct_sample_cnt": 50_000,
    # gives the same bins in any number of threads
    "num_threads": os.cpu_count(),
    "verbose": -1,
}
"""How features become whole numbers, once for all members: it takes as long as the learning."""
KINDS: tuple[dict[str, Any], ...] = (
    {"num_leaves": 7, "feature_fraction": 0.1, "min_data_in_leaf": 30, "lambda_l2": 10},
    {"num_leaves": 15, "feature_fraction": 0.2, "min_data_in_leaf": 20, "lambda_l2": 5, "extra_trees": True},
)
"""Small boosted trees that each see a tenth of the features, and larger ones with random thresholds."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Boosted trees whose log-odds are averaged."""

    members: tuple[Booster, ...]

    @classmethod
    def fit(cls, tables: Sequence[Singles], linked: Floats, seed: int) -> Ensemble:
        """Learn from float32 [pairs, features], in several tables, and 0/1 [pairs of all]."""
        course = Dataset(list(tables), linked, params=BINNED | {"seed": seed}).construct()
        options = [{**SHARED, **kind, "seed": seed + i} for i, kind in enumerate(KINDS)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return cls(tuple(pool.map(lambda chosen: train(chosen, course, TREES), options)))

    def log_odds(self, table: Singles) -> Floats:
        """float64 [pairs], at the share of links that the training pairs had."""
        found: Floats = np.mean([member.predict(table, raw_score=True) for member in self.members], axis=0)
        return found
