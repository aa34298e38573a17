"""Reading a plain edge list: two names a line, and whatever else may stand there."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

from graphsvc.errors import FileError, InputError, Place, system_says
from graphsvc.i18n import msg
from graphsvc.suggest.edgelist.links import Links

COMMENTS = ("#", "%", "//")
HEADERS = (
    {"source", "target"},
    {"from", "to"},
    {"node1", "node2"},
    {"node_1", "node_2"},
    {"node_a", "node_b"},
    {"id1", "id2"},
    {"src", "dst"},
    {"od", "do"},
    {"źródło", "cel"},
)
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
HINT = msg("Give an edge list: a text file with one link per line.")
WORD = re.compile(r'[^\s,;"]+')
ARROW = re.compile(r"\s*(\S+)\s+(?:--?|<?-+>|<-+|=>)\s+(?=\S)")
"""What some programs write between two names; as such it counts where every line has one."""
UNNAMED = re.compile(r' *(""|[,;\t])')
"""A header whose first column has no name: row numbers, as pandas and R write them."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
WHOLE = re.compile(r'"[^"]*"|\([^()]*\)|\[[^\[\]]*\]|\{.*')
"""Holds together whatever stands in it: a quoted name, a tuple as networkx names the nodes of a grid, attributes."""
TUPLE = re.compile(r"(?:^|(?<=[\s,;]))\([^()]*\)(?=[\s,;]|$)")
SIGNS = (";", ",")
"""Separators that may also stand within a column."""
_BESIDE = r"(\0|[-+]?\d([\d.,;]*\d)?(e[-+]?\d+)?)"
BESIDE = re.compile(rf"{_BESIDE}(\s+{_BESIDE})*|[#%].*", re.IGNORECASE)
"""What follows two names with commas in it that separate nothing: weights, a ``WHOLE`` (here NUL), a comment."""


def read_links(path: Path) -> Links:
    """The links of an edge list file; the order of its lines, and of the ends in them, tells nothing.

    The first two columns count (blank, tab, comma or semicolon between them; where lines have several, the one that
    fits all of them, else a line is read as most are); weights, further columns, loops, doubles, empty lines, lines
    that begin with ``#``, ``%`` or ``//``, arrows and a header (``source,target``, or words above numbers) are dropped.

    Raises FileError for what is no readable text file, InputError for a line with a single column.
    """
    pairs = _pairs(path)
    if not pairs:
        raise FileError(msg("There is no line with two names in it."), place=Place(file=path.name), hint=HINT)
    return Links.between(pairs)


def _pairs(path: Path) -> Sequence[tuple[str, str]]:
    lines = list(enumerate(_text(path).splitlines(), 1))
    lines = [(i, line) for i, line in lines if line.strip() and not line.lstrip().startswith(COMMENTS)]
    header = lines[0][1].lower() if lines else ""
    named = [{one, other} in HEADERS for one, other in pairwise(WORD.findall(header))]
    if any(named) and (not named[0] or UNNAMED.match(header)):
        raise _further_right(path, lines[0][0])
    if any(named[:1]):
        headed, lines = lines[0][0], lines[1:]
    if all(ARROW.match(line) for _, line in lines):
        lines = [(i, ARROW.sub(r"\1 ", line)) for i, line in lines]
    try:
        separators = _separators([line for _, line in lines])
        fields = [_fields(line, separator) for (_, line), separator in zip(lines, separators, strict=True)]
    except csv.Error as error:  # a name longer than any file of names has
        raise FileError(msg("This is no text file."), place=Place(file=path.name), hint=HINT) from error
    if any(named[:1]) and _numbered(fields, len(named) + 1):
        raise _further_right(path, headed)
    spaced = any(separator and " " in "".join(names[:2]) for names, separator in zip(fields, separators, strict=True))
    words = [names for names, separator in zip(fields, separators, strict=True) if separator is None][1:]
    if len({len(names) for names in words}) > 1:
        spaced |= any(names[2][:1].isalpha() for names in words if len(names) > 2)
    ends = [
        _ends(names, Place(file=path.name, row=row), whole=spaced and separator is None)
        for (row, _), names, separator in zip(lines, fields, separators, strict=True)
    ]
    return ends[1:] if _headed(ends) else ends


def _further_right(path: Path, row: int) -> InputError:
    return InputError(
        msg("The two ends of a link have to stand in the first two columns; here others stand before them."),
        place=Place(file=path.name, row=row),
    )


def _numbered(fields: Sequence[Sequence[str]], named: int) -> bool:
    """Whether rows begin with their number, which the header doesn't name (R's ``write.table``)."""
    return all(len(row) > named and row[0] == str(k) for k, row in enumerate(fields, 1))


