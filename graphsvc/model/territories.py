"""Territories: voivodeship, powiat, gmina, revitalisation area, a centre's region of work; and areas of needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, model_validator

from graphsvc.i18n import Message, msg, short
from graphsvc.model import geometry
from graphsvc.model.base import Code, Drawn, Link, Record, stable_id
from graphsvc.model.fieldtypes import (
    Amount,
    Count,
    Flag,
    Latitude,
    Line,
    Longitude,
    Name,
    OptionalId,
    RuleError,
    folded,
)
from graphsvc.model.organisations import Need

REVITALISATION = "revitalisation"
CODE = re.compile(r"\d{2}|\d{4}|\d{6}|(\d{6}|[A-Z]{2}):.{1,80}")


def cut(code: str, digits: int) -> str:
    """The first digits of a code of TERC (2: voivodeship, 4: powiat, 6: gmina), also of an area in a gmina; "" where it
    has fewer, or is none of TERC."""
    start = code[:digits]
    return start if len(start) == digits and start.isdecimal() else ""


class Territory(Record):
    """A territory; its ``code`` is the first 2, 4 or 6 digits of TERC, or ``CC:name`` outside Poland.

    The id follows from the code, so that every import names the same node.
    """

    label: ClassVar[str] = "Territory"
    coded: ClassVar[str] = "territory"
    code: Line = ""
    """Made of the territory above and the name for an area or region of our own, where none is given."""
    name: Name
    """Told apart from others of the same name: “Lubin (gmina wiejska, powiat lubiński)”."""
    short_name: Line = ""
    level: Annotated[str, Code("territory_level")]
    kind: Annotated[str, Code("gmina_kind")] = ""
    parent: Annotated[OptionalId, Link("PART_OF", "Territory", key="code")] = None
    borders: Annotated[tuple[str, ...], Link("BORDERS", "Territory", key="code")] = ()
    covers: Annotated[tuple[str, ...], Link("COVERS", "Territory", key="code")] = ()
    """The gminas and powiats of a region of work, or those that a revitalisation area lies in."""
    shape: Annotated[str, AfterValidator(geometry.read), Drawn()] = Field(default="", max_length=30_000)
    """A drawn revitalisation area as a GeoJSON geometry; short enough for a cell of a spreadsheet."""
    needs: Annotated[tuple[Need, ...], Link("NEEDS", "ServiceArea", key="code")] = ()
    lat: Latitude = None
    lon: Longitude = None
    population: Count = None
    area_ha: Amount = None
    """In hectares, by the register; of a drawn area see ``geometry.square_km``."""

    @model_validator(mode="before")
    @classmethod
    def _code_and_id(cls, data: Any) -> Any:
        """A code of our own from the territory above and the name, where none is given; the id from the code."""
        if not isinstance(data, dict):
            return data
        code = str(data.get("code") or "") or _own_code(data)
        return {**data, "code": code, "id": data.get("id") or (stable_id(cls.coded, code) if code else "")}

    def broken_rules(self) -> Iterator[RuleError]:
        """A code of TERC, or one of our own with a colon; a revitalisation area is in a gmina, drawn or chosen."""
        if not CODE.fullmatch(self.code):
            yield RuleError(
                msg("“%(code)s” can't be the code of a territory.", code=short(self.code, 40)),
                msg("Use 2, 4 or 6 digits of TERC, or letters and a colon before a name of your own: PL:region."),
                "code",
            )
        if self.level == REVITALISATION and not self.parent:
            yield RuleError(msg("A revitalisation area is in a gmina."), msg("Choose the gmina."), "parent")

    def over_limits(self, most_area: float, most_people: float, gmina: Territory) -> Iterator[RuleError]:
        """What the Act on revitalisation (art. 10 ust. 2) sets against a revitalisation area: shares of 0 to 1 of the
        area and the people of its gmina."""
        if self.level != REVITALISATION:
            return
        area = 100 * geometry.square_km(self.shape) if self.shape else None
        if area and gmina.area_ha and area / gmina.area_ha > most_area:
            part = _percent(area / gmina.area_ha)
            yield _over(msg("The area takes %(share)s%% of its gmina.", share=part), most_area, "shape")
        if self.population and gmina.population and self.population / gmina.population > most_people:
            part = _percent(self.population / gmina.population)
            yield _over(msg("%(share)s%% of the gmina's people live there.", share=part), most_people, "population")
        if self.shape and geometry.beyond(gmina.code, self.shape):
            yield RuleError(
                msg("A part of the area is outside its gmina."),
                msg("Move its corners, or choose another gmina."),
                "shape",
            )


def _over(message: Message, most: float, field: str) -> RuleError:
    hint = msg("The Act on revitalisation allows %(most)s%% (art. 10 ust. 2).", most=_percent(most))
    return RuleError(message, hint, field)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _own_code(data: Mapping[str, Any]) -> str:
    """``021101:centrum`` for an area in a gmina, ``PL:centrum`` for a region; "" where the name says nothing."""
    name = "-".join(re.findall(r"[a-z0-9]+", folded(str(data.get("name") or ""))))[:60]
    level = data.get("level")
    above = str(data.get("parent") or "") if level == REVITALISATION else "PL" if level == "region" else ""
    return f"{above}:{name}" if name and above else ""


class ServiceArea(Record):
    """A social service, trade, resource or CSR form that needs and offers are about (scheme need_area)."""

    label: ClassVar[str] = "ServiceArea"
    coded: ClassVar[str] = "service area"
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
            return {**data, "id": stable_id(cls.coded, str(data["code"]))}
        return data
