"""The report of an import: what is not taken and which names a person should look at; as text, CSV or XLSX."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from openpyxl import Workbook

from graphsvc.errors import FileError, Place
from graphsvc.i18n import DEFAULT_LANGUAGE, Message, msg, nmsg
from graphsvc.ingest.clean import harmless
from graphsvc.model.imports import ImportPlan

SHOWN = 20
REFUSED = (msg("File"), msg("Row"), msg("Column"), msg("Value"), msg("Why"), msg("What to do"))
DOUBTFUL = (msg("Name"), msg("Other name"), msg("Likeness"), msg("Why"), msg("Rows"))
Line = tuple[object, ...]


def refused_lines(plan: ImportPlan, language: str) -> Iterator[Line]:
    """A line for each value or row that is not taken: file, row, column, value, why, what to do."""
    for r in plan.refused:
        yield r.file, r.row, r.column, r.value, r.why.render(language), r.what_to_do.render(language)


def doubtful_lines(plan: ImportPlan, language: str) -> Iterator[Line]:
    """A line for each pair of names that may be one organisation: name, other, likeness, why, rows."""
    for d in plan.doubtful:
        yield d.name, d.other, d.score, d.why.render(language), ", ".join(map(str, d.rows))


def summary(plan: ImportPlan, language: str = DEFAULT_LANGUAGE, shown: int = SHOWN) -> Iterator[str]:
    """The report as lines of text; of refusals and doubts only the first ``shown``."""
    for found in plan.found:
        yield found.render(language)
    yield msg(
        "partnerships %(partnerships)d, organisations %(organisations)d (known before: %(known)d), members %(members)d",
        partnerships=plan.partnership_count,
        organisations=len(plan.organisations),
        known=len(plan.known),
        members=plan.membership_count,
    ).render(language)
    yield nmsg("%(n)d refusal", "%(n)d refusals", len(plan.refused)).render(language)
    for r in islice(plan.refused, shown):
        place = Place(r.file, row=r.row, column=r.column or None).message() or msg("File")
        value = f" “{r.value[:60]}”" if r.value else ""
        yield f"  {place.render(language)}:{value} {r.why.render(language)} {r.what_to_do.render(language)}"
    yield nmsg("%(n)d doubtful name", "%(n)d doubtful names", len(plan.doubtful)).render(language)
    for name, other, score, why, rows in islice(doubtful_lines(plan, language), shown):
        yield f"  {name} | {other}: {why} ({score:g}; {rows})"


def write_report(plan: ImportPlan, path: str | Path, language: str = DEFAULT_LANGUAGE) -> None:
    """Writes all of it, whole or not at all, as XLSX (two sheets) or, by any other ending, as CSV (two tables).

    Raises FileError when the file can't be written.
    """
    path = Path(path)
    write = _write_xlsx if path.suffix.casefold() == ".xlsx" else _write_csv
    try:
        _whole(path, lambda temporary: write(plan, temporary, language))
    except OSError as exc:
        raise FileError(
            msg("The report can't be written: %(why)s.", why=exc.strerror or exc),
            place=Place(file=str(path)),
            hint=msg("Choose another folder, or free some space."),
        ) from None


def _tables(plan: ImportPlan, language: str) -> Iterator[tuple[Message, tuple[Message, ...], Iterator[Line]]]:
    yield msg("Refused"), REFUSED, refused_lines(plan, language)
    yield msg("Doubtful names"), DOUBTFUL, doubtful_lines(plan, language)


def _write_csv(plan: ImportPlan, path: Path, language: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        for number, (_, heading, lines) in enumerate(_tables(plan, language)):
            if number:
                writer.writerow([])
            writer.writerow([h.render(language) for h in heading])
            writer.writerows(_safe(line) for line in lines)


def _write_xlsx(plan: ImportPlan, path: Path, language: str) -> None:
    book = Workbook(write_only=True)
    for title, heading, lines in _tables(plan, language):
        sheet = book.create_sheet(title.render(language))
        sheet.append([h.render(language) for h in heading])
        for line in lines:
            sheet.append(_safe(line))
    book.save(path)


def _safe(line: Line) -> list[object]:
    return [harmless(c) if isinstance(c, str) else c for c in line]


def _whole(path: Path, write: Callable[[Path], None]) -> None:
    """Writes beside the file first, so that a full disk leaves nothing half-written."""
    with NamedTemporaryFile(dir=path.parent, prefix=".report-", delete=False) as made:
        temporary = Path(made.name)
    try:
        write(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
