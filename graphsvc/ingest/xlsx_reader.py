"""Workbooks (XLSX, XLS): their sheets as tables of text; formulas come as the values last computed."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from html import unescape
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from graphsvc.errors import FileError, Place
from graphsvc.i18n import Message, msg, readable
from graphsvc.ingest.profile import FileRules
from graphsvc.ingest.table import Row, Sheet

MAX_UNPACKED = 1 << 30
"""Bytes that a workbook may have when unpacked: it is held in memory, unlike a text table."""
BOMB_BYTES, BOMB_TIMES = 1 << 27, 100
"""From so many bytes unpacked on, a part that is more than so many times what it is packed was made to fill memory."""
MAX_CELLS = 10_000_000
"""Cells of a sheet, of some 70 bytes each."""
MAX_FAILED = 100_000
"""Cells of a sheet whose formulas failed."""
IGNORED = "(ignore)"
_CHUNK = 1 << 22
_UNREADABLE = (
    CalamineError,
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
)
"""What the two libraries raise at an archive that is damaged."""
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,6})(\d{1,12})["']""")
_FAILED = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]{0,200}\bt\s*=\s*["']e["'][^<>]{0,200})>(?:<(?:\w+:)?f\b[^<]{0,9000}(?:</(?:\w+:)?f>)?)?"""
    rb"""<(?:\w+:)?v[^<>]*>([^<]{1,20})<"""
)
_TAG = re.compile(rb"<(?:\w+:)?(?:sheet|Relationship)\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LONGEST_CELL = 20_000
"""Bytes of a cell with its formula, which may lie on the border of two chunks."""
Failed = dict[tuple[int, int], str]
"""Text of each cell whose formula failed, by row and column, from 0: the library reads them as empty."""


def is_workbook(path: Path) -> bool:
    """Do the file's first bytes say that it is a workbook, whatever its name? Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(8).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def open_workbook(path: Path, rules: FileRules) -> list[Sheet]:
    """Its sheets that hold something, in order; those whose name ends in ``(ignore)`` are left out.

    Raises FileError when it can't be read, has no data, or has two sheets of one name.
    """
    try:
        failed = _look_into(path)
        book = CalamineWorkbook.from_path(path)
        names = [m.name for m in book.sheets_metadata]
        _check_names(path, names, rules)
        chosen = [n for n in names if _chosen(n, rules)]
        sheets = [_sheet(path, name, book.get_sheet_by_name(name), failed.get(name, {})) for name in chosen]
    except PasswordError:
        raise FileError(
            msg("The workbook is protected by a password."),
            place=Place(file=path.name),
            hint=msg("Save it without a password."),
        ) from None
    except _UNREADABLE:
        raise FileError(
            msg("This looks like a workbook, but it can't be read."),
            place=Place(file=path.name),
            hint=msg("Open it in a spreadsheet program and save it again as XLSX or CSV."),
        ) from None
    filled = [s for s in sheets if next(s.rows(), None)]
    if not filled:
        raise FileError(
            msg("The workbook has no sheet with data."),
            place=Place(file=path.name),
            hint=msg("Put the table on a sheet whose name does not end in “(ignore)”."),
        )
    return filled


def _look_into(path: Path) -> dict[str, Failed]:
    """The cells whose formulas failed, by sheet. The library holds all cells between the first and the last in memory:
    look before it does.

    Raises FileError when there are too many, or the archive is none of XLSX.
    """
    if not zipfile.is_zipfile(path):
        return {}  # XLS: its sheets are small by their format; what is broken is told by the library
    failed: dict[str, Failed] = {}
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
        size = sum(i.file_size for i in parts)
        large = size > MAX_UNPACKED or any(i.file_size > max(BOMB_BYTES, BOMB_TIMES * i.compress_size) for i in parts)
        if not large and "xl/workbook.xml" not in packed.namelist():
            raise FileError(
                msg("This is no workbook of the kind XLSX."),
                place=Place(file=path.name),
                hint=msg("Save it as XLSX or CSV."),
            )
        cells = 0 if large else max(_extent(packed, name, failed) for name in packed.namelist())
        parts_of = {} if large else _sheet_parts(packed)
    if large or cells > MAX_CELLS:
        raise FileError(
            msg(
                "The workbook is too large: %(size)d MB unpacked, a sheet of %(cells)d cells.",
                size=size >> 20,
                cells=cells,
            ),
            place=Place(file=path.name),
            hint=msg("Delete stray cells far from the table, or save it as CSV; text tables may have any size."),
        )
    return {name: failed[part] for name, part in parts_of.items() if part in failed}


def _sheet_parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet, by its name."""
    leads, sheets = (_tags(packed, name) for name in ("xl/_rels/workbook.xml.rels", "xl/workbook.xml"))
    parts = {tag.get("Id"): tag.get("Target", "") for tag in leads}
    return {
        sheet["name"]: (f"xl/{part}" if part[:1] != "/" else part[1:])
        for sheet in sheets
        if "name" in sheet and (part := parts.get(next((v for n, v in sheet.items() if n.endswith(":id")), None)))
    }


def _tags(packed: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """Attributes of the sheets or relations that a part lists."""
    text = packed.read(name) if name in packed.namelist() else b""
    found = (_ATTRIBUTE.findall(tag.decode("utf-8", "replace")) for tag in _TAG.findall(text))
    return [{key: unescape(double or single) for key, double, single in tag} for tag in found]


def _extent(packed: zipfile.ZipFile, name: str, failed: dict[str, Failed]) -> int:
    """Cells between A1 and the last that a part of the archive speaks of, or all that it has, with no address too.
    Cells whose formulas failed are added to ``failed``."""
    rows = columns = cells = 0
    before = b""
    with packed.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            here = before + chunk
            for letters, digits in set(_ADDRESS.findall(here)):
                rows, columns = max(rows, int(digits)), max(columns, _column(letters))
            cells += len(_CELL.findall(chunk))
            for attributes, text in _FAILED.findall(here) if b'"e"' in here or b"'e'" in here else ():
                for letters, digits in _ADDRESS.findall(b" " + attributes):
                    failed.setdefault(name, {})[int(digits) - 1, _column(letters) - 1] = text.decode("utf-8", "replace")
            if len(failed.get(name, ())) > MAX_FAILED:
                raise FileError(
                    msg("More than %(most)d formulas of the workbook failed.", most=MAX_FAILED),
                    place=Place(file=Path(packed.filename or "").name),
                    hint=msg("Correct the formulas, or clear the cells."),
                )
            before = chunk[-_LONGEST_CELL:]
    return max(rows * columns, cells)


def _column(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_names(path: Path, names: list[str], rules: FileRules) -> None:
    folded = [n.strip().casefold() for n in names]
    if twice := [n for n, f in zip(names, folded, strict=True) if folded.count(f) > 1]:
        raise FileError(
            msg("The workbook has two sheets of the same name."),
            place=Place(file=path.name, sheet=twice[0]),
            hint=msg("Rename one of them."),
        )
    if missing := [n for n in rules.sheets if n.strip().casefold() not in folded]:
        raise FileError(
            msg("The profile names a sheet that the workbook does not have."),
            place=Place(file=path.name, sheet=missing[0]),
            hint=msg("It has: %(names)s.", names=", ".join(names)),
        )


def _chosen(name: str, rules: FileRules) -> bool:
    wanted = {n.strip().casefold() for n in rules.sheets}
    plain = name.strip().casefold()
    return plain in wanted if wanted else not plain.endswith(IGNORED)


def _sheet(path: Path, name: str, sheet: CalamineSheet, failed: Failed) -> Sheet:
    merged = sheet.merged_cell_ranges or []
    first = sheet.start[1] if sheet.start else 0  # empty columns on the left are not among the cells
    down = [(top, left - first, bottom) for (top, left), (bottom, _) in merged if bottom > top and left >= first]
    found: list[Message] = [msg("sheet “%(name)s”", name=name)]
    if down:
        found.append(
            msg(
                "sheet “%(name)s” has merged cells (%(count)d): their value counts for each of their rows",
                count=len(down),
                name=name,
            )
        )
    shown: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in failed.items():
        shown.setdefault(row, []).append((column - first, text))
    return Sheet(readable(path.name), name, lambda: _rows(sheet, down, shown), tuple(found))


def _rows(
    sheet: CalamineSheet, down: list[tuple[int, int, int]], failed: dict[int, list[tuple[int, str]]]
) -> Iterator[Row]:
    starting: dict[int, list[tuple[int, int]]] = {}
    for top, left, bottom in down:
        starting.setdefault(top, []).append((left, bottom))
    held: dict[int, tuple[int, str]] = {}
    for index, values in enumerate(sheet.iter_rows()):
        cells = [_text(v) for v in values]
        for column, text in failed.get(index, ()):
            if 0 <= column < len(cells):
                cells[column] = text
        for column, (bottom, text) in list(held.items()):
            if index > bottom:
                del held[column]
            elif column < len(cells):
                cells[column] = text
        for left, bottom in starting.get(index, ()):
            held[left] = bottom, cells[left] if left < len(cells) else ""
        if any(cells):
            yield index + 1, cells


def _text(value: object) -> str:
    """A cell as text: whole numbers without a fraction, days as 2010-02-28."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)
