"""What the graph of ties says: common partners, walks, local similarity."""

from __future__ import annotations

import numpy as np

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features.columns import Block, Pairs, same
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.pairs import walks


def tie_values(ground: Ground) -> Block:
    """Features of walks from i to j; pairs may come in any order."""
    tied, degree, strength = ground.tied, ground.degree, ground.strength

    def walked(i: Int64s, j: Int64s) -> dict[str, Floats]:
        order = np.argsort(i, kind="stable")
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        found = walks(tied, strength, ground.recent.weights, ground.two_steps, i[order], j[order])
        return {name: values[back] for name, values in found.items()}

    def values(pairs: Pairs) -> dict[str, Floats]:
        i, j, w = pairs.i, pairs.j, pairs.once(walked, same)
        union = degree[i] + degree[j] - w["common"]
        return {
            "common": np.log1p(w["common"]),
            "adamic_adar": np.log1p(w["adamic_adar"]),
            "allocation": w["allocation"],
            "jaccard": w["common"] / np.maximum(union, 1),
            "three": np.log1p(w["three"]),
            "three_scaled": w["three"] / np.sqrt((degree[i] + 1) * (degree[j] + 1)),
            "spread": np.log1p(10 * w["spread"] / np.maximum(strength[i], 1e-12)),
            "strength": np.log1p(w["strength"]),
            "recent": np.log1p(w["recent"]),
        }

    return values
