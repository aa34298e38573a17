"""Areas drawn on the map: read from GeoJSON or from typed coordinates, checked, measured against their gmina.

Coordinates are WGS84, longitude first as in GeoJSON (RFC 7946); typed ones are latitude first, as maps show them.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from graphsvc.i18n import msg
from graphsvc.model.fieldtypes import RuleError

DIGITS = 6
"""Decimals that are kept: about a tenth of a metre."""
KM_PER_DEGREE = 111.195
"""Of a great circle of the mean earth radius, 6371.0 km."""
_HINT = msg("Draw it on the map, give a GeoJSON polygon, or a line “latitude longitude” for each corner.")


@cache
def topology() -> dict[str, Any]:
    """TopoJSON with the objects ``gminas``, ``powiats`` and ``voivodeships``; a shape's id is the territory's code."""
    loaded: dict[str, Any] = json.loads((files("graphsvc.data") / "poland.topo.json").read_text("utf-8"))
    return loaded


def read(text: str) -> str:
    """A polygon as GeoJSON of its geometry, from what was typed or pasted; "" for nothing.

    Raises RuleError for what is no polygon, is not closed, crosses itself, or is not in Poland.
    """
    if not text.strip():
        return ""
    found = _checked(_of_json(text) if text.lstrip().startswith("{") else _of_lines(text))
    return json.dumps(mapping(found), separators=(",", ":"))


def _of_json(text: str) -> BaseGeometry:
    try:
        found: dict[str, Any] = json.loads(text)
        if found.get("type") == "FeatureCollection" and len(found["features"]) == 1:
            found = found["features"][0]
        geometry = found["geometry"] if found.get("type") == "Feature" else found
        parts = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
        open_rings = [ring for part in parts for ring in part if ring[0] != ring[-1]]
        made = shape(geometry)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, shapely.errors.ShapelyError):
        raise RuleError(msg("The shape is no polygon."), _HINT) from None
    if open_rings:
        raise RuleError(msg("The line round the area is not closed."), msg("Let it end where it begins."))
    return made


def _of_lines(text: str) -> BaseGeometry:
    """A corner to a line; the last is joined with the first."""
    corners = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        numbers = re.findall(r"-?\d+(?:[.,]\d+)?", line)
        if len(numbers) != 2:
            raise RuleError(msg("Line %(number)s has no latitude and longitude.", number=number), _HINT)
        lat, lon = (float(n.replace(",", ".")) for n in numbers)
        corners.append((lon, lat))
    if len(corners) < 3:
        raise RuleError(msg("An area has three corners or more."), _HINT)
    return shapely.Polygon(corners)


def _checked(found: BaseGeometry) -> BaseGeometry:
    found = shapely.set_precision(shapely.force_2d(found), 10**-DIGITS, mode="pointwise")
    if found.is_empty or not found.is_valid:
        where = re.search(r"\[(\S+) (\S+)\]", shapely.is_valid_reason(found))
        if where:
            raise RuleError(
                msg("The line round the area crosses itself near %(lat)s %(lon)s.", lat=where[2], lon=where[1]),
                msg("Move a corner so that no two lines cross."),
            )
        raise RuleError(msg("The shape is no polygon."), _HINT)
    if not found.within(_poland()):
        raise RuleError(
            msg("The area is not in Poland."), msg("Check the corners: latitude 49 to 55, longitude 14 to 24.")
        )
    return found


def square_km(geojson: str) -> float:
    """The area in km². Degrees are measured at its own middle latitude: exact to some tenths of a percent."""
    found = shape(json.loads(geojson))
    return float(found.area * KM_PER_DEGREE**2 * cos(radians(found.centroid.y)))


def beyond(code: str, geojson: str) -> bool:
    """Whether a part of the polygon (over 5 % of it, for the shipped borders are simplified) is outside the gmina."""
    gmina, found = _gmina(code), shape(json.loads(geojson))
    return gmina is not None and found.difference(gmina).area > 0.05 * found.area


def point_in(code: str) -> tuple[float, float]:
    """Longitude and latitude of the point of a gmina farthest from its borders; its centre may be in another one."""
    gmina = _gmina(code)
    if gmina is None:
        raise KeyError(code)
    x, y = shapely.maximum_inscribed_circle(gmina, 1e-3).coords[0]
    return round(x, DIGITS), round(y, DIGITS)


@cache
def _gmina(code: str) -> BaseGeometry | None:
    geometries = topology()["objects"]["gminas"]["geometries"]
    return next((_decoded(g) for g in geometries if g["id"] == code), None)


@cache
def _poland() -> BaseGeometry:
    """The country with a kilometre round it, since the shipped borders are simplified."""
    voivodeships = topology()["objects"]["voivodeships"]["geometries"]
    whole = shapely.union_all([_decoded(g) for g in voivodeships]).buffer(0.01)
    shapely.prepare(whole)
    return whole


@cache
def _arcs() -> list[list[tuple[float, float]]]:
    """The lines of the TopoJSON in degrees (its deltas summed up, scaled, moved)."""
    (sx, sy), (tx, ty) = topology()["transform"]["scale"], topology()["transform"]["translate"]
    lines = []
    for arc in topology()["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def _decoded(geometry: dict[str, Any]) -> BaseGeometry:
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    polygons = [shapely.Polygon(_ring(part[0]), [_ring(hole) for hole in part[1:]]) for part in parts]
    return shapely.make_valid(shapely.union_all(polygons))


def _ring(numbers: list[int]) -> list[tuple[float, float]]:
    """Arcs one after the other; ``~n`` is arc n backwards."""
    return [p for n in numbers for p in (_arcs()[n] if n >= 0 else _arcs()[~n][::-1])]
