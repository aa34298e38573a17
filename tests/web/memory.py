"""The core without a database: real snapshots, measures, layouts and suggestions over a network in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graphsvc_web.collate import fold

from graphsvc import metrics
from graphsvc.config import Settings
from graphsvc.errors import ConflictError, NotFoundError
from graphsvc.exports.download import Download, download
from graphsvc.i18n import msg
from graphsvc.ingest.network import to_network
from graphsvc.ingest.plan import read_plan
from graphsvc.kernels.layout import force_layout
from graphsvc.metrics import Measures
from graphsvc.model import vocabulary
from graphsvc.model.accounts import Account, SavedView
from graphsvc.model.network import Network
from graphsvc.model.operator import Operator
from graphsvc.model.organisations import Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Partnership
from graphsvc.model.suggested import Past, SavedScenario, Shown
from graphsvc.service.analysis import Analysis
from graphsvc.service.cache import Cache
from graphsvc.service.content import Content
from graphsvc.service.jobs import Jobs
from graphsvc.service.mail import Mail
from graphsvc.service.profiles import Profiles
from graphsvc.service.proposals import Proposals, Standing
from graphsvc.service.ranking import Ranking
from graphsvc.service.report import ImportReport
from graphsvc.service.scenarios import Scenarios
from graphsvc.service.uploads import Uploads
from graphsvc.snapshot import Snapshot, take
from graphsvc.snapshot.choose import choose
from graphsvc.store.record_reading import Page
from graphsvc.suggest import Engine
from graphsvc.suggest.prior import prior_model

ROLES = ("reader", "animator", "outreach", "coordinator", "admin")


class MemoryAccounts:
    """Accounts in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, Account] = {}
        self.tokens: dict[str, tuple[str, datetime]] = {}
        self.ended: set[str] = set()

    def all(self) -> Sequence[Account]:
        return sorted(self.kept.values(), key=lambda a: a.email.casefold())

    def by_id(self, id: str) -> Account | None:
        return self.kept.get(id)

    def of_session(self, id: str, session: str) -> Account | None:
        return None if session in self.ended else self.by_id(id)

    def end_session(self, session: str, until: datetime) -> None:
        assert until > datetime.now(UTC)
        self.ended.add(session)

    def by_email(self, email: str) -> Account | None:
        return next((a for a in self.kept.values() if a.email.casefold() == email.casefold()), None)

    def add(self, account: Account) -> None:
        self.kept[account.id] = account

    def change(self, account: Account, *, ends: bool = False, **new: Any) -> None:
        now = self.kept[account.id]
        known = (account.password_hash, account.sessions) == (now.password_hash, now.sessions)
        if "password_hash" in new and not known:
            raise ConflictError(msg("Another password was set, or all sessions were ended, in the meantime."))
        if "password_hash" in new or ends:
            self._forget(account.id)
        self.kept[account.id] = replace(now, **new, sessions=now.sessions + ends)

    def _forget(self, account_id: str) -> None:
        self.tokens = {token: kept for token, kept in self.tokens.items() if kept[0] != account_id}

    def add_token(self, token_hash: str, account_id: str, expires_at: datetime) -> None:
        self._forget(account_id)
        self.tokens[token_hash] = (account_id, expires_at)

    def take_token(self, token_hash: str, now: datetime) -> Account | None:
        account_id, expires_at = self.tokens.pop(token_hash, ("", now))
        return self.kept.get(account_id) if expires_at > now else None


