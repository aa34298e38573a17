"""Text as it comes from files, made harmless: nothing in a cell is trusted."""

from __future__ import annotations

import re
import unicodedata

MAX_CELL = 32_767
"""Characters that a cell may have (the limit of spreadsheets)."""
MAX_NAME = 300
"""Characters that the name of an organisation or a partnership may have."""

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """The text in NFC without control characters, direction marks, invisible signs and needless spaces.

    Line breaks stay (some lists use them); lone surrogates, which no database takes, become U+FFFD.
    """
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
        text = _CONTROL.sub(" ", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _SPACES.sub(" ", text).strip()


def one_line(text: str) -> str:
    """Cleaned text on one line: names, codes, dates."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(clean(text).split())
