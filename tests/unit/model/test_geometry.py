"""Areas drawn on the map: what is read, refused and measured."""

from __future__ import annotations

import json
from math import cos, pi, radians

import pytest

from graphsvc.model import geometry
from graphsvc.model.fieldtypes import RuleError

SQUARE = [[16.19, 51.4], [16.21, 51.4], [16.21, 51.41], [16.19, 51.41], [16.19, 51.4]]
"""In the middle of the town of Lubin (021101)."""


def polygon(*rings: list[list[float]], type: str = "Polygon") -> str:
    return json.dumps({"type": type, "coordinates": [list(rings)] if type == "MultiPolygon" else list(rings)})


def ring(text: str) -> list[tuple[float, float]]:
    return [(x, y) for x, y in json.loads(text)["coordinates"][0]]


def test_typed_corners_and_pasted_geojson_give_the_same_area() -> None:
    typed = "51.4 16.19\n51,4; 16,21\n51.41, 16.21\n\n51.41 16.19\n"
    feature = json.dumps({"type": "Feature", "properties": {}, "geometry": json.loads(polygon(SQUARE))})
    whole = json.dumps({"type": "FeatureCollection", "features": [json.loads(feature)]})
    for text in (typed, polygon(SQUARE), feature, whole):
        assert ring(geometry.read(text)) == [(x, y) for x, y in SQUARE]
    assert geometry.read(" \n") == ""


def test_what_was_read_is_read_again_as_it_is() -> None:
    once = geometry.read(polygon([[16.1234567, 51.4], *SQUARE[1:4], [16.1234567, 51.4]]))
    assert geometry.read(once) == once


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (polygon(SQUARE[:4]), "is not closed"),
        ("51.4 16.2\n51.5 16.3\n51.4 16.3\n51.5 16.2", "crosses itself near 51.45 16.25"),
        (polygon([[2.0, 48.0], [3.0, 48.0], [3.0, 49.0], [2.0, 48.0]]), "not in Poland"),
        (polygon([[51.4, 16.19], [51.4, 16.21], [51.41, 16.21], [51.4, 16.19]]), "not in Poland"),
        ("51.4 16.2\n51.5 16.3", "three corners"),
        ("51.4 16.2\ncentrum\n51.5 16.3", "Line 2"),
        ('{"type":"Point","coordinates":[16,51]}', "no polygon"),
        ('{"type":"Polygon","coordinates":[]}', "no polygon"),
        ('{"type":"Polygon","coordinates":[[["a","b"],[17,51],[17,52],["a","b"]]]}', "no polygon"),
        ('{"type":"FeatureCollection","features":[]}', "no polygon"),
        ("{" * 10_000, "no polygon"),
        (polygon([[16.2, 51.4]] * 4), "near 51.4 16.2"),
    ],
)
def test_what_is_no_area_is_refused_with_a_reason(text: str, why: str) -> None:
    with pytest.raises(RuleError, match=why):
        geometry.read(text)


def test_an_area_in_square_kilometres() -> None:
    degree = 2 * pi * 6371.0 / 360
    by_hand = 0.02 * degree * cos(radians(51.405)) * 0.01 * degree
    assert geometry.square_km(polygon(SQUARE)) == pytest.approx(by_hand, rel=1e-4)


def test_an_area_beyond_its_gmina() -> None:
    assert not geometry.beyond("021101", polygon(SQUARE))
    assert geometry.beyond("020101", polygon(SQUARE))


def test_a_point_inside_a_gmina_that_surrounds_its_town() -> None:
    lon, lat = geometry.point_in("021102")  # the rural gmina round the town of Lubin
    near = polygon([[lon + x, lat + y] for x, y in ((0, 0), (0.001, 0), (0.001, 0.001), (0, 0))])
    assert not geometry.beyond("021102", near)
    assert geometry.beyond("021101", near)
