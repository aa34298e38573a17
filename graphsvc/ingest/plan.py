"""A file and a profile made into an import plan. Nothing is written to the database here."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from graphsvc.errors import FileError, GraphsvcError, Place, system_says
from graphsvc.i18n import LISTED, Message, msg, readable, short
from graphsvc.ingest.csv_reader import open_csv
from graphsvc.ingest.doubt import likely_same
from graphsvc.ingest.matching import Matcher
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.names import Names
from graphsvc.ingest.organisations import Organisations
from graphsvc.ingest.partnerships import Partnerships
from graphsvc.ingest.places import Places
from graphsvc.ingest.profile import Profile, load_profile
from graphsvc.ingest.rows import SheetReader
from graphsvc.ingest.spool import Spool
from graphsvc.ingest.table import Heading, Sheet, find_heading, likeliest_heading
from graphsvc.ingest.values import RefusedError
from graphsvc.ingest.xlsx_reader import is_workbook, open_workbook
from graphsvc.model.imports import ImportPlan, KnownOrganisation, Refusal

_EXAMPLE = date(2020, 12, 31)
_CHUNK = 1 << 20
Progress = Callable[[int], None]
"""Called with the number of rows read so far."""


def read_plan(
    path: str | Path,
    profile: Profile | str | Path,
    known: Iterable[KnownOrganisation] = (),
    progress: Progress = lambda _: None,
) -> ImportPlan:
    """What importing the file would write, and the report of what is not taken.

    Raises FileError (missing, empty, a folder, no table), ProfileError (wrong, or names a column that is lacking),
    GraphsvcError when the temporary folder is full.
    """
    rules = profile if isinstance(profile, Profile) else load_profile(profile)
    path = Path(path)
    digest = _digest(path)
    with ExitStack() as undo:
        try:
            spool = Spool()
            undo.callback(spool.close)
            plan = _plan(path, digest, rules, known, spool, progress)
        except (sqlite3.Error, OSError) as exc:
            raise GraphsvcError(
                msg("The folder for temporary files can't be used: %(why)s.", why=system_says(exc)),
                hint=msg("Free some space there, or name another folder in TMPDIR."),
            ) from None
        undo.pop_all()
    return plan


def about_rows(path: Path) -> int:
    """About how many rows a text table has, by its line ends; 0 for a workbook, and for what can't be read."""
    try:
        if is_workbook(path):
            return 0
        with path.open("rb") as stream:
            return sum(part.count(b"\n") for part in iter(lambda: stream.read(_CHUNK), b""))
    except OSError:
        return 0


def _plan(
    path: Path,
    digest: str,
    profile: Profile,
    known: Iterable[KnownOrganisation],
    spool: Spool,
    progress: Progress,
) -> ImportPlan:
    names, mentions, places = Names(profile.names), Mentions(), Places(profile)
    found = list(_read(path, profile, names, places, spool, mentions, progress))
    matched = Matcher(mentions, known, names).run()
    name = readable(path.name)
    partnerships = Partnerships(name, profile, spool, matched)
    count, memberships = partnerships.count()
    if not count:
        hint = _first_refusal(spool)
        raise FileError(msg("No row of the file can be taken."), place=Place(file=name), hint=hint)
    return ImportPlan(
        file=name,
        sha256=digest,
        profile=profile.name,
        territories=places.used(),
        organisations=Organisations(name, profile, mentions, matched),
        partnerships=partnerships,
        partnership_count=count,
        membership_count=memberships,
        known=matched.known,
        refused=spool.refusals(),
        doubtful=(*matched.doubtful, *likely_same(mentions, matched, names)),
        found=tuple(found),
        on_close=spool.close,
    )


def _digest(path: Path) -> str:
    """SHA-256 of the file; raises FileError when there is no such file to read."""
    hint = msg("Give the path of a CSV or XLSX file.")
    try:
        if path.exists() and not path.is_file():
            what = msg("This is a folder, not a file.") if path.is_dir() else msg("This is no ordinary file.")
            raise FileError(what, place=Place(file=str(path)), hint=hint)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
    except FileNotFoundError:
        raise FileError(msg("There is no such file."), place=Place(file=str(path)), hint=hint) from None
    except (OSError, ValueError) as exc:
        why = system_says(exc)
        raise FileError(
            msg("The file can't be read: %(why)s.", why=why), place=Place(file=str(path)), hint=hint
        ) from None
    if not size:
        raise FileError(msg("The file is empty."), place=Place(file=str(path)), hint=msg("Choose a file with data."))
    return digest


