"""Files that people send by mistake or with intent, made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]


def book(*sheets: tuple[str, Rows], merged: str = "") -> bytes:
    """A workbook of sheets."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def csv(*rows: Sequence[str]) -> bytes:
    """A file with commas."""
    return "\n".join(",".join(row) for row in rows).encode()


def two_sheets_of_one_name(rows: Rows) -> bytes:
    """Programs don't write this, but other programs and people with a text editor do."""
    source = zipfile.ZipFile(io.BytesIO(book(("Dane", rows), ("Inne", rows))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(
                name, content.replace(b'name="Inne"', b'name="Dane"') if "workbook.xml" in name else content
            )
    return file.getvalue()


LONG = "x" * 100_000
RTL = "Ala\u202ekot"
BELL = "Ala\x07kot"
