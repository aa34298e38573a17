"""Territories: voivodeship, powiat, gmina, revitalisation area, a centre's region of work; and areas of needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from graphsvc.i18n import msg
from graphsvc.model.base import Code, Link, Record, stable_id
from graphsvc.model.fieldtypes import Count, Flag, Latitude, Line, Longitude, Name, OptionalId, RuleError
from graphsvc.model.organisations import Need

CODE = re.compile(r"\d{2}|\d{4}|\d{6}|(\d{6}|[A-Z]{2}):.{1,80}")


class Territory(Record):
    """A territory; its ``code`` is the first 2, 4 or 6 digits of TERC, or ``CC:name`` outside Poland.

    The id follows from the code, so that every import names the same node.
    """

    label: ClassVar[str] = "Territory"
    code: Name
    name: Name
    """Told apart from others of the same name: “Lubin (gmina wiejska, powiat lubiński)”."""
    short_name: Line = ""
    level: Annotated[str, Code("territory_level")]
    kind: Annotated[str, Code("gmina_kind")] = ""
    parent: Annotated[OptionalId, Link("PART_OF", "Territory", key="code")] = None
    borders: Annotated[tuple[str, ...], Link("BORDERS", "Territory", key="code")] = ()
    covers: Annotated[tuple[str, ...], Link("COVERS", "Territory", key="code")] = ()
    """The gminas and powiats of a region of work, or those that a revitalisation area lies in."""
    shape: str = Field(default="", max_length=500_000)
    """A drawn revitalisation area as a GeoJSON geometry."""
    needs: Annotated[tuple[Need, ...], Link("NEEDS", "ServiceArea", key="code")] = ()
    lat: Latitude = None
    lon: Longitude = None
    population: Count = None

    @model_validator(mode="before")
    @classmethod
    def _id_from_code(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("id") and data.get("code"):
            return {**data, "id": stable_id("territory", str(data["code"]))}
        return data

    def broken_rules(self) -> Iterator[RuleError]:
        """A code of TERC, or one of our own with a colon; a shape that is a polygon on earth."""
        if not CODE.fullmatch(self.code):
            yield RuleError(
                msg("“%(code)s” can't be the code of a territory.", code=self.code[:40]),
                msg("Use 2, 4 or 6 digits of TERC, or letters and a colon before a name of your own: PL:region."),
                "code",
            )
        if self.shape and not _is_polygon(self.shape):
            yield RuleError(
                msg("The shape is no polygon."), msg("Draw it on the map, or give a GeoJSON polygon."), "shape"
            )


def _is_polygon(shape: str) -> bool:
    try:
        found = json.loads(shape)
        parts = {"Polygon": [found["coordinates"]], "MultiPolygon": found["coordinates"]}[found["type"]]
        rings = [ring for part in parts for ring in part]
        points = [(float(x), float(y)) for ring in rings for x, y in ring]
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
    return bool(rings) and all(len(r) >= 4 for r in rings) and all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)


class ServiceArea(Record):
    """A social service, trade, resource or CSR form that needs and offers are about (scheme need_area)."""

    label: ClassVar[str] = "ServiceArea"
    code: Name
    name: Name
    name_en: Line = ""
    scheme: Line = ""
    """Scheme of the vocabulary that the code is from."""
    deinstitutionalised: Flag = False
    broader: Annotated[tuple[str, ...], Link("PART_OF", "ServiceArea", key="code")] = ()

    @model_validator(mode="before")
    @classmethod
    def _id_from_code(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("id") and data.get("code"):
            return {**data, "id": stable_id("service area", str(data["code"]))}
        return data
