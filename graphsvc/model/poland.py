"""The official territories of Poland: 16 voivodeships, 380 powiats, 2,477 gminas, as a tree (see docs/data.md)."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graphsvc.errors import NotFoundError
from graphsvc.i18n import msg
from graphsvc.model.fieldtypes import folded
from graphsvc.model.territories import ServiceArea, Territory
from graphsvc.model.vocabulary import Concept, default, scheme

_RANK = {"gmina": 0, "powiat": 1, "voivodeship": 2}


@dataclass(frozen=True, eq=False)
class Tree:
    """Territories by code, with what is below and beside each."""

    by_code: Mapping[str, Territory]
    children: Mapping[str, tuple[str, ...]]
    neighbours: Mapping[str, tuple[str, ...]]
    """Of gminas: both ways of every border."""

    def __iter__(self) -> Iterator[Territory]:
        return iter(self.by_code.values())

    def get(self, code: str) -> Territory:
        """The territory of a code; a TERC of seven digits is its gmina. Raises NotFoundError."""
        found = self.by_code.get(code) or self.by_code.get(code[:6])
        if found is None:
            raise NotFoundError(
                msg("There is no territory with code %(code)s.", code=code[:20]),
                hint=msg("Use 2, 4 or 6 digits of TERC, or choose from the list."),
            )
        return found

    def above(self, code: str) -> tuple[str, ...]:
        """Powiat and voivodeship of a gmina, voivodeship of a powiat."""
        parent = self.by_code[code].parent
        return (parent, *self.above(parent)) if parent else ()

    def gminas(self, code: str) -> tuple[str, ...]:
        """The gminas in a territory; a gmina itself."""
        below = self.children.get(code, ())
        return tuple(g for child in below for g in self.gminas(child)) if below else (code,)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each border between two gminas once."""
        return ((t.code, other) for t in self for other in t.borders)

    def search(self, text: str, limit: int = 20, level: str | None = None) -> list[Territory]:
        """Territories whose name (diacritics folded) or code begins with ``text``, then those that hold it."""
        wanted = folded(text.strip())
        ranked = []
        for t in self:
            name = folded(t.name)
            if wanted and wanted in f"{name} {t.code}" and level in (None, t.level):
                begins = name.startswith(wanted) or folded(t.short_name).startswith(wanted) or t.code.startswith(wanted)
                ranked.append((not begins, _RANK.get(t.level, 3), name, t.code))
        return [self.by_code[code] for *_, code in sorted(ranked)[:limit]]


def tree(territories: Iterable[Territory]) -> Tree:
    """A tree of any territories (the shipped ones and those added)."""
    by_code = {t.code: t for t in territories}
    children: dict[str, list[str]] = defaultdict(list)
    neighbours: dict[str, set[str]] = defaultdict(set)
    for t in by_code.values():
        if t.parent:
            children[t.parent].append(t.code)
        for other in t.borders:
            neighbours[t.code].add(other)
            neighbours[other].add(t.code)
    return Tree(
        by_code,
        {code: tuple(sorted(below)) for code, below in children.items()},
        {code: tuple(sorted(beside)) for code, beside in neighbours.items()},
    )


def _rows() -> list[dict[str, str]]:
    text = (files("graphsvc.data") / "territories.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _sum(code: str, level: str, name: str, short: str, parent: str | None, rows: list[dict[str, str]]) -> Territory:
    """A powiat or voivodeship: people summed, the centre weighed by them."""
    people = [int(r["population"]) for r in rows]
    lat, lon = (
        round(sum(float(r[axis]) * n for r, n in zip(rows, people, strict=True)) / sum(people), 5)
        for axis in ("lat", "lon")
    )
    whole = Territory(code=code, name=name, short_name=short, level=level, parent=parent, lat=lat, lon=lon)
    return whole.model_copy(update={"population": sum(people), "area_ha": sum(float(r["area_ha"] or 0) for r in rows)})


def _powiat_name(code: str, name: str, voivodeship: str, repeated: bool) -> str:
    if code[2] >= "6":
        return f"{name} (miasto na prawach powiatu)"
    return f"powiat {name} ({voivodeship})" if repeated else f"powiat {name}"


def _gmina_name(row: dict[str, str], repeated: bool) -> str:
    if not repeated:
        return row["name"]
    kind, powiat = default().label("gmina_kind", row["kind"], "pl"), row["powiat"]
    return f"{row['name']} ({kind}, {'powiat ' if powiat[0].islower() else ''}{powiat})"


def _poland() -> Iterator[Territory]:
    rows = _rows()
    by_prefix: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        for length in (2, 4):
            by_prefix[row["code"][:length]].append(row)
    names = Counter(row["name"] for row in rows)
    powiats = Counter(part[0]["powiat"] for code, part in by_prefix.items() if len(code) == 4)
    for code, part in sorted(by_prefix.items(), key=lambda item: (len(item[0]), item[0])):
        first = part[0]
        if len(code) == 2:
            yield _sum(code, "voivodeship", f"województwo {first['voivodeship']}", first["voivodeship"], None, part)
        else:
            name = _powiat_name(code, first["powiat"], first["voivodeship"], powiats[first["powiat"]] > 1)
            yield _sum(code, "powiat", name, first["powiat"], code[:2], part)
    for row in rows:
        yield Territory(
            code=row["code"],
            name=_gmina_name(row, names[row["name"]] > 1),
            short_name=row["name"],
            level="gmina",
            kind=row["kind"],
            parent=row["code"][:4],
            borders=tuple(row["borders"].split()),
            lat=row["lat"],
            lon=row["lon"],
            population=row["population"],
            area_ha=row["area_ha"],
        )


@cache
def poland() -> Tree:
    """The shipped territories."""
    return tree(_poland())


def service_area(concept: Concept) -> ServiceArea:
    """A code of needs and offers as a record; a service is part of the areas of the act that it is in."""
    return ServiceArea(
        code=concept.code,
        name=concept.pl,
        name_en=concept.en,
        scheme=concept.scheme,
        deinstitutionalised=bool(concept.extra.get("di")),
        broader=tuple(concept.extra.get("area", ())),
    )


def service_areas() -> list[ServiceArea]:
    """The shipped areas of needs and offers as records."""
    return [service_area(c) for c in scheme("need_area")]