class MemoryViews:
    """Saved views in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, SavedView] = {}

    def of(self, owner: str) -> Sequence[SavedView]:
        return [v for v in self.kept.values() if v.owner == owner]

    def shown_to(self, account: Account) -> Sequence[SavedView]:
        return [v for v in self.kept.values() if v.owner != account.id and v.open_to(account)]

    def by_id(self, id: str) -> SavedView | None:
        return self.kept.get(id)

    def by_token(self, token_hash: str) -> SavedView | None:
        return next((v for v in self.kept.values() if v.token_hash == token_hash), None)

    def save(self, view: SavedView) -> None:
        self.kept[view.id] = view

    def delete(self, owner: str, id: str) -> None:
        if id in self.kept and self.kept[id].owner == owner:
            del self.kept[id]


class MemoryOperators:
    """What was said of who runs the service, the last last."""

    def __init__(self) -> None:
        self.said = [Operator()]

    def load(self) -> Operator:
        return self.said[-1]

    def save(self, said: Operator, _by: str) -> None:
        self.said.append(said)

    def before(self) -> Operator:
        return self.said[-2]


class MemorySuggestions:
    """What was shown, decided and kept, in lists."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], Shown] = {}
        self.decided: list[Past] = []
        self.kept: dict[str, SavedScenario] = {}
        self.gone: dict[str, SavedScenario] = {}

    def note(self, pairs: Iterable[tuple[str, str]], by: str, day: date, *, ignored: bool = False) -> int:
        found = {(min(p), max(p)) for p in pairs}
        for a, b in found:
            old = self.seen.get((a, b), Shown(a, b, 0, 0, day, date.min, (), 0))
            to = tuple(dict.fromkeys([*old.to, by]))
            times = old.times + (old.last_on < day)
            self.seen[a, b] = Shown(a, b, times, old.ignored + ignored, old.first_on, day, to, times)
        return len(found)

    def take_back(self, a: str, b: str) -> None:
        pair = (min(a, b), max(a, b))
        self.seen[pair] = replace(self.seen[pair], ignored=self.seen[pair].ignored - 1)

    def shown(self) -> Sequence[Shown]:
        return list(self.seen.values())

    def past(self) -> Sequence[Past]:
        return self.decided[::-1]

    def scenarios(self) -> Sequence[SavedScenario]:
        return list(self.kept.values())

    def keep_scenario(self, scenario: SavedScenario) -> None:
        self.kept[scenario.id] = scenario

    def delete_scenario(self, id: str, *, back: bool = False) -> str:
        there, away = (self.kept, self.gone) if not back else (self.gone, self.kept)
        away[id] = there.pop(id)
        return away[id].name


@dataclass(frozen=True)
class Hit:
    """A search result."""

    id: str
    label: str
    name: str
    hint: str = ""


class MemoryRecords:
    """Nothing was typed in."""

    def find(self, *_: object, **__: object) -> Page:
        return Page((), 0)

    def get_many(self, _ids: Iterable[str]) -> Mapping[str, Any]:
        return {}


class MemoryImports:
    """Nothing was imported."""

    def recent(self, limit: int = 10) -> Sequence[Any]:  # noqa: ARG002 part of the port
        return ()


