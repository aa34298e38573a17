"""Areas that were drawn: how large, where their corners are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from graphsvc.model.base import Record
from graphsvc.model.geometry import square_km
from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory


@dataclass(frozen=True, slots=True)
class Area:
    """A drawn area. ``share`` is of its gmina's area, 0 to 1; None where that is not known."""

    square_km: float
    share: float | None
    corners: Sequence[tuple[float, float]]
    """Longitude and latitude."""


def area(record: Record) -> Area | None:
    """The area of a territory; None for what has none drawn."""
    if not isinstance(record, Territory) or not record.shape:
        return None
    size, gmina = square_km(record.shape), poland().by_code.get(record.parent or "")
    share = 100 * size / gmina.area_ha if gmina and gmina.area_ha else None
    return Area(size, share, _corners(record.shape))


def _corners(shape: str) -> list[tuple[float, float]]:
    found = json.loads(shape)
    parts = found["coordinates"] if found["type"] == "MultiPolygon" else [found["coordinates"]]
    return [(lon, lat) for part in parts for ring in part for lon, lat in ring[:-1]]