def _ends(fields: Sequence[str], place: Place, *, whole: bool) -> tuple[str, str]:
    """The first two fields; where names have blanks in them, a ``whole`` line of words is one name."""
    one = fields[:2]
    if one[0].count("(") > one[0].count(")"):
        raise InputError(
            msg("A name has a bracket that is not closed before the next column begins."),
            place=place,
            hint=msg("Put names with brackets between quotation marks."),
        )
    if len(one) < 2 or not all(one) or (whole and not all(NUMBER.fullmatch(name) for name in one)):
        raise InputError(
            msg("An edge list needs two columns, the two ends of a link; here there is one."),
            place=place,
            hint=msg("Separate the two names by a tab or a comma, or by a blank where no name has one."),
        )
    return fields[0], fields[1]


def _headed(ends: Sequence[tuple[str, str]]) -> bool:
    """Whether the first line names the columns: words above nothing but numbers."""
    words = len(ends) > 1 and not any(NUMBER.fullmatch(name) for name in ends[0])
    return words and all(NUMBER.fullmatch(one) and NUMBER.fullmatch(other) for one, other in ends[1:])


def _text(path: Path) -> str:
    place = Place(file=path.name or str(path))
    try:
        raw = path.read_bytes()
    except IsADirectoryError as error:
        raise FileError(msg("This is a folder, not a file."), place=place, hint=HINT) from error
    except FileNotFoundError as error:
        raise FileError(msg("There is no such file."), place=place, hint=msg("Check its name and folder.")) from error
    except OSError as error:
        raise FileError(msg("The file can't be read: %(why)s.", why=system_says(error)), place=place) from error
    if raw.startswith(BYTE_ORDER_MARKS):
        raw = raw.decode("utf-16", errors="replace").encode()
    if b"\0" in raw:
        raise FileError(msg("This is no text file."), place=place, hint=HINT)
    if not raw.strip():
        raise FileError(msg("The file is empty."), place=place, hint=HINT)
    try:
        return normalize("NFC", raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return raw.decode("cp1250", errors="replace")


def _separator(line: str) -> str | None:
    """The one that a line, without blanks around it, speaks for; None is any blank. What is in a weight is none."""
    if "\t" in line:
        return "\t"
    words = line.split(maxsplit=2)
    names = " ".join(words[:2]) if len(words) > 2 and BESIDE.fullmatch(words[2]) else line
    return next((sign for sign in SIGNS if sign in names), None)


def _separators(lines: Sequence[str]) -> list[str | None]:
    """Of each line: the one that fits all of them, else the one that most speak for, where it has it, else its own."""
    masked = [WHOLE.sub("\0", line.strip()) for line in lines]
    own = [_separator(line) for line in masked]
    spoken = Counter(separator for separator in own if separator)
    usual = max(spoken, key=lambda separator: (spoken[separator], separator), default="")
    best = [usual if usual and usual in line else mine for line, mine in zip(masked, own, strict=True)]
    if usual not in SIGNS:
        return best
    for separator in SIGNS:
        if separator != usual and all(_fits(line, separator) for line in masked):
            best = [separator] * len(lines)
    words: list[str | None] = [None] * len(lines)
    if all(_fits(line, None) for line in masked) and _more_of_a_network(_linked(lines, words), _linked(lines, best)):
        return words
    return best


def _fits(line: str, separator: str | None) -> bool:
    """Whether the first two columns of a line have something in them, and nothing that could separate them too."""
    names = line.split(separator, 2)[:2]
    return len(names) == 2 and all(name.strip() and not any(sign in name for sign in SIGNS) for name in names)


def _linked(lines: Sequence[str], separators: Sequence[str | None]) -> tuple[int, int]:
    """How many links there would be, and how many names that stand in both columns."""
    rows = [_fields(line, separator)[:2] for line, separator in zip(lines, separators, strict=True)]
    ends = [(row[0], row[1]) for row in rows if len(row) == 2]
    return len({frozenset(pair) for pair in ends}), len({one for one, _ in ends} & {other for _, other in ends})


def _more_of_a_network(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Words of which many are beginnings of longer names would make few links, and seldom stand in both columns."""
    return one[0] >= other[0] and one[1] > other[1]


def _fields(line: str, separator: str | None) -> list[str]:
    line = TUPLE.sub(r'"\g<0>"', line)
    if separator is None:
        line, separator = " ".join(line.split()), " "
    return [field.strip() for field in next(csv.reader([line], delimiter=separator, skipinitialspace=True))]
