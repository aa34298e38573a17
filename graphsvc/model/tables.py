"""Tables of records: the columns of a template, the header of a file understood, its rows read one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphsvc.errors import Place, RecordError
from graphsvc.i18n import LANGUAGES, Message, msg, short
from graphsvc.model.base import Record, Source, stable_id
from graphsvc.model.fieldtypes import is_spreadsheet_error
from graphsvc.model.record_types import FieldSpec, field_specs
from graphsvc.model.rows import EMPTY, Resolve, columns, from_row
from graphsvc.model.validation import warnings
from graphsvc.model.vocabulary import Vocabulary, default
from graphsvc.model.words import FIELD_NAMES, OLD_NAMES, field_name

MOST_REFUSED = 500
"""Problems that are told; a file with more is wrong altogether."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template: its title, whether it must be filled, and what may stand in it."""

    name: str
    title: Message
    required: bool
    help: Message
    scheme: str | None


def _help(spec: FieldSpec) -> Message:
    if spec.part is not None:
        key = spec.link.key if spec.link else "id"
        own = ";".join(f"{n}=…" for n in field_specs(spec.part) if n != key)
        return msg("Entries joined by |, each as %(shape)s.", shape=";".join((key, own)))
    if spec.scheme:
        return msg("A code or its label; see the sheet “%(sheet)s”.", sheet="codes")
    if spec.link is not None:
        one = msg("A TERC code or name") if spec.link.key == "code" else msg("A name, a register number or an id")
        return msg("%(one)s; several are joined by |.", one=one) if spec.many else one
    words = {
        bool: msg("tak or nie"),
        int: msg("A whole number"),
        float: msg("A number"),
        str: msg("Text"),
    }
    return words.get(spec.kind, msg("A day, as 2026-03-31 or 31.03.2026"))


def template(model: type[Record]) -> list[Column]:
    """The columns that people fill in: all but the program's own (version, source)."""
    specs = field_specs(model)
    return [
        Column(n, field_name(model, n), specs[n].required, _help(specs[n]), specs[n].scheme)
        for n in columns(model)
        if n in specs and n != "version"
    ]


def code_list(model: type[Record], language: str, vocabulary: Vocabulary | None = None) -> list[tuple[str, str, str]]:
    """Title of the column, code and label of every code that a table of such records may hold: the sheet ``codes`` of
    a template."""
    words = vocabulary or default()
    found = []
    for name, spec in field_specs(model).items():
        title = field_name(model, name).render(language) if name in FIELD_NAMES else name
        inner = field_specs(spec.part) if spec.part and name != "source" else {}
        for column, scheme in ((title, spec.scheme), *((f"{title}: {n}", s.scheme) for n, s in inner.items())):
            if scheme:
                found += [(column, code, label) for code, label in words.scheme(scheme).choices(language)]
    return found


def header(model: type[Record], titles: Sequence[object], place: Place | None = None) -> list[str]:
    """The field that each title of a header names, by field name or by title in either language; "" for no title.

    Raises RecordError naming a title that is none, one that is there twice, or a needed one that is missing.
    """
    base = place or Place()
    known = {f"source_{n}".casefold(): f"source_{n}" for n in field_specs(Source)}
    for name in columns(model, private=True):
        if name in FIELD_NAMES:
            titles_of = (FIELD_NAMES[name], field_name(model, name))  # files made before it had its own have the first
            known |= dict.fromkeys(OLD_NAMES.get(name, ()), name)
            known |= {title.render(language).casefold(): name for title in titles_of for language in LANGUAGES}
        known[name.casefold()] = name
    found = [_known(str(t or "").strip(), known, model, base) for t in titles]
    for name in found:
        if name and found.count(name) > 1:
            raise RecordError(
                msg("The column “%(name)s” is there twice.", name=name), place=base, hint=msg("Delete one of them.")
            )
    lacking = [n for n, s in field_specs(model).items() if s.required and n not in found]
    if lacking:
        raise RecordError(
            msg("The column “%(name)s” is missing.", name=lacking[0]),
            place=base,
            hint=msg("Start from the template, which has all columns."),
        )
    return found


def _known(title: str, known: Mapping[str, str], model: type[Record], base: Place) -> str:
    if title and title.casefold().rstrip(" *") not in known:
        raise RecordError(
            msg("There is no such field."),
            place=Place(base.file, base.sheet, base.row, short(title)),
            hint=msg("Columns of this table are: %(columns)s.", columns=", ".join(columns(model))),
        )
    return known[title.casefold().rstrip(" *")] if title else ""


@dataclass(slots=True)
class TableRead:
    """What a table gave. ``refused`` and ``warnings`` name file, row and column; with any refused nothing is saved."""

    records: list[Record] = field(default_factory=list)
    refused: list[RecordError] = field(default_factory=list)
    warnings: list[RecordError] = field(default_factory=list)
    rows: int = 0
    new: int = 0
    """Records that are not there yet."""


