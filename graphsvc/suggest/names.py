"""What a name says of its organisation: its kind and its town (``data/words.toml``, ``data/places.csv``)."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz

from graphsvc.model.fieldtypes import folded as searched

DATA = files("graphsvc.suggest") / "data"
ALMOST = 90
"""Likeness of two names, in per cent, from which on they may be one; see ``rapidfuzz.fuzz.token_sort_ratio``."""
WORDS_ALMOST = 80
"""The same of the words in which they differ: the letters of one slip, or of another case."""
APART = re.compile(r"\d+|\b[ivx]{2,}\b|^[ivx]\b|\bmiejsk\w+|\bwiejsk\w+")
"""What tells two names apart that are alike otherwise: numbers, also Roman ones, gminas of a town and around it."""
OTHER_SECTOR = "other"
"""Sector of those that are of none in the vocabulary."""
SHORTEST_PLACE = 4
"""Letters from which on a town is recognised in an inflected or compound word (Viborg in ViborgEgnens)."""


@lru_cache(maxsize=1 << 18)
def folded(name: str) -> str:
    """Lower case, one space between words, the Danish spellings aa and å alike."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("aa", "å")
    return " ".join(re.findall(r"[\w/&]+", text))


def kind_in(name: str, sector: str) -> str:
    """The first kind whose words are in the name and whose organisations are of the ``sector`` (code), where one is
    known; "" where no word tells."""
    text, sectors = folded(name), _words()["sectors"]
    fits = (kind for kind, pattern in _kinds() if pattern.search(text) and _fits(sector, sectors[kind]))
    return next(fits, "")


def _fits(sector: str, among: list[str]) -> bool:
    return sector in ("", OTHER_SECTOR) or sector in among


def is_broad(code: str) -> bool:
    """Is a recorded kind (code; "": none) so broad that a name may tell more?"""
    return not code or code in _words()["broad"]["codes"]


def almost_same(one: str, other: str) -> bool:
    """Are the two names so near that they could be one organisation, entered twice? Different numbers or towns in
    them say no, and so do that one is a town's and one the country's around it, and words that are others, not the same
    misspelt."""
    first, second = _telling(one), _telling(other)
    if not first or not second or APART.findall(first) != APART.findall(second):
        return False
    towns = place_of_name(one), place_of_name(other)
    apart = None not in towns and towns[0] != towns[1]
    return not apart and fuzz.token_sort_ratio(first, second) >= ALMOST and _misspelt(first, second)


def _misspelt(first: str, second: str) -> bool:
    """Are the words in which two texts differ nearly the same, where both have such?"""
    one, other = ({searched(word) for word in text.split()} for text in (first, second))
    only, others = one - other, other - one
    ways = ((word, theirs) for mine, theirs in ((only, others), (others, only)) for word in mine if theirs)
    return all(max(fuzz.ratio(word, another) for another in theirs) >= WORDS_ALMOST for word, theirs in ways)


def _telling(name: str) -> str:
    """The name without legal forms; the whole where nothing else is left."""
    text = folded(name)
    return " ".join(_legal_forms().sub(" ", text).split()) or text


def place_of_name(name: str) -> tuple[float, float] | None:
    """Latitude and longitude of the town or area in the name (the longest, if several)."""
    found = _longest_place(name)
    return _places()[found] if found else None


def names_a_town(name: str) -> bool:
    """Says a name a town, or only an island, a region or the like?"""
    found = _longest_place(name)
    return found is not None and found not in _areas()


def _longest_place(name: str) -> str | None:
    found = [town for word in folded(name).split() if (town := _town_in(word))]
    return max(found, key=len) if found else None


def _town_in(word: str) -> str | None:
    places = _places()
    if word in places:
        return word
    stems = (word[:n] for n in range(len(word) - 1, SHORTEST_PLACE - 1, -1) if word[:n] in places)
    return next((stem for stem in stems if _endings().fullmatch(word[len(stem) :])), None)


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))


@cache
def _legal_forms() -> re.Pattern[str]:
    return re.compile(_words()["legal_forms"]["pattern"])


@cache
def _kinds() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, re.compile(pattern)) for kind, pattern in _words()["kinds"].items()]


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(_words()["places"]["endings"])


@cache
def _places() -> dict[str, tuple[float, float]]:
    return {folded(r["name"]): (float(r["lat"]), float(r["lon"])) for r in _rows()}


@cache
def _areas() -> frozenset[str]:
    return frozenset(folded(r["name"]) for r in _rows() if r["area"])


def _rows() -> list[dict[str, str]]:
    with (DATA / "places.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
