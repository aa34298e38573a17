"""What the web asks of the core. ``graphsvc.service.Service`` implements it; tests give one made in memory.

Everything returned is read only. Rows are positions in ``snapshot.network.organisations``; ids are record ids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from graphsvc.exports.download import Download
from graphsvc.i18n import Message
from graphsvc.metrics.compute import Measures
from graphsvc.model.accounts import Account, SavedView
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.vocabulary import Vocabulary
from graphsvc.service.analysis import Analysis
from graphsvc.service.content import Content
from graphsvc.service.jobs import Jobs
from graphsvc.service.mail import Mail
from graphsvc.service.profiles import Profiles
from graphsvc.service.proposals import Proposals
from graphsvc.service.ranking import Ranking
from graphsvc.service.report import Unlisted
from graphsvc.service.scenarios import Scenarios
from graphsvc.service.uploads import Uploads
from graphsvc.snapshot import Snapshot
from graphsvc.store.animation import Animation
from graphsvc.store.import_taking_back import PastImports
from graphsvc.store.operators import Operators
from graphsvc.store.records import Records
from graphsvc.store.surveys import Surveys
from graphsvc.store.vocabularies import Vocabularies

ExportFormat = Literal["csv", "xlsx", "json", "graphml", "gexf"]


class Hit(Protocol):
    """One record found by a search."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str:
        """``Organisation``, ``Partnership`` or ``Territory``."""

    @property
    def name(self) -> str: ...