@dataclass
class MemoryService:
    """What ``graphsvc_web.ports.Service`` asks for."""

    network: Network
    organisations: dict[str, Organisation] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    accounts: MemoryAccounts = field(default_factory=MemoryAccounts)
    views: MemoryViews = field(default_factory=MemoryViews)
    suggested: MemorySuggestions = field(default_factory=MemorySuggestions)
    steps: dict[str, set[str]] = field(default_factory=dict)
    """By entry of the history, the conversations kept in the same step."""
    cache: Cache = field(default_factory=lambda: Cache(200))
    merged: dict[str, str] = field(default_factory=dict)
    """By organisation that was merged away, who stands for it."""
    records: Any = field(default_factory=MemoryRecords)
    animation: Any = None
    surveys: Any = None
    vocabularies: Any = None
    operators: Any = field(default_factory=MemoryOperators)
    temporary: TemporaryDirectory[str] = field(default_factory=TemporaryDirectory)
    mail: Mail = field(default_factory=lambda: Mail(Settings()))
    working: bool = False
    """Whether the first suggestions are still worked out."""
    untaught: bool = False
    """Whether the network's own likelihood is still being learnt."""
    given_up: bool = False
    """Whether that was ended before it was done."""
    anew: bool = False
    """Whether those on view are of before a change."""
    polled: bool = False
    """Whether a page has asked as one that waits."""

    @classmethod
    def of_file(cls, path: Path, profile: str) -> MemoryService:
        with read_plan(path, profile) as plan:
            partnerships = {p.id: p for p in plan.partnerships}
            return cls(to_network(plan), dict(plan.organisations), partnerships)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(Path(self.temporary.name, "jobs"), {})

    @cached_property
    def profiles(self) -> Profiles:
        return Profiles(Path(self.temporary.name, "profiles"))

    @cached_property
    def past_imports(self) -> MemoryImports:
        return MemoryImports()

    @cached_property
    def uploads(self) -> Uploads:
        return Uploads(Path(self.temporary.name, "uploads"))

    @cached_property
    def analysis(self) -> Analysis:
        return Analysis(self)

    def secret_key(self) -> bytes:
        return b"only for tests, thirty-two bytes"

    def ready(self) -> None:
        """Always."""

    def steady(self, *, waiting: bool = False) -> AbstractContextManager[None]:
        """It changes with tests only."""
        self.polled |= waiting
        return nullcontext()

    def made_up(self) -> bool:
        return False

    def successors(self) -> Mapping[str, str]:
        return self.merged

    def label(self, scheme: str, code: str, language: str) -> str:
        return self.vocabulary().label(scheme, code, language)

    def vocabulary(self) -> vocabulary.Vocabulary:
        return self.vocabularies.load() if self.vocabularies else vocabulary.default()

    def reword(self) -> None:
        """Read anew each time."""

    def snapshot(self, *, as_of: date | None = None, scope: Any = "ever", **filters: Sequence[str]) -> Snapshot:
        key = (as_of, scope, tuple(sorted((k, tuple(v)) for k, v in filters.items())))
        return self.cache.get(key, lambda: take(choose(self.network, **filters), as_of, scope))

    def search(self, text: str, limit: int = 20) -> Sequence[Hit]:
        words = fold(text).split()
        return [h for h in self._hits if all(w in fold(h.name) for w in words)][:limit]

    @cached_property
    def _hits(self) -> list[Hit]:
        return [Hit(o.id, "Organisation", o.name) for o in self.organisations.values()] + [
            Hit(p.id, "Partnership", p.name) for p in self.partnerships.values()
        ]

    def organisation(self, id: str) -> Organisation:
        if id not in self.organisations:
            raise NotFoundError(msg("There is no record with this id."))
        return self.organisations[id]

    def partnership(self, id: str) -> Partnership:
        if id not in self.partnerships:
            raise NotFoundError(msg("There is no record with this id."))
        return self.partnerships[id]

    def ranked(self) -> Ranking:
        whole = self.snapshot()
        return self.cache.get(("ranked", whole, self.working), lambda: Ranking(whole, made=not self.working))

    def worked_out(self) -> bool:
        return not (self.working or self.anew)

    def layout(self, snapshot: Snapshot) -> Any:
        whole = self.snapshot()
        places = self.cache.get(("layout", whole), lambda: force_layout(whole.graph))
        return places[[whole.index[id] for id in snapshot.ids]]

    def measure(self, snapshot: Snapshot) -> Any:
        return self.cache.get(("measures", snapshot), lambda: metrics.measure(snapshot))

    def engine(self, snapshot: Snapshot) -> Engine:
        return self.cache.get(
            ("engine", snapshot), lambda: Engine(snapshot.network, snapshot.as_of, model=prior_model())
        )

    def prepared(self) -> bool:
        return not self.working

    def learning(self) -> bool:
        return self.untaught

    def learning_ended(self) -> bool:
        return self.given_up

    def prepare(self, pages: Callable[[], object]) -> None:
        self.pages = pages

    def standing(self) -> Standing:
        return Standing(self.engine(self.snapshot()))

    @cached_property
    def proposals(self) -> Proposals:
        return Proposals(self, self.suggested)

    @cached_property
    def scenarios(self) -> Scenarios:
        return Scenarios(self)

    def keep_outreach(self, records: Sequence[Outreach], by: str) -> Sequence[tuple[str, str]]:
        self.steps |= {f"change-{r.id}": {one.id for one in records} for r in records}
        for r in records:
            a, b = r.pair
            own = (r.assigned_to, r.refusal_reason, r.refusal, r.not_before, r.score, None)
            self.suggested.decided.append(Past(r.id, a, b, r.status, r.decided_on, by, *own))
        return [(r.id, f"change-{r.id}") for r in records]

    def undo(self, change: str, by: str) -> None:  # noqa: ARG002 part of what is asked for
        self.suggested.decided = [p for p in self.suggested.decided if p.id not in self.steps[change]]

    def content(self) -> Content:
        return Content.of(self.network)

    def export(
        self, snapshot: Snapshot, measures: Measures, format: Any, language: str, filters: str = "", rows: Any = None
    ) -> Download:
        return download(snapshot, measures, format, language, self.content().digest, filters=filters, rows=rows)

    def check_import(self, path: Path, profile: str) -> ImportReport:
        with read_plan(path, self.profiles.load(profile)) as plan:
            return ImportReport.of(plan)

    def run_import(self, path: Path, profile: str, *, by: str) -> ImportReport:  # noqa: ARG002 part of the port
        with read_plan(path, self.profiles.load(profile)) as plan:
            self.network = to_network(plan)
            self.organisations = dict(plan.organisations)
            self.partnerships = {p.id: p for p in plan.partnerships}
            self.cache = Cache(200)
            self.__dict__.pop("_hits", None)
            return ImportReport.of(plan)

    def add_accounts(self, password_hash: str) -> None:
        """One account per role: ``<role>@example.org``."""
        for role in ROLES:
            self.accounts.add(Account(role, f"{role}@example.org", role.title(), role, password_hash))

    def close_account(self, id: str) -> None:
        """As an administrator would."""
        self.accounts.change(self.accounts.kept[id], active=False)
