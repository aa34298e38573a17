"""Reading a plain edge list: two names a line, and whatever else may stand there."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from graphsvc.errors import FileError, InputError, Place
from graphsvc.i18n import msg
from graphsvc.suggest.edgelist.links import Links

COMMENTS = ("#", "%")
HEADERS = ({"source", "target"}, {"from", "to"}, {"node1", "node2"}, {"id1", "id2"})
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
HINT = msg("Give an edge list: a text file with one link per line.")
DECIMAL = re.compile(r"-?\d+,\d+")


def read_links(path: Path) -> Links:
    """The links of an edge list file, nodes numbered as they appear.

    The first two columns count (blank, tab, comma or semicolon between them; the first line tells, unless another
    line can only mean another one); weights, further columns, loops, doubles, empty lines, lines that begin with
    ``#`` or ``%`` and a header (``source,target``, or words above numbers) are dropped.

    Raises FileError for what is no readable text file, InputError for a line with a single column.
    """
    numbers: dict[str, int] = {}
    found = {
        (min(one, other), max(one, other))
        for a, b in _pairs(path)
        if (one := numbers.setdefault(a, len(numbers))) != (other := numbers.setdefault(b, len(numbers)))
    }
    if not numbers:
        raise FileError(msg("There is no line with two names in it."), place=Place(file=path.name), hint=HINT)
    return Links(len(numbers), np.array(sorted(found), dtype=np.int64).reshape(-1, 2))


def _pairs(path: Path) -> Sequence[tuple[str, str]]:
    lines = [(i, line.strip()) for i, line in enumerate(_text(path).splitlines(), 1)]
    lines = [(i, line) for i, line in lines if line and not line.startswith(COMMENTS)]
    usual = _separator(lines[0][1]) if lines else None
    try:
        ends = [_ends(line, usual, Place(file=path.name, row=row)) for row, line in lines]
    except csv.Error as error:  # a name longer than any file of names has
        raise FileError(msg("This is no text file."), place=Place(file=path.name), hint=HINT) from error
    return ends[1:] if _headed(ends) else ends


def _ends(line: str, usual: str | None, place: Place) -> tuple[str, str]:
    fields = _fields(line, usual)
    if len(fields) < 2 or not fields[0] or not fields[1]:
        raise InputError(
            msg("An edge list needs two columns, the two ends of a link; here there is one."),
            place=place,
            hint=msg("Separate the two names by a blank, a tab or a comma."),
        )
    return fields[0], fields[1]


def _headed(ends: Sequence[tuple[str, str]]) -> bool:
    """Whether the first line names the columns: by their usual names, or by words above nothing but numbers."""
    if any({name.lower() for name in first} in HEADERS for first in ends[:1]):
        return True
    words = len(ends) > 1 and not any(name.isdecimal() for name in ends[0])
    return words and all(one.isdecimal() and other.isdecimal() for one, other in ends[1:])


def _text(path: Path) -> str:
    place = Place(file=path.name)
    if path.is_dir():
        raise FileError(msg("This is a folder, not a file."), place=place, hint=HINT)
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise FileError(msg("There is no such file."), place=place, hint=msg("Check its name and folder.")) from error
    except OSError as error:
        raise FileError(msg("The file can't be read: %(why)s.", why=error.strerror or ""), place=place) from error
    if raw.startswith(BYTE_ORDER_MARKS):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw:
        raise FileError(msg("This is no text file."), place=place, hint=HINT)
    if not raw.strip():
        raise FileError(msg("The file is empty."), place=place, hint=HINT)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1250", errors="replace")


def _separator(line: str) -> str | None:
    """The one that a line speaks for; None is any blank. A decimal comma in a weight is no separator."""
    if "\t" in line:
        return "\t"
    if ";" in line:
        return ";"
    words = line.split()
    if "," in line and not (len(words) > 2 and DECIMAL.fullmatch(words[2]) and "," not in words[0] + words[1]):
        return ","
    return None


def _fields(line: str, usual: str | None) -> list[str]:
    separator = usual if usual and usual in line else _separator(line)
    if separator is None:
        line = " ".join(line.split())
        numbers = all(word.isdecimal() for word in line.split()[:2])
        separator = " " if usual is None or numbers else usual  # elsewhere names may have blanks in them
        if '"' not in line:
            return line.split(separator)
    return [field.strip() for field in next(csv.reader([line], delimiter=separator))]
