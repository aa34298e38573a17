"""Territories as people write them: a code, or a name that means one territory only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz, process

from graphsvc.i18n import msg
from graphsvc.ingest.profile import Profile
from graphsvc.ingest.values import TERRITORIES, RefusedError
from graphsvc.model.fieldtypes import folded
from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory

MOST_DIGITS = 7
"""Of a TERC code; the last one of a gmina tells its kind."""
MOST_ALIKE = 12
LIKENESS = 75
"""From which a name may be meant by another (0–100, rapidfuzz's WRatio)."""
_LEVELS = {"voivodeship": ("województwo", "woj."), "powiat": ("powiat", "pow."), "gmina": ("gmina", "gm.")}
_KINDS = {
    "1": ("gmina miejska", "miasto", "m."),
    "2": ("gmina wiejska", "gm. wiejska"),
    "3": ("gmina miejsko-wiejska", "gm. miejsko-wiejska", "miasto i gmina", "gmina i miasto"),
}
"""What stands before the name, by the level and by the last digit of the TERC code."""


class Places:
    """The profile's own territories, then those of Poland."""

    def __init__(self, profile: Profile) -> None:
        self._own = {t.code: t for t in profile.territory_records()}
        self._used: dict[str, Territory] = dict(self._own)

    def code(self, text: str, column: str) -> str:
        """The code of a territory; "" for an empty text. Raises RefusedError."""
        if not text or text in self._used:
            return text
        terc = text[:6] if text.isdecimal() and len(text) <= MOST_DIGITS else ""
        found = [poland().by_code[terc]] if terc in poland().by_code else named(text)
        if len(found) == 1:
            self._use(found[0])
            return found[0].code
        raise RefusedError(
            column,
            text,
            msg("Several territories have this name: %(codes)s.", codes=", ".join(t.code for t in found[:10]))
            if found
            else msg("There is no such territory."),
            msg("Write its TERC code, or list the value in the profile's 'values'."),
            scheme=TERRITORIES,
        )

    def used(self) -> tuple[Territory, ...]:
        """All territories that were named, and those above them; the profile's own in any case."""
        return tuple(self._used.values())

    def _use(self, territory: Territory) -> None:
        for above in reversed(poland().above(territory.code)):
            self._used.setdefault(above, poland().by_code[above])
        self._used[territory.code] = territory


def named(text: str) -> list[Territory]:
    """Those of a name; of “Legnica, dolnośląskie”, with the wider ones after or before, those that lie in all."""
    found = _names().get(folded(text), [])
    if not found and "," in text:
        parts = [named(part.strip()) for part in text.split(",")]
        found = _within(parts[0], parts[1:]) or _within(parts[-1], parts[:-1])
    gminas = [t for t in found if t.level == "gmina"]
    if len(gminas) == 1:  # a city is a gmina and a powiat of its own; the gmina says both
        found = [t for t in found if t.code != gminas[0].parent]
    return found


def _within(inner: Iterable[Territory], wider: Iterable[Iterable[Territory]]) -> list[Territory]:
    codes = [{t.code for t in each} for each in wider]
    return [t for t in inner if all(each.intersection(poland().above(t.code)) for each in codes)]


def alike(text: str) -> list[Territory]:
    """The territories that a text may mean: those of this name, or of the names most like it; the likeliest first."""
    found = process.extract(folded(text), list(_names()), scorer=fuzz.WRatio, limit=MOST_ALIKE, score_cutoff=LIKENESS)
    best = [name for name, score, _ in found if score == 100] or [name for name, *_ in found]
    return list(dict.fromkeys(territory for name in best for territory in _names()[name]))[:MOST_ALIKE]


@cache
def _names() -> dict[str, list[Territory]]:
    names: dict[str, list[Territory]] = defaultdict(list)
    for territory in poland():
        for name in _spellings(territory):
            names[folded(name)].append(territory)
    return names


def _spellings(territory: Territory) -> Iterable[str]:
    written = (*_LEVELS[territory.level], *_KINDS.get(territory.kind, ()))
    return {territory.name, territory.short_name, *(f"{before} {territory.short_name}" for before in written)}