def _sheets(path: Path, profile: Profile) -> tuple[list[tuple[Sheet, Heading]], list[str]]:
    """The tables of the file that have the profile's columns, with their headings; names of the sheets that have not.

    Raises ProfileError when none has.
    """
    columns, needed = profile.columns(), profile.file.needed
    if not is_workbook(path):
        sheet = open_csv(path, profile.file, columns)
        return [(sheet, find_heading(sheet, columns, needed))], []
    sheets = open_workbook(path, profile.file)
    fitting = [(s, h) for s in sheets if not (h := likeliest_heading(s, columns)).lacks(needed or columns)]
    if not fitting or profile.file.sheets:
        return [(s, find_heading(s, columns, needed)) for s in sheets], []
    taken = [(s, find_heading(s, columns, needed)) for s, _ in fitting]
    return taken, [s.name for s in sheets if s.name not in {t.name for t, _ in taken}]


def _unused(heading: Heading, profile: Profile) -> Iterator[Message]:
    """What the profile and the heading don't have in common: often a slip of the pen."""
    columns = profile.columns()
    if lacking := heading.lacks(columns):
        yield msg("columns that the file does not have: %(names)s", names=", ".join(lacking))
    like = [re.compile(g.columns_like) for g in profile.members if g.columns_like]
    named = {heading.index(c) for c in columns}
    rest = [c for i, c in enumerate(heading.columns) if c and i not in named and not any(p.fullmatch(c) for p in like)]
    if rest:
        yield msg("columns that are not taken: %(names)s", names=short(", ".join(short(c, 40) for c in rest), LISTED))


def _read(
    path: Path,
    profile: Profile,
    names: Names,
    places: Places,
    spool: Spool,
    mentions: Mentions,
    progress: Progress,
) -> Iterator[Message]:
    """Reads all rows; what was found out about the file."""
    done = 0
    sheets, others = _sheets(path, profile)
    if others:
        yield msg("sheets that are not read, since they lack the columns: %(names)s", names=", ".join(others))
    for sheet, heading in sheets:
        reader = SheetReader(profile, sheet, heading, names, places, mentions, _refuser(sheet, spool))
        yield from sheet.found
        yield from _unused(heading, profile)
        for column, dates in reader.dates.items():
            if dates.seen:
                like = _EXAMPLE.strftime(dates.formats[0])
                yield msg("dates in column “%(column)s” like %(day)s", column=column, day=like)
        if reader.decimal_comma():
            yield msg("numbers have a decimal comma")
        for _ in reader.read(spool):
            done += 1
            if done % 1000 == 0:
                progress(done)
        if bare := reader.without_heading:
            yield msg(
                "what stands under no heading is not taken: right of %(names)s (first in row %(row)d)",
                names=short(", ".join(dict.fromkeys(f"“{_left_of(i, heading)}”" for i in sorted(bare))), LISTED),
                row=min(bare.values()),
            )
    progress(done)


def _left_of(column: int, heading: Heading) -> str:
    """The last heading left of a column that has none."""
    return next((short(name, 40) for name in reversed(heading.columns[:column]) if name), "–")


def _refuser(sheet: Sheet, spool: Spool) -> Callable[[int, RefusedError], None]:
    def refuse(row: int, refused: RefusedError) -> None:
        told = (refused.column, refused.value, refused.why, refused.what_to_do)
        spool.refuse(Refusal(sheet.file, row, *told, sheet=sheet.name, scheme=refused.scheme))

    return refuse


def _first_refusal(spool: Spool) -> Message:
    first = next(iter(spool.refusals()), None)
    if first is None:
        return msg("It has a heading but no rows.")
    return msg("Row %(row)d: %(why)s %(hint)s", row=first.row, why=first.why, hint=first.what_to_do)
