"""The controlled vocabulary: schemes of codes with Polish and English labels (``data/vocabulary.yaml``).

Labels can be changed and codes added or retired by overrides (kept with the settings);
what a code means never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from graphsvc.errors import NotFoundError, Place, RecordError
from graphsvc.i18n import LANGUAGES, LISTED, msg, short

Overrides = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Scheme → code → the keys of a concept to change: ``pl``, ``en``, ``retired``, ``value``."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One code of a scheme. ``extra`` holds what only some have (``kinds``, ``di``, ``area``, ``label`` …)."""

    scheme: str
    code: str
    pl: str
    en: str
    broader: str | None = None
    retired: bool = False
    """Kept for old records, not offered for new ones."""
    alt: tuple[str, ...] = ()
    """Other words for it, as ``altLabel`` of SKOS: what tables say that people import."""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """The label in ``pl`` or ``en``."""
        return self.pl if language == "pl" else self.en


@dataclass(frozen=True)
class Scheme:
    """An ordered list of concepts."""

    name: str
    pl: str
    en: str
    notes: Mapping[str, str]
    """What people should know of it, by language."""
    concepts: tuple[Concept, ...]
    parts: tuple[str, ...] = ()
    """The schemes that it is made of, where it has no codes of its own."""

    @cached_property
    def by_code(self) -> Mapping[str, Concept]:
        """Concept by code."""
        return {c.code: c for c in self.concepts}

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(c.code for c in self.concepts)

    @cached_property
    def _meant(self) -> Mapping[str, str]:
        """Codes, labels in both languages and other words, in lower case; in this order where two are alike."""
        also = {word.casefold(): c.code for c in self.concepts for word in c.alt}
        labels = {label.casefold(): c.code for c in reversed(self.concepts) for label in (c.en, c.pl)}
        return also | labels | {c.code.casefold(): c.code for c in self.concepts}

    def code_of(self, text: str) -> str | None:
        """The code that people mean by a text, in whatever case: a code, a label or another word for it."""
        return text if text in self.by_code else self._meant.get(text.casefold())

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def title(self, language: str) -> str:
        """The scheme's own label."""
        return self.pl if language == "pl" else self.en

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Code and label of each concept that is offered for new records."""
        return [(c.code, c.label(language)) for c in self.concepts if not c.retired]

    def narrower(self, code: str) -> tuple[str, ...]:
        """The codes whose ``broader`` is ``code``, and theirs."""
        direct = [c.code for c in self.concepts if c.broader == code]
        return tuple(n for d in direct for n in (d, *self.narrower(d)))

    def broader(self, code: str) -> tuple[str, ...]:
        """The codes above ``code``, nearest first."""
        above = self.by_code[code].broader if code in self else None
        return (above, *self.broader(above)) if above else ()


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All schemes by name."""

    schemes: Mapping[str, Scheme]

    def scheme(self, name: str) -> Scheme:
        """The scheme ``name``. Raises NotFoundError."""
        if name not in self.schemes:
            raise NotFoundError(msg("The vocabulary has no scheme %(name)s.", name=name), near=tuple(self.schemes))
        return self.schemes[name]

    def concept(self, scheme: str, code: str) -> Concept | None:
        """The concept, or None for an unknown code."""
        return self.scheme(scheme).by_code.get(code)

    def label(self, scheme: str, code: str, language: str) -> str:
        """The label of ``code``; an unknown code is its own label."""
        concept = self.concept(scheme, code)
        return concept.label(language) if concept else code

    def check(self, scheme: str, code: str, field: str | None = None) -> None:
        """Raises RecordError naming ``field`` when ``code`` is not in ``scheme``."""
        if code not in self.scheme(scheme):
            raise RecordError(
                msg("“%(code)s” is not a code of this list.", code=short(code, 40)),
                place=Place(field=field),
                hint=msg("Use one of: %(codes)s.", codes=short(", ".join(self.scheme(scheme).codes), LISTED)),
            )

    def limit(self, code: str) -> float:
        """A number of the scheme ``limit``: days, months or percent."""
        return float(self.scheme("limit").by_code[code].extra["value"])

    def with_overrides(self, overrides: Overrides) -> Vocabulary:
        """A vocabulary with labels changed, codes added or retired, in the schemes that include them too.

        Raises NotFoundError for an unknown scheme.
        """
        schemes = {**self.schemes, **{name: _override(self.scheme(name), of) for name, of in overrides.items()}}
        return Vocabulary({name: _joined(one, schemes) for name, one in schemes.items()})


