"""The report of an import as a file: what was refused and why, which names are doubtful."""

from __future__ import annotations

from graphsvc.exports.tables import Table, TableFormat, write_plain
from graphsvc.model.imports import ImportPlan


def import_report(plan: ImportPlan, format: TableFormat, language: str) -> bytes:
    """Refused values and doubtful names; XLSX has a sheet for each, CSV both one below the other with ``problem``
    saying which."""
    refused: list[tuple[object, ...]] = [
        ("refused", plan.file, r.row, r.column, r.value, r.why.render(language), r.what_to_do.render(language))
        for r in plan.refused
    ]
    doubtful: list[tuple[object, ...]] = [
        ("doubtful", plan.file, ", ".join(map(str, d.rows)), "", d.name, d.why.render(language), d.other)
        for d in plan.doubtful
    ]
    header = ("problem", "file", "row", "column", "value", "why", "what_to_do_or_likely_same")
    if format == "xlsx":
        return write_plain([_table("refused", header, refused), _table("doubtful", header, doubtful)], format)
    return write_plain([_table("report", header, refused + doubtful)], format)


def _table(name: str, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in header)
    return Table(name, {title: list(values) for title, values in zip(header, columns, strict=True)})
