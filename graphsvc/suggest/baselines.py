"""What the model is measured against: textbook predictors of the graph, and rules made by hand from the data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features import Space
from graphsvc.suggest.heuristics import PREDICTORS, random

Score = Callable[[Int64s, Int64s], Floats]


def baselines(space: Space, seed: int = 0) -> dict[str, Score]:
    """Scores of pairs by name: random and the textbook predictors, and three rules by hand.

    ``same_territory_activity``: number of partnerships of the other, where a region is shared (that of their homes, if
    no partnership names where it acts);
    ``recent_activity_in_my_regions``: the other's partnerships in the regions of the one who asks, halving in two
    years; ``region_kind_recency``: the same times the share of ties between their kinds of organisation.
    """
    tied = space.ground.tied
    named = space.ground.acts_in[:, :-1].nnz > 0
    shared = "regions_shared" if named else "home_shared"
    graph = {name: _bound(predictor, tied) for name, predictor in PREDICTORS.items() if name != "random"}
    return {
        "random": lambda i, j: random(tied, i, j, seed),
        **graph,
        "same_territory_activity": lambda i, j: (
            np.sign(space.value(shared, i, j)) * np.expm1(space.value("active_all_j", i, j))
        ),
        "recent_activity_in_my_regions": partial(space.value, "active_in_mine_2.0"),
        "region_kind_recency": partial(space.value, "region_kind"),
    }


def _bound(predictor: Callable[..., Floats], graph: object) -> Score:
    return lambda i, j: predictor(graph, i, j)