def _joined(one: Scheme, schemes: Mapping[str, Scheme]) -> Scheme:
    """A scheme made of others, of these as they are now; any other as it is."""
    if not one.parts:
        return one
    return replace(one, concepts=tuple(c for part in one.parts for c in schemes[part]))


def _override(scheme: Scheme, changes: Mapping[str, Mapping[str, Any]]) -> Scheme:
    own = ("pl", "en", "broader", "retired")
    concepts = dict(scheme.by_code)
    for code, change in changes.items():
        known = concepts.get(code) or Concept(scheme.name, code, pl=code, en=code)
        extra = {**known.extra, **{k: v for k, v in change.items() if k not in own}}
        concepts[code] = replace(known, extra=extra, **{k: change[k] for k in own if k in change})
    return replace(scheme, concepts=tuple(concepts.values()))


def _concept(scheme: str, raw: Mapping[str, Any]) -> Concept:
    extra = {k: v for k, v in raw.items() if k not in ("code", "pl", "en", "broader", "alt")}
    alt = tuple(raw.get("alt", ()))
    return Concept(scheme, raw["code"], raw["pl"], raw["en"], raw.get("broader"), alt=alt, extra=extra)


def _scheme(name: str, raw: Mapping[str, Any], all_raw: Mapping[str, Any]) -> Scheme:
    parts = tuple(raw.get("includes", ()))
    concepts = tuple(_concept(part, c) for part in parts or (name,) for c in all_raw[part]["concepts"])
    return Scheme(
        name,
        raw["label_pl"],
        raw["label_en"],
        {k: raw[f"note_{k}"] for k in LANGUAGES if f"note_{k}" in raw},
        concepts,
        parts,
    )


@cache
def default() -> Vocabulary:
    """The vocabulary as shipped."""
    text = (files("graphsvc.data") / "vocabulary.yaml").read_text("utf-8")
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["schemes"]  # noqa: S506 both safe
    return Vocabulary({name: _scheme(name, part, raw) for name, part in raw.items()})


_in_force: ContextVar[Callable[[], Vocabulary]] = ContextVar("vocabulary", default=default)


@contextmanager
def using(vocabulary: Callable[[], Vocabulary]) -> Iterator[None]:
    """For the request, command or job at hand, ``in_force`` and ``label`` are of the vocabulary that this gives."""
    token = _in_force.set(vocabulary)
    try:
        yield
    finally:
        _in_force.reset(token)


def in_force() -> Vocabulary:
    """The vocabulary as the centre has set it, where ``using`` says so, else as shipped."""
    return _in_force.get()()


def scheme(name: str) -> Scheme:
    """A shipped scheme. Raises NotFoundError."""
    return default().scheme(name)


def label(scheme: str, code: str, language: str) -> str:
    """The label of ``code`` that is in force; an unknown code is its own label."""
    return in_force().label(scheme, code, language)


def sector_label(sector: str) -> str:
    """The Neo4j label that organisations of a sector carry beside ``Organisation``; ``Other`` for an unknown one."""
    concept = default().concept("organisation_sector", sector)
    return str(concept.extra["label"]) if concept else "Other"


def sector_of_kind(kind: str) -> str:
    """The first sector that has ``kind``; ``other`` for an unknown one."""
    sectors = scheme("organisation_sector")
    return next((s.code for s in sectors if kind in s.extra["kinds"]), "other")


def broad_sector(sector: str) -> str:
    """SPO, PUB, PRY or NIEF: what counts when a partnership is asked whether it crosses sectors."""
    concept = default().concept("organisation_sector", sector)
    return str(concept.extra["broad"]) if concept else "SPO"


def with_broader(area: str | None) -> tuple[str, ...]:
    """A service area (scheme need_area) and the areas of the act that it is part of: who offers or delivers it does so
    for those too."""
    known = scheme("need_area").by_code
    return (area, *(known[area].extra.get("area", ()) if area in known else ())) if area else ()
