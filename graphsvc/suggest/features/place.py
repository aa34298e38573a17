"""Where the two are: distance, and likeness of their names."""

from __future__ import annotations

import numpy as np

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features.columns import Column, both, product
from graphsvc.suggest.ground import Ground

NEAR_KM, FAR_KM = 15.0, 50.0
UNKNOWN_KM = 50.0
"""Distance put where the place of one is not known."""
EARTH_KM = 6371.0


def kilometres(place: Floats, i: Int64s, j: Int64s) -> Floats:
    """Great-circle distance, NaN where a place is not known; ``place`` in degrees, [organisations, 2]."""
    (lat, lon), (to_lat, to_lon) = np.radians(place[i]).T, np.radians(place[j]).T
    half = np.sin((lat - to_lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((lon - to_lon) / 2) ** 2
    distance: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    return distance


def place_columns(ground: Ground) -> dict[str, Column]:
    """Distance by their own place, and by their own or their partners' place; likeness of the names."""
    own, inferred = ground.attributes.place, ground.places
    columns: dict[str, Column] = both("placed", (~np.isnan(own[:, 0])).astype(float))
    for name, place in (("own", own), ("any", inferred)):
        columns |= _distance(name, place)
    letters = ground.letters
    return columns | {"name_likeness": product(letters, letters)}


def _distance(name: str, place: Floats) -> dict[str, Column]:
    def fades(scale: float) -> Column:
        return lambda i, j: np.nan_to_num(np.exp(-kilometres(place, i, j) / scale))

    return {
        f"{name}_near": fades(NEAR_KM),
        f"{name}_far": fades(FAR_KM),
        f"{name}_distance": lambda i, j: np.log1p(np.nan_to_num(kilometres(place, i, j), nan=UNKNOWN_KM)),
        f"{name}_placed": lambda i, j: (~np.isnan(place[i, 0] + place[j, 0])).astype(float),
    }
