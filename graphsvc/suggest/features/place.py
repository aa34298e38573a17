"""Where the two are: distance, who of their kind is nearer, and likeness of their names."""

from __future__ import annotations

import numpy as np

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.attributes import kilometres
from graphsvc.suggest.features.columns import Column, Pairs, both, product, same, turned
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.pairs import nearer

NEAR_KM, FAR_KM = 15.0, 50.0
UNKNOWN_KM = 50.0
"""Distance put where the place of one is not known."""
MANY_NEARER = 20.0
"""Organisations taken to be nearer where the place of one is not known."""


def place_columns(ground: Ground) -> dict[str, Column]:
    """Distance by their own place, and by their own or their partners' place; how many organisations of j's kind are
    nearer to i than j, and of i's kind nearer to j than i; likeness of the names."""
    own, inferred = ground.place, ground.places
    columns: dict[str, Column] = both("placed", (~np.isnan(own[:, 0])).astype(float))
    for name, place in (("own", own), ("any", inferred)):
        columns |= _distance(name, place)
    letters, rivals = ground.letters, _rivals(ground)
    columns |= {"rivals_of_j": rivals, "rivals_of_i": turned(rivals)}
    return columns | {"name_likeness": product(letters, letters)}


def _distance(name: str, place: Floats) -> dict[str, Column]:
    def between(i: Int64s, j: Int64s) -> Floats:
        return kilometres(place, i, j)

    def apart(pairs: Pairs) -> Floats:
        return pairs.once(between, same)

    def fades(scale: float) -> Column:
        return lambda pairs: np.nan_to_num(np.exp(-apart(pairs) / scale))

    return {
        f"{name}_near": fades(NEAR_KM),
        f"{name}_far": fades(FAR_KM),
        f"{name}_distance": lambda pairs: np.log1p(np.nan_to_num(apart(pairs), nan=UNKNOWN_KM)),
        f"{name}_placed": lambda pairs: (~np.isnan(place[pairs.i, 0] + place[pairs.j, 0])).astype(float),
    }


def _rivals(ground: Ground) -> Column:
    """Known organisations of j's kind that are nearer to i than j is, as log(1 + n)."""
    placed = ~np.isnan(ground.places[:, 0])
    lat, lon = np.radians(np.where(placed[:, None], ground.places, 0.0)).T
    points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    count = nearer(points, ground.known[placed[ground.known]], ground.kinds.indices.astype(np.int64))

    def rivals(i: Int64s, j: Int64s) -> Floats:
        return np.log1p(np.where(placed[i] & placed[j], count(i, j), MANY_NEARER))

    return lambda pairs: pairs.once(rivals)
