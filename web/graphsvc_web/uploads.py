"""Names of files that were sent."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Bytes of a name without its ending."""
_UNSAFE = re.compile(r"[^\w .()+,-]")


def safe_name(sent: str) -> str:
    """The name alone, without folders, as it may stand on any disk; letters of all languages stay, so that it is the
    name by which the user knows the file, and by which it is known when it is imported from elsewhere."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", sent))[-1]
    name = _UNSAFE.sub("_", last).lstrip(". ")
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    short = stem.encode()[:LONGEST].decode(errors="ignore")
    return f"{short}{dot}{ending[:10]}".rstrip(". ") or "file"
