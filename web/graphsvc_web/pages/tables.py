"""Records of a type as a file: the template to fill in, all of them to take away, and the way back in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from apiflask import APIBlueprint
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden, NotFound

from graphsvc.errors import InputError, Place, RecordError
from graphsvc.exports.download import MEDIA_TYPES, Download
from graphsvc.exports.tables import Table, write_plain
from graphsvc.i18n import msg
from graphsvc.ingest.csv_reader import open_csv
from graphsvc.ingest.profile import FileRules
from graphsvc.ingest.table import Sheet
from graphsvc.ingest.xlsx_reader import is_workbook, open_workbook
from graphsvc.model.record_types import record_type
from graphsvc.model.rows import columns, to_row
from graphsvc.model.tables import TableRead, code_list, header
from graphsvc.model.tables import template as columns_of
from graphsvc.model.words import FIELD_NAMES, RECORD_NAMES, field_name
from graphsvc_web.current import inside, service
from graphsvc_web.downloads import sent
from graphsvc_web.language import current, say
from graphsvc_web.pages.records import me, newest_changes, records
from graphsvc_web.rights import EDIT, EXPORT, may_take, right
from graphsvc_web.undo import offer
from graphsvc_web.uploads import safe_name

bp = APIBlueprint("tables", __name__, enable_openapi=False)
FORMATS = ("csv", "xlsx")


def _file(content: bytes, name: str, format: str) -> ResponseReturnValue:
    return sent(Download(f"graphsvc-{name}.{format}", MEDIA_TYPES[format], content))


@bp.get("/records/<label>/export.<format>")
@right(EXPORT)
def export(label: str, format: str) -> ResponseReturnValue:
    """Every record of the type, private fields left out; importing the file again changes nothing."""
    model = record_type(label)
    if format not in FORMATS:
        raise NotFound
    if not may_take(label):
        raise Forbidden
    rows = [to_row(record) for record in records().all(label)]
    table = Table(label, {name: [row.get(name, "") for row in rows] for name in columns(model)})
    return _file(write_plain([table], format), label, format)  # type: ignore[arg-type]


@bp.get("/records/<label>/template.xlsx")
@right(EDIT)
def template(label: str) -> ResponseReturnValue:
    """Headings in the reader's language, what may stand below them, and the codes."""
    model = record_type(label)
    known = columns_of(model)
    language = current()
    needed = {True: _("yes"), False: ""}
    sheets = [
        Table(label, {say(c.title): [] for c in known}),
        Table(
            "help (ignore)",
            {
                _("Column"): [say(c.title) for c in known],
                _("Needed"): [needed[c.required] for c in known],
                _("What to write"): [say(c.help) for c in known],
            },
        ),
    ]
    if codes := code_list(model, language, service().vocabulary()):
        names = (_("Column"), _("Code"), _("Meaning"))
        sheets.append(
            Table("codes (ignore)", {n: list(v) for n, v in zip(names, zip(*codes, strict=True), strict=True)})
        )
    return _file(write_plain(sheets, "xlsx"), f"{label}-template", "xlsx")


@bp.get("/records/<label>/import")
@right(EDIT)
def choose(label: str) -> ResponseReturnValue:
    """The form."""
    return _page(label)


def _page(label: str, read: TableRead | None = None, file: str = "") -> str:
    model = record_type(label)
    return render_template(
        "table_import.html",
        label=label,
        names=RECORD_NAMES[label],
        read=read,
        file=file,
        field_words={name: field_name(model, name) for name in columns(model, private=True) if name in FIELD_NAMES},
    )


@bp.post("/records/<label>/import")
@right(EDIT)
def upload(label: str) -> ResponseReturnValue:
    """Checks a file, and saves its records unless a row is refused or only a check was asked for."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise InputError(msg("Choose a file first."), place=Place(field="file"))
    with tempfile.TemporaryDirectory(prefix="graphsvc-") as folder:
        path = Path(folder) / safe_name(given.filename)
        given.save(path)
        read = _read(label, path)
    if read.refused or request.form.get("only_check"):
        return make_response(_page(label, read, path.name), 422 if read.refused else 200)
    saved = records().import_tables([read], me())
    changed = [new.id for new, old in zip(saved, read.records, strict=True) if new.version != old.version]
    step = newest_changes(changed[:1])
    offer(_("Imported: %(count)s.", count=len(saved)), step, "tables.undo")
    return redirect(url_for("records.listing", label=label))


@bp.post("/undo-import/<change>")
@right(EDIT)
def undo(change: str) -> ResponseReturnValue:
    """Takes back an import of a table, all of it, if nothing was done to its records since."""
    records().undo_step(change, me())
    offer(_("Taken back."))
    return redirect(inside(request.form.get("next"), url_for("work.work")))


def _read(label: str, path: Path) -> TableRead:
    """The rows of the sheet named after the type, else of the first; what is wrong with the whole file as a problem."""
    try:
        read = _rows(label, _sheet(label, path))
    except InputError as problem:
        return TableRead(refused=[RecordError(problem.message, place=problem.place, hint=problem.hint)])
    if not read.rows and not read.refused:
        empty = RecordError(
            msg("The table has no rows."), place=Place(file=path.name), hint=msg("Fill in a row below the headings.")
        )
        read.refused.append(empty)
    return read


def _sheet(label: str, path: Path) -> Sheet:
    if not path.stat().st_size:
        raise InputError(msg("The file is empty."), place=Place(file=path.name), hint=msg("Choose a file with data."))
    if not is_workbook(path):
        return open_csv(path, FileRules(), columns(record_type(label)))
    sheets = open_workbook(path, FileRules())
    return next((s for s in sheets if s.name == label), sheets[0])


def _rows(label: str, sheet: Sheet) -> TableRead:
    rows = sheet.rows()
    number, titles = next(rows)
    names = header(record_type(label), titles, sheet.place(number))
    return records().read_table(label, names, ((sheet.place(n), cells) for n, cells in rows), titles)
