"""Products of other features, made by hand: region × kind × recency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from graphsvc.snapshot.csr import Floats

PRODUCTS = {
    "region_kind": ("active_in_mine_2.0", "kind_met_groups"),
    "region_kind_fresh": ("active_in_mine_1.0", "kind_region_met_groups"),
    "region_kind_share": ("active_in_mine_2.0", "kind_region_met"),
}
"""Name of the product: activity (as log(1 + x)) and share (as a logarithm) that are multiplied."""
FLOOR = 0.05


def made_values(values: Mapping[str, Floats], names: Iterable[str] = PRODUCTS) -> dict[str, Floats]:
    """Logarithms of the products."""
    chosen = {name: PRODUCTS[name] for name in names}
    return {name: np.log(np.expm1(values[active]) + FLOOR) + values[share] for name, (active, share) in chosen.items()}
