"""What an import will write: made by ``ingest`` from a file, written by ``store``, shown to the user.

Nothing is written while a plan is made, so a dry run is: make the plan, show its report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType

from graphsvc.i18n import Message
from graphsvc.model.base import stable_id
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.territories import Territory
from graphsvc.model.words import field_name


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation that is in the database already: what a name or a number in a file may mean."""

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    """Numbers with the register before them: ``KRS:…``, ``REGON:…``, ``NIP:…``, a foreign one ``CVR:…``."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value or a row that is not taken. ``row`` counts from 1, the header included; None: all the file."""

    file: str
    row: int | None
    column: str
    value: str
    why: Message
    what_to_do: Message
    sheet: str = ""
    scheme: str = ""
    """The list that the value would have to be in: of the vocabulary, or of territories."""


@dataclass(frozen=True, slots=True)
class DoubtfulMatch:
    """Two names that may be one organisation; they are kept apart until a person decides.

    ``score`` is 0–100 (100: equal but for what ``why`` says); ``rows`` are those in which ``name`` stands.
    """

    name: str
    other: str
    score: float
    why: Message
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """What a partnership on record loses, as the file that it came from no longer says it: names of members, and the
    fields of ``Partnership``."""

    name: str
    members: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def field_names(self) -> list[Message]:
        """What the fields are called."""
        return [field_name(Partnership, field) for field in self.fields]


@dataclass(frozen=True, slots=True, eq=False)
class ImportPlan:
    """Everything that one import of one file writes. As a context manager it removes its temporary files.

    ``organisations``: by id, every organisation that a partnership refers to. Those not known before are
    to be created as they are; of known ones (their id is among ``known``) only names not yet there are added to
    ``other_names`` and empty fields filled: what people changed by hand stays.
    ``partnerships``: with their members, in the order of the file; may be iterated again. Both are read from
    disk as they are asked for, so that a million memberships need little memory.
    ``known``: ids of organisations that were matched with one already in the database.
    """

    file: str
    sha256: str
    profile: str
    territories: tuple[Territory, ...]
    organisations: Mapping[str, Organisation]
    partnerships: Iterable[Partnership]
    partnership_count: int
    membership_count: int
    known: frozenset[str] = frozenset()
    refused: Collection[Refusal] = ()
    doubtful: Collection[DoubtfulMatch] = ()
    losses: Collection[Loss] = ()
    """What it would take from partnerships on record; known where the plan was held against a store."""
    absent: Collection[str] = ()
    """Names of partnerships on record that came from a file of its name and aren't in it."""
    found: tuple[Message, ...] = ()
    """What was found out about the file: encoding, separator, form of dates."""
    on_close: Callable[[], None] = field(default=lambda: None, repr=False)

    @property
    def id(self) -> str:
        """Of the import: the same for the same file and profile."""
        return stable_id("import", self.sha256, self.profile)

    def __enter__(self) -> ImportPlan:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.on_close()
