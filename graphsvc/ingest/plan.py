"""A file and a profile made into an import plan. Nothing is written to the database here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graphsvc.errors import FileError, Place
from graphsvc.i18n import Message, msg
from graphsvc.ingest.csv_reader import open_csv
from graphsvc.ingest.doubt import likely_same
from graphsvc.ingest.matching import Matched, Matcher
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.names import Names
from graphsvc.ingest.organisations import Organisations
from graphsvc.ingest.profile import Profile, load_profile
from graphsvc.ingest.rows import SheetReader
from graphsvc.ingest.spool import Spool, Spooled
from graphsvc.ingest.table import Sheet, find_heading
from graphsvc.ingest.values import RefusedValue
from graphsvc.ingest.xlsx_reader import is_workbook, open_workbook
from graphsvc.model.base import Source, stable_id
from graphsvc.model.imports import ImportPlan, KnownOrganisation, Refusal
from graphsvc.model.partnerships import Member, Partnership

Progress = Callable[[int], None]
"""Called with the number of rows read so far."""


def read_plan(
    path: str | Path,
    profile: Profile | str | Path,
    known: Iterable[KnownOrganisation] = (),
    progress: Progress = lambda rows: None,
) -> ImportPlan:
    """What importing the file would write, and the report of what is not taken.

    Raises FileError (missing, empty, a folder, no table), ProfileError (wrong, or names a column that is lacking).
    """
    rules = profile if isinstance(profile, Profile) else load_profile(profile)
    path = Path(path)
    digest = _digest(path)
    spool = Spool()
    try:
        return _plan(path, digest, rules, known, spool, progress)
    except BaseException:
        spool.close()
        raise


def _plan(
    path: Path,
    digest: str,
    profile: Profile,
    known: Iterable[KnownOrganisation],
    spool: Spool,
    progress: Progress,
) -> ImportPlan:
    names, mentions = Names(profile.names), Mentions()
    found = _read(path, profile, names, spool, mentions, progress)
    matched = Matcher(mentions, known, names).run()
    organisations = Organisations(path.name, profile, mentions, matched)
    partnerships = Partnerships(path.name, profile, spool, matched)
    count, memberships = partnerships.count()
    if not count:
        raise FileError(
            msg("No row of the file can be taken."),
            place=Place(file=path.name),
            hint=_first_refusal(spool),
        )
    return ImportPlan(
        file=path.name,
        sha256=digest,
        profile=profile.name,
        territories=profile.territory_records(),
        organisations=organisations,
        partnerships=partnerships,
        partnership_count=count,
        membership_count=memberships,
        known=organisations.known,
        refused=spool.refusals(),
        doubtful=(*matched.doubtful, *likely_same(mentions, matched, names)),
        found=tuple(found),
        on_close=spool.close,
    )


def _digest(path: Path) -> str:
    """SHA-256 of the file; raises FileError when there is no such file to read."""
    hint = msg("Give the path of a CSV or XLSX file.")
    if path.is_dir():
        raise FileError(msg("This is a folder, not a file."), place=Place(file=str(path)), hint=hint)
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
    except FileNotFoundError:
        raise FileError(msg("There is no such file."), place=Place(file=str(path)), hint=hint) from None
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or exc
        raise FileError(
            msg("The file can't be read: %(why)s.", why=reason), place=Place(file=str(path)), hint=hint
        ) from None
    if not size:
        raise FileError(msg("The file is empty."), place=Place(file=str(path)), hint=msg("Choose a file with data."))
    return digest


def _sheets(path: Path, profile: Profile) -> list[Sheet]:
    with path.open("rb") as stream:
        start = stream.read(8)
    if is_workbook(start):
        return open_workbook(path, profile.file)
    return [open_csv(path, profile.file, profile.columns())]


def _read(
    path: Path, profile: Profile, names: Names, spool: Spool, mentions: Mentions, progress: Progress
) -> list[Message]:
    found: list[Message] = []
    columns = profile.columns()
    sheets = _sheets(path, profile)
    fitting = [s for s in sheets if not find_heading(s, ()).lacks(()) and _fits(s, columns)] or sheets[:1]
    done = 0
    for sheet in fitting:
        reader = SheetReader(profile, sheet, find_heading(sheet, columns), names, _refuser(sheet, spool))
        found += sheet.found
        for column, form in reader.date_forms.items():
            found.append(msg("dates in column “%(column)s”: %(form)s", column=column, form=form))
        for done, _ in enumerate(reader.read(spool, mentions), done + 1):
            if done % 1000 == 0:
                progress(done)
    progress(done)
    return found


def _fits(sheet: Sheet, columns: tuple[str, ...]) -> bool:
    from graphsvc.errors import ProfileError

    try:
        find_heading(sheet, columns)
    except ProfileError:
        return False
    return True


def _refuser(sheet: Sheet, spool: Spool) -> Callable[[int, RefusedValue], None]:
    place = f"{sheet.file} [{sheet.name}]" if sheet.name else sheet.file

    def refuse(row: int, refused: RefusedValue) -> None:
        spool.refuse(Refusal(place, row, refused.column, refused.value, refused.why, refused.hint))

    return refuse


def _first_refusal(spool: Spool) -> Message:
    first = next(iter(spool.refusals()), None)
    if first is None:
        return msg("It has a heading but no rows.")
    return msg("Row %(row)d: %(why)s %(hint)s", row=first.row, why=first.why, hint=first.what_to_do)


@dataclass(frozen=True, slots=True)
class Partnerships:
    """The partnerships of the spool as records; each iteration reads them anew."""

    file: str
    profile: Profile
    spool: Spool
    matched: Matched

    def __iter__(self) -> Iterator[Partnership]:
        for spooled in self.spool:
            yield Partnership(
                id=stable_id("partnership", self.profile.name, spooled.key),
                source=Source(file=self.file, row=spooled.row),
                members=tuple(self._members(spooled).values()),
                **spooled.data,
            )

    def _members(self, spooled: Spooled) -> dict[str, Member]:
        members: dict[str, Member] = {}
        for mention, role, since, until in spooled.members:
            id = self.matched.ids[self.matched.of[mention]]
            members.setdefault(id, Member.model_validate({"id": id, "role": role, "since": since, "until": until}))
        return members

    def count(self) -> tuple[int, int]:
        """Partnerships and memberships (an organisation counts once in each partnership)."""
        partnerships = memberships = 0
        for spooled in self.spool:
            partnerships += 1
            memberships += len({self.matched.of[m] for m, *_ in spooled.members})
        return partnerships, memberships
