"""Order and comparison of names as Polish readers expect: ą after a, and search that needs no diacritics."""

from __future__ import annotations

import unicodedata

_AFTER = "\U0010fffd"
_POLISH = str.maketrans(
    {c: base + _AFTER for c, base in zip("ąćęłńóśż", "acelnosz", strict=True)} | {"ź": "z\U0010fffc"}
)
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "ß": "ss"})


def sort_key(text: str) -> str:
    """Key that sorts ą after a, ź before ż, and other accented letters as their base letter."""
    return fold_accents(text.casefold().translate(_POLISH))


def fold_accents(text: str) -> str:
    """Without combining marks; Polish letters already translated stay where they sort."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """For search: lower case, no diacritics."""
    return fold_accents(text.casefold().translate(_PLAIN))
