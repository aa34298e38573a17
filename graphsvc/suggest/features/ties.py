"""What the graph of ties says: common partners, walks, local similarity."""

from __future__ import annotations

import numpy as np

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.pairs import walks


def tie_values(ground: Ground, i: Int64s, j: Int64s) -> dict[str, Floats]:
    """Features of walks from i to j; pairs may come in any order."""
    tied, degree = ground.tied, ground.degree
    order = np.argsort(i, kind="stable")
    found = walks(tied, ground.tie_shares, ground.recent.weights, ground.two_steps, i[order], j[order])
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    w = {name: values[back] for name, values in found.items()}
    union = degree[i] + degree[j] - w["common"]
    return {
        "common": np.log1p(w["common"]),
        "adamic_adar": np.log1p(w["adamic_adar"]),
        "allocation": w["allocation"],
        "jaccard": w["common"] / np.maximum(union, 1),
        "three": np.log1p(w["three"]),
        "three_scaled": w["three"] / np.sqrt((degree[i] + 1) * (degree[j] + 1)),
        "spread": np.log1p(10 * w["spread"]),
        "strength": np.log1p(w["strength"]),
        "recent": np.log1p(w["recent"]),
    }
