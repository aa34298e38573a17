"""Text tables: encoding and separator are found out (or given), rows are read as a stream."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import StringIO
from itertools import chain, islice
from pathlib import Path

from graphsvc.errors import FileError, Place
from graphsvc.i18n import msg, readable
from graphsvc.ingest.encodings import find_encoding
from graphsvc.ingest.profile import FileRules
from graphsvc.ingest.table import Row, Sheet

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 65_536
_END = "\x1c the file ends here"
"""Stands behind the last line; only where a quotation is open it is no row of its own."""


def open_csv(path: Path, rules: FileRules, columns: Sequence[str]) -> Sheet:
    """The file as one table. ``columns`` are those the profile names: they tell which separator is meant.

    Raises FileError when it is no text, has no lines or its encoding can't be found out.
    """
    encoding = rules.encoding or find_encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            sample = stream.read(_SAMPLE)
    except (UnicodeDecodeError, LookupError):
        if not rules.encoding:
            raise _undecodable(path, encoding, 1) from None
        raise FileError(
            msg("The file is not in the encoding %(encoding)s that the profile names.", encoding=encoding),
            place=Place(file=path.name),
            hint=msg("Leave the encoding out of the profile, and it is found out."),
        ) from None
    if not sample.strip():
        raise FileError(msg("The file is empty."), place=Place(file=path.name), hint=msg("Choose a file with data."))
    separator = rules.separator or find_separator(sample, columns)
    found = msg(
        "encoding %(encoding)s, separator “%(separator)s”",
        encoding=encoding,
        separator=msg("tab") if separator == "\t" else separator,
    )
    return Sheet(readable(path.name), "", lambda: _rows(path, encoding, separator), (found,))


def find_separator(sample: str, columns: Sequence[str]) -> str:
    """The separator under which most of the wanted columns appear, then the one that cuts rows most evenly."""
    wanted = {c.casefold() for c in columns}

    def likeness(separator: str) -> tuple[int, float, int]:
        rows = [r for r in _sample_rows(sample, separator) if any(r)]
        widths = Counter(len(r) for r in rows)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        hits = max((sum(c.strip("\ufeff ").casefold() in wanted for c in r) for r in rows[:20]), default=0)
        return hits, count / len(rows) if width > 1 else 0.0, width

    return max(SEPARATORS, key=likeness)


def _sample_rows(sample: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    with suppress(csv.Error):  # the rows before a fault are sample enough; reading in earnest tells where it is
        rows.extend(islice(csv.reader(StringIO(sample, newline=""), delimiter=separator), 200))
    return rows


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    number = 0
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(chain(stream, [_END]), delimiter=separator)
        try:
            for number, cells in enumerate(reader, 1):
                if cells and cells[-1].endswith(_END):
                    if cells == [_END]:
                        return
                    raise FileError(
                        msg("A quotation mark is not closed: all that follows is in one cell."),
                        place=Place(file=path.name, row=number),
                        hint=msg("Close it, or delete it, in this row."),
                    )
                if any(cells):
                    yield number, cells
        except csv.Error:
            raise FileError(
                msg("A cell here has more than %(limit)d characters.", limit=csv.field_size_limit()),
                place=Place(file=path.name, row=number + 1),
                hint=msg("A quotation mark is probably not closed: look at this row and the one before."),
            ) from None
        except UnicodeDecodeError:
            raise _undecodable(path, encoding, number + 1) from None


def _undecodable(path: Path, encoding: str, row: int) -> FileError:
    return FileError(
        msg("Soon after this row the text is not in the encoding %(encoding)s.", encoding=encoding),
        place=Place(file=path.name, row=row),
        hint=msg("Save the file again as CSV in UTF-8."),
    )