def natural_id(model: type[Record], row: Mapping[str, object]) -> str:
    """The id of a row that gives none: the same for the same telling fields: importing again doubles nothing."""
    if model.coded:
        code = str(row.get("code") or "").strip()
        return stable_id(model.coded, code) if code else ""  # the record makes its own code, and its id of that
    needed = [n for n, s in field_specs(model).items() if s.required]
    any_type = ("territory", "organisation", "text", "made_on", "adopted_on", "starts_on")
    telling = dict.fromkeys((*needed, *any_type, *model.repeated))
    parts = [f"{name}={str(row[name]).strip().casefold()}" for name in telling if row.get(name)]
    return stable_id("row", model.label, *parts)


Row = Mapping[str, object]
Before = Callable[[Row], tuple[Row, Row]]
"""Of a row: the cells of the record in the graph that it means (none of a new one), and the row completed by them, with
its id and the columns that the table lacks."""


def read_table(
    model: type[Record],
    names: Sequence[str],
    rows: Iterable[tuple[Place, Sequence[object]]],
    before: Before,
    resolve: Resolve | None = None,
    vocabulary: Vocabulary | None = None,
    titles: Sequence[object] = (),
) -> TableRead:
    """Every row as a record or as problems; blank rows are passed over. ``names`` is what ``header`` gave.

    ``titles``: the header as it stands in the file; problems then name the column in the reader's own words.
    """
    typed_as = {n: str(t) for n, t in zip(names, titles, strict=False) if n}
    result = TableRead()
    seen: dict[str, int | None] = {}
    shown = frozenset(() if model.private else columns(model))  # what is about a person is not told
    for place, cells in rows:
        typed = {n: c for n, c in zip(names, cells, strict=False) if n}
        if all(is_blank(c) for c in typed.values()):
            continue
        result.rows += 1
        if failed := [n for n, cell in typed.items() if is_spreadsheet_error(str(cell))]:
            result.refused += [_in_column(_failed(typed[n], place, n), typed_as) for n in failed]
            continue
        try:
            known, row = before(typed)
            record = from_row(model, row, resolve, vocabulary, place)
            if record.id in seen:
                raise _twice(place, seen[record.id])
        except RecordError as problem:
            result.refused += [_in_column(p, typed_as) for p in problem.problems or (problem,)]
            if len(result.refused) >= MOST_REFUSED:
                break
            continue
        seen[record.id] = place.row
        result.records.append(record)
        result.new += not known
        emptied = (n for n in typed if is_blank(row.get(n)) and known.get(n) not in (None, "", EMPTY))
        taken = {n: str(known[n]) if n in shown else "…" for n in emptied}
        doubts = [*_formulas(typed, place), *_emptied(taken, place), *warnings(record, typed, place, vocabulary)]
        result.warnings += [_in_column(w, typed_as) for w in doubts]
    return result


def is_blank(cell: object) -> bool:
    """Says a cell nothing?"""
    return cell is None or str(cell).strip() == ""


def _emptied(taken: Mapping[str, str], place: Place) -> Iterator[RecordError]:
    """Empty cells that take what is on record."""
    for column, text in taken.items():
        yield RecordError(
            msg("The empty cell takes “%(what)s” away from the record.", what=short(text)),
            place=Place(place.file, place.sheet, place.row, column),
            hint=msg("Fill it in, or leave the column out of the file, where that is not meant."),
        )


def _formulas(typed: Mapping[str, object], place: Place) -> Iterator[RecordError]:
    """Cells that a spreadsheet might run."""
    for column, cell in typed.items():
        if isinstance(cell, str) and cell.lstrip().startswith(("=", "@")):
            yield RecordError(
                msg("The cell begins like a formula; it is kept as text."),
                place=Place(place.file, place.sheet, place.row, column),
                hint=msg("Delete it where it is not meant."),
            )


def _failed(cell: object, place: Place, column: str) -> RecordError:
    """A cell whose formula failed; it is neither empty nor a text."""
    return RecordError(
        msg("The spreadsheet's formula failed here: %(error)s.", error=str(cell).strip()),
        place=Place(place.file, place.sheet, place.row, column),
        hint=msg("Correct the formula, or clear the cell."),
    )


def _in_column(problem: RecordError, typed_as: Mapping[str, str]) -> RecordError:
    """The problem at the column that the file has for its field, where it has one."""
    place = problem.place
    title = typed_as.get((place.field or place.column or "") if place else "")
    if place is None or title is None:
        return problem
    return RecordError(problem.message, place=Place(place.file, place.sheet, place.row, title), hint=problem.hint)


def _twice(place: Place, row: int | None) -> RecordError:
    return RecordError(
        msg("This is the same record as row %(row)s.", row=row), place=place, hint=msg("Delete one of the two rows.")
    )