class Refused(Protocol):
    """A value that an import does not take (``graphsvc.model.imports.Refusal``)."""

    @property
    def sheet(self) -> str: ...
    @property
    def row(self) -> int | None: ...
    @property
    def column(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def why(self) -> Message: ...
    @property
    def what_to_do(self) -> Message: ...


class Doubtful(Protocol):
    """Two names that may be one organisation (``graphsvc.model.imports.DoubtfulMatch``)."""

    @property
    def name(self) -> str: ...
    @property
    def other(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def why(self) -> Message: ...


class Loss(Protocol):
    """What a partnership loses by an import."""

    @property
    def name(self) -> str: ...
    @property
    def members(self) -> Sequence[str]: ...
    @property
    def field_names(self) -> Sequence[Message]: ...


class ImportReport(Protocol):
    """What an import did, or would do."""

    @property
    def id(self) -> str: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def refused(self) -> Sequence[Refused]: ...
    @property
    def doubtful(self) -> Sequence[Doubtful]: ...
    @property
    def losses(self) -> Sequence[Loss]: ...
    @property
    def absent(self) -> Sequence[str]: ...
    @property
    def found(self) -> Sequence[Message]: ...
    @property
    def unlisted(self) -> Sequence[Unlisted]: ...


class Accounts(Protocol):
    """Where accounts are kept (``graphsvc.store.accounts``)."""

    def all(self) -> Sequence[Account]:
        """Every account, by e-mail."""

    def by_id(self, id: str) -> Account | None: ...
    def of_session(self, id: str, session: str) -> Account | None:
        """The account with the id, unless the session was ended."""

    def end_session(self, session: str, until: datetime) -> None:
        """Ends one session; kept until its cookie opens nothing any more by its age."""

    def by_email(self, email: str) -> Account | None:
        """Regardless of case."""

    def add(self, account: Account) -> None:
        """Raises ConflictError where another account has the e-mail."""

    def change(self, account: Account, *, ends: bool = False, **new: str | bool) -> None:
        """Writes what is new and nothing else; ``ends``: also ends all sessions, and one-time addresses. Raises
        ConflictError for a new password where another was set, or all sessions ended, since the account was read."""

    def add_token(self, token_hash: str, account_id: str, expires_at: datetime) -> None:
        """Keep a one-time sign-in token; only its SHA-256 is ever stored."""

    def take_token(self, token_hash: str, now: datetime) -> Account | None:
        """The account of an unexpired token, which is used up by this."""


class Views(Protocol):
    """Where saved views are kept (``graphsvc.store.views``)."""

    def of(self, owner: str) -> Sequence[SavedView]: ...
    def shown_to(self, account: Account) -> Sequence[SavedView]:
        """What others show to an account or to its role."""

    def by_id(self, id: str) -> SavedView | None: ...
    def by_token(self, token_hash: str) -> SavedView | None: ...
    def save(self, view: SavedView) -> None: ...
    def delete(self, owner: str, id: str) -> None: ...


class Service(Protocol):
    """The core, as the web sees it. Calls may raise any GraphsvcError; nothing else."""

    @property
    def accounts(self) -> Accounts: ...
    @property
    def views(self) -> Views: ...
    @property
    def animation(self) -> Animation:
        """What pages ask of forms and tasks."""

    @property
    def proposals(self) -> Proposals:
        """Suggestions weighed, filtered, planned and decided about."""

    @property
    def scenarios(self) -> Scenarios:
        """What if."""

    @property
    def analysis(self) -> Analysis:
        """What the measures say to people."""

    @property
    def jobs(self) -> Jobs:
        """Long work in the background."""

    @property
    def past_imports(self) -> PastImports:
        """What was imported, to take it back."""

    @property
    def uploads(self) -> Uploads:
        """Files that wait for their import."""

    @property
    def surveys(self) -> Surveys:
        """Rounds of asking the network itself."""

    @property
    def records(self) -> Records:
        """All records of forms and tasks."""

    @property
    def profiles(self) -> Profiles:
        """Import profiles: the shipped and the centre's own."""

    def secret_key(self) -> bytes:
        """Signs sessions; the same in every process and after a restart."""

    def ready(self) -> None:
        """Returns when the database answers; raises DatabaseError."""

    def steady(self, *, waiting: bool = False) -> AbstractContextManager[None]:
        """Within, everything is read from one state of the database; ``waiting``: by a page that waits for what is
        worked out in the background, which else stands still."""

    @property
    def mail(self) -> Mail: ...
    def made_up(self) -> bool:
        """Whether the network holds the made-up region: every page then says so."""

    @property
    def operators(self) -> Operators:
        """Where it is kept who runs the service."""

    @property
    def vocabularies(self) -> Vocabularies:
        """Where the centre's own codes, labels and limits are kept."""

    def vocabulary(self) -> Vocabulary:
        """All codes, labels and limits as they are now."""

    def reword(self) -> None:
        """The vocabulary was changed: what is read next has it."""

    def successors(self) -> Mapping[str, str]:
        """Ids of organisations that were merged away, each with that of the one that stands for it now."""

    def label(self, scheme: str, code: str, language: str) -> str:
        """A vocabulary code in words; the code itself where it is unknown."""

    def snapshot(
        self,
        *,
        as_of: date | None = None,
        scope: Literal["ever", "active"] = "ever",
        **filters: Sequence[str],
    ) -> Snapshot:
        """The network now or as of a date, kept to what the filters name (empty: all); cached.

        ``filters``: those of ``graphsvc.snapshot.choose``.
        """

    def content(self) -> Content:
        """The network as it is now, with its digests."""

    def search(self, text: str, limit: int = 20) -> Sequence[Hit]:
        """By name and number, diacritics and case folded, best first."""

    def organisation(self, id: str) -> Organisation:
        """Raises NotFoundError."""

    def partnership(self, id: str) -> Partnership:
        """Raises NotFoundError."""

    def layout(self, snapshot: Snapshot) -> npt.NDArray[np.float64]:
        """float64[organisations, 2]; cached. An organisation stands in the same place in every snapshot."""

    def measure(self, snapshot: Snapshot) -> Measures:
        """All measures of a snapshot; cached."""

    def ranked(self) -> Ranking:
        """What the suggestions of the whole network are chosen from; the last one while it is made anew."""

    def worked_out(self) -> bool:
        """Whether the suggestions of the network as it is now are worked out; waits for them a moment."""

    def prepared(self) -> bool:
        """Whether the suggestions for an organisation come at once."""

    def learning(self) -> bool:
        """Whether the network's own likelihood is being learnt for the first time; that of others serves till then."""

    def learning_ended(self) -> bool:
        """Whether that was ended before there was any; it is begun again later."""

    def prepare(self, pages: Callable[[], object]) -> None:
        """``pages`` makes pages before anybody asks: now, and in the background a while after the last change."""

    def export(
        self,
        snapshot: Snapshot,
        measures: Measures,
        format: ExportFormat,
        language: str,
        filters: str = "",
        rows: npt.NDArray[np.int64] | None = None,
    ) -> Download:
        """The snapshot with its measures as a file, or only some ``rows`` of it; ``filters``: what it was kept to, in
        words that give it again."""

    def check_import(self, path: Path, profile: str) -> ImportReport:
        """What an import would do; writes nothing."""

    def run_import(self, path: Path, profile: str, *, by: str) -> ImportReport:
        """Import; one unit."""
