"""Messages that a person reads, kept apart from the language they are shown in.

Code below the interface makes a ``Message`` (``msg``/``nmsg``: also the words that Babel extracts); the interface
renders it in the reader's language. Message ids are English; Polish is in ``translations/``.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = ("pl", "en")
DEFAULT_LANGUAGE = "pl"
DOMAIN = "graphsvc"
TRANSLATIONS = Path(__file__).parent / "translations"
TWICE = re.compile(r"(?<![.\s/])\.\.(?=\s|$)")
"""Two full stops in a row: of a name such as “Kruk sp. z o.o.”, and of the sentence that it ends."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text with named parameters (``%(name)s``), rendered late.

    A parameter may be a Message itself. ``n`` chooses the plural form where ``plural`` is given.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    n: int = 1

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The text in ``language`` (``pl`` or ``en``; anything else reads as English)."""
        catalogue = _catalogue(language)
        template = (
            catalogue.gettext(self.text) if self.plural is None else catalogue.ngettext(self.text, self.plural, self.n)
        )
        values = {k: v.render(language) if isinstance(v, Message) else v for k, v in self.params.items()}
        return TWICE.sub(".", template % values) if values else template

    def __str__(self) -> str:
        return self.render("en")


@dataclass(frozen=True, slots=True)
class Day(Message):
    """The day ``text`` (ISO 8601) in words."""

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """As in “29 November 2026”."""
        return format_date(date.fromisoformat(self.text), "d MMMM y", locale=language)


@dataclass(frozen=True, slots=True)
class Number(Message):
    """The whole number ``text`` with the language's separators."""

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """As in “11,915”."""
        return str(format_decimal(int(self.text), locale=language))


def number(value: int) -> Number:
    """A count, as a part of a message."""
    return Number(str(value))


LISTED = 400
"""Signs of a list in a message, such as the columns of a file."""


def short(text: str, most: int = 60) -> str:
    """A text from a file or a form, to be quoted in a message: with “…” for what is beyond ``most`` signs."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def msg(text: str, **params: object) -> Message:
    """A translatable message."""
    return Message(text, params)


def nmsg(singular: str, plural: str, n: int, **params: object) -> Message:
    """A translatable message whose form depends on ``n`` (also available in the text as ``%(n)s``)."""
    return Message(singular, {"n": number(n), **params}, plural, n)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, TRANSLATIONS, [language], fallback=True)


def readable(name: str) -> str:
    """The name of a file as it can be shown and kept: bytes that are no UTF-8 are Polish letters as Windows wrote them
    (cp1250)."""
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeEncodeError:  # no bytes of a file name: half of a letter
        return name.encode("utf-8", "replace").decode("utf-8")
    except UnicodeDecodeError:
        return name.encode("utf-8", "surrogateescape").decode("cp1250", "replace")
