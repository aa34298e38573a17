"""Which encoding a text file is in, out of those that Polish and Western European offices use."""

from __future__ import annotations

import codecs
from pathlib import Path

from graphsvc.errors import FileError, Place
from graphsvc.i18n import msg

_SAMPLE = 1 << 18
_CHUNK = 1 << 20
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_WESTERN = frozenset("æøåÆØÅäöüßÄÖÜéèêëàâçñíáúôîïÉÈÀÇÑÁÍÓÚóõãÕ")
_LETTERS = {"cp1250": _POLISH, "iso8859_2": _POLISH, "cp1252": _WESTERN}
_MARKS = frozenset("„”“’‘–—…§°«»• €")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_encoding(path: Path) -> str:
    """A Python codec name: what the first bytes say, else UTF-8 if all of the file is, else the likeliest.

    Raises FileError when the file is no text.
    """
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if wide := _wide(sample):
        return wide
    if _is_binary(sample):
        raise FileError(
            msg("This is not a text file (nor a workbook)."),
            place=Place(file=path.name),
            hint=msg("Give a CSV or XLSX file; export it again from the program it comes from."),
        )
    return "utf-8" if _is_utf8(path) else likeliest(sample)


def likeliest(sample: bytes) -> str:
    """The one-byte encoding in which most high bytes are letters of its languages."""
    high = bytes(b for b in sample if b >= 0x80)

    def likeness(name: str) -> float:
        text = high.decode(name, "replace")
        return sum(1.0 if c in _LETTERS[name] else 0.5 if c in _MARKS else _penalty(c) for c in text)

    return max(_LETTERS, key=likeness)


def _penalty(char: str) -> float:
    if char.isalpha():
        return 0.0
    return -3.0 if char == "\ufffd" or not char.isprintable() else -1.0


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    half = max(len(sample) // 2, 1)
    odd, even = sample[1::2].count(0) / half, sample[0::2].count(0) / half
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.05 else ""


FEW = 8
"""Control characters that a short text may hold by mistake; they are refused in their cells, with the row."""


def _is_binary(sample: bytes) -> bool:
    control = sum(b < 9 or 13 < b < 32 for b in sample)
    return b"\x00" in sample[:4096] or control > max(FEW, len(sample) / 50)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
