"""Tables as CSV, XLSX, JSON or Parquet, with their provenance and the meaning of their columns."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self, get_args

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Font

from graphsvc.errors import InputError, Place
from graphsvc.exports.provenance import Provenance
from graphsvc.i18n import msg, short

TableFormat = Literal["csv", "xlsx", "json", "parquet"]
TABLE_FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)
MAX_CELL = 32_767
"""Characters of a cell of XLSX."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run as a formula by spreadsheet programs (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns of equal length; ``definitions`` say what a column means."""

    name: str
    columns: Mapping[str, Sequence[Any]]
    definitions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        name: str,
        columns: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
        definitions: Mapping[str, str] | None = None,
    ) -> Self:
        """A table from its rows."""
        values = zip(*rows, strict=True) if rows else ([] for _ in columns)
        return cls(name, {c: list(v) for c, v in zip(columns, values, strict=True)}, definitions or {})

    def rows(self) -> Iterable[tuple[Any, ...]]:
        """The rows, in order."""
        return zip(*self.columns.values(), strict=True)


def write_tables(
    tables: Sequence[Table], provenance: Provenance, format: TableFormat, *, mark_extra: bool = False
) -> bytes:
    """The tables in one file. CSV and Parquet hold the first table only.

    CSV: UTF-8, comma, decimal point; the provenance stands in columns ``provenance_…`` at the end. XLSX: a sheet for
    each table, one of definitions, one of provenance; numbers and dates are typed. JSON: one object. Parquet: the
    provenance is in the schema's metadata. ``mark_extra``: the two extra sheets are named so that Kumu skips them.
    """
    if format == "xlsx":
        return _xlsx(tables, provenance, " (ignore)" if mark_extra else "")
    if format == "csv":
        return _csv(tables, {f"provenance_{key}": value for key, value in provenance.as_dict().items()})
    return (_json if format == "json" else _parquet)(tables, provenance)


def write_plain(tables: Sequence[Table], format: TableFormat) -> bytes:
    """The tables alone, as XLSX or CSV (the first), for what is no figure of a snapshot."""
    if format == "xlsx":
        _refuse_long(tables)
        book = Workbook(write_only=True)
        for table in tables:
            _sheet(book, table.name, list(table.columns), table.rows())
        return _saved(book)
    return _csv(tables, {})


def harmless(value: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it; the import takes it off."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(tables: Sequence[Table], extra: Mapping[str, str | int | float]) -> bytes:
    table = tables[0]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*table.columns, *extra])
    for row in table.rows():
        writer.writerow([*map(harmless, map(_plain, row)), *extra.values()])
    return out.getvalue().encode()


def _plain(value: object) -> object:
    """How a value reads in CSV: nothing for what is not known, several values joined by ``|`` (as in Kumu)."""
    if isinstance(value, str):  # as nearly all cells are
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else value


def _xlsx(tables: Sequence[Table], provenance: Provenance, mark: str) -> bytes:
    _refuse_long(tables)
    book = Workbook(write_only=True)
    for table in tables:
        _sheet(book, table.name, list(table.columns), table.rows())
    definitions = [(t.name, column, text) for t in tables for column, text in t.definitions.items()]
    _sheet(book, f"definitions{mark}", ["table", "column", "meaning"], definitions)
    _sheet(book, f"provenance{mark}", ["key", "value"], provenance.as_dict().items())
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    head = []
    for name in header:
        cell = WriteOnlyCell(sheet, value=name)
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in rows:
        sheet.append([_cell(sheet, _plain(v)) for v in row])


def _refuse_long(tables: Sequence[Table]) -> None:
    """Raises InputError for a text that openpyxl would cut; before anything is written, which it can't end half-way."""
    for table in tables:
        for column, values in table.columns.items():
            for n, text in enumerate(map(_plain, values)):
                if isinstance(text, str) and len(text) > MAX_CELL:
                    cells = {name: _plain(others[n]) for name, others in table.columns.items()}
                    named = cells.get("name") or next(iter(cells.values()))
                    raise InputError(
                        msg(
                            "“%(name)s” has %(length)d characters here; a cell of XLSX holds %(limit)d.",
                            name=short(str(named)),
                            length=len(text),
                            limit=MAX_CELL,
                        ),
                        place=Place(column=column),
                        hint=msg("Download CSV instead: it holds all of it."),
                    )


def _cell(sheet: Any, value: Any) -> Any:
    """A text stays a text: openpyxl would take some for formulas or errors. Only for those is a cell made here, and
    nothing is written where nothing is to be said: cells take most of the time of a large table."""
    if not isinstance(value, str):
        return value
    if not value.startswith("=") and value not in ERROR_CODES:
        return value or None
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def _json(tables: Sequence[Table], provenance: Provenance) -> bytes:
    content: dict[str, Any] = {"provenance": provenance.as_dict()}
    for table in tables:
        content[table.name] = [dict(zip(table.columns, map(_finite, row), strict=True)) for row in table.rows()]
    content["definitions"] = {t.name: dict(t.definitions) for t in tables if t.definitions}
    return json.dumps(content, ensure_ascii=False, indent=1, default=str).encode()


def _finite(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _parquet(tables: Sequence[Table], provenance: Provenance) -> bytes:
    table = pa.table({name: pa.array(list(values)) for name, values in tables[0].columns.items()})
    table = table.replace_schema_metadata({k: str(v) for k, v in provenance.as_dict().items()})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()
