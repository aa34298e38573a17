"""The report of an import as a file: what was refused and why, which names are doubtful, what partnerships
lose, and which are no longer in the file."""

from __future__ import annotations

from graphsvc.exports.tables import Table, TableFormat, write_plain
from graphsvc.i18n import msg
from graphsvc.model.imports import ImportPlan


def import_report(plan: ImportPlan, format: TableFormat, language: str) -> bytes:
    """Refused values, doubtful names, losses and absent partnerships; XLSX has a sheet for each, CSV all one below the
    other, ``problem`` saying which."""
    refused: list[tuple[object, ...]] = [
        ("refused", plan.file, r.sheet, r.row, r.column, r.value, r.why.render(language), r.what_to_do.render(language))
        for r in plan.refused
    ]
    doubtful: list[tuple[object, ...]] = [
        ("doubtful", plan.file, "", ", ".join(map(str, d.rows)), "", d.name, d.why.render(language), d.other)
        for d in plan.doubtful
    ]
    losses: list[tuple[object, ...]] = [
        ("taken_away", plan.file, "", "", what.render(language), value, "", loss.name)
        for loss in plan.losses
        for what, value in (
            *((msg("Members"), name) for name in loss.members),
            *((name, "") for name in loss.field_names),
        )
    ]
    absent: list[tuple[object, ...]] = [("absent", plan.file, "", "", "", name, "", "") for name in plan.absent]
    header = ("problem", "file", "sheet", "row", "column", "value", "why", "what_to_do_or_likely_same_or_from")
    if format == "xlsx":
        sheets = {"refused": refused, "doubtful": doubtful, "taken_away": losses, "absent": absent}
        return write_plain([Table.of(name, header, rows) for name, rows in sheets.items()], format)
    return write_plain([Table.of("report", header, refused + doubtful + losses + absent)], format)
