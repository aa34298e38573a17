"""The open service: reads through caches that know the store's version, writes through the store."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Timer
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from graphsvc import metrics
from graphsvc.config import Settings
from graphsvc.demo.world import SOURCE
from graphsvc.errors import ConflictError, GraphsvcError, NotFoundError
from graphsvc.exports.download import Download, DownloadFormat, download
from graphsvc.i18n import msg
from graphsvc.ingest.plan import read_plan
from graphsvc.metrics import Measures
from graphsvc.model.imports import ImportPlan
from graphsvc.model.network import Network
from graphsvc.model.organisations import Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Partnership
from graphsvc.model.vocabulary import Vocabulary, using
from graphsvc.service.analysis import Analysis
from graphsvc.service.cache import Cache, Fresh
from graphsvc.service.content import Content
from graphsvc.service.jobs import Jobs
from graphsvc.service.mail import Mail
from graphsvc.service.places import Places
from graphsvc.service.profiles import Profiles
from graphsvc.service.proposals import Proposals, Standing
from graphsvc.service.ranking import Ranking
from graphsvc.service.report import ImportReport
from graphsvc.service.scenarios import Scenarios
from graphsvc.service.shelf import Shelf
from graphsvc.service.steady import KnownAccounts, KnownSuggestions, Steady
from graphsvc.service.suggesting import Suggesting
from graphsvc.service.uploads import Uploads
from graphsvc.service.works import works
from graphsvc.snapshot import Projection, Scope, Snapshot, Ties, project, take
from graphsvc.snapshot.choose import choose
from graphsvc.snapshot.csr import Floats
from graphsvc.snapshot.filter import asked_day
from graphsvc.store import importing
from graphsvc.store.animation import Animation
from graphsvc.store.driver import Store
from graphsvc.store.import_taking_back import PastImports
from graphsvc.store.merged import merged
from graphsvc.store.network import read_network
from graphsvc.store.network_changes import updated
from graphsvc.store.network_state import State, changed_since, fingerprint
from graphsvc.store.operators import Operators
from graphsvc.store.record_reading import Found
from graphsvc.store.records import Records
from graphsvc.store.surveys import Surveys
from graphsvc.store.views import Views
from graphsvc.store.vocabularies import Vocabularies
from graphsvc.suggest import Engine
from graphsvc.suggest.model import Model

MOST_CHANGED = 2_000
"""Records written since a network was read from which on it is read as a whole."""
QUIET = 3.0
"""Seconds without a change after which pages are made before anybody asks for them."""
KEPT = 128
"""Results kept: snapshots, and what was worked out of them. ``Settings.memory`` bounds what they hold."""
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class _Key:
    """What a snapshot was taken of; equal keys give equal snapshots (with ``Content.measured``: equal measures)."""

    content: str
    as_of: date | None
    scope: Scope
    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    asked_on: date | None = None
    """Of a snapshot of a day: what is planned, and closed on a day that is not known, hangs on when it is asked."""


class Service:
    """Everything that the command line and the web do with an open store. Safe to share between threads.

    All methods may raise any GraphsvcError and nothing else.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self._steady = Steady(store.version)
        self.accounts = KnownAccounts(store, self._steady.version)
        self.views = Views(store)
        self.operators = Operators(store)
        self.vocabularies = Vocabularies(store)
        self._words = Fresh(self.vocabularies.load)
        self.records = Records(store, self.vocabulary)
        self.animation = Animation(store)
        self.past_imports = PastImports(store)
        self.surveys = Surveys(store, self.vocabulary)
        self.mail = Mail(settings)
        self._kept = Cache(KEPT, settings.memory << 20)
        self.proposals = Proposals(self, KnownSuggestions(store, self._steady.version), self._kept)
        self.scenarios = Scenarios(self, self._kept)
        self.analysis = Analysis(self, self._kept)
        self.uploads = Uploads(settings.data_dir / "uploads")
        self.jobs = Jobs(settings.data_dir / "jobs", works(self))
        self._suggesting = Suggesting(self, settings.data_dir / "models", self._kept)
        self.profiles = Profiles(settings.data_dir / "profiles")
        self._shelf = Shelf(settings.data_dir / "networks")
        self._contents = Cache(2)
        self._latest: Content | None = None
        self._tied: WeakKeyDictionary[Snapshot, _Key] = WeakKeyDictionary()
        self._ties: Ties | None = None
        self._places = Places(settings.data_dir / "places.arrow")
        self._pages: Callable[[], object] = lambda: None
        self._soon = Timer(0, self._pages)

    def ready(self) -> None:
        """Returns when the database answers; raises DatabaseError."""
        self.store.version()

    def secret_key(self) -> bytes:
        """KEY_BYTES random bytes that sign sessions, made once and kept in a file that only the owner can read."""
        path = self.settings.data_dir / "session.key"
        broken = path.exists() and path.stat().st_size != KEY_BYTES  # a disk that was full when it was made
        if broken or not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
            try:
                if broken:
                    fresh.replace(path)
                else:
                    path.hardlink_to(fresh)  # the first process wins; the others read its key
            except FileExistsError:
                pass
            finally:
                fresh.unlink(missing_ok=True)
        return path.read_bytes()

    def made_up(self) -> bool:
        """Whether the network holds the made-up region: every page then says so."""
        content = self.content()
        source = content.network.partnerships["source"]
        return self._kept.get(("made up", content.digest), lambda: bool(pc.any(pc.equal(source, SOURCE.file)).as_py()))

    def label(self, scheme: str, code: str, language: str) -> str:
        """A vocabulary code in words; the code itself where it is unknown."""
        return self.vocabulary().label(scheme, code, language)

    def vocabulary(self) -> Vocabulary:
        """All codes, labels and limits as the centre has set them; what another process set holds within seconds."""
        return self._words.get()

    def reword(self) -> None:
        """The vocabulary was changed here: what is read next has it."""
        self._words.drop()

    def prepare(self, pages: Callable[[], object]) -> None:
        """``pages`` makes pages before anybody asks: now, and in the background a while after the last change."""
        self._soon.cancel()  # the first reading was a change too
        pages()
        self._pages = pages

    def _open_soon(self) -> None:
        self._soon.cancel()
        self._soon = Timer(QUIET, self._open)
        self._soon.daemon = True
        self._soon.start()

    def _open(self) -> None:
        with suppress(GraphsvcError):  # whoever asks for the pages is told
            self._pages()

    def warm(self) -> None:
        """Compute what the first pages need, so that nobody waits for compilation or for a query to be planned."""
        snapshot = self.snapshot()
        self.measure(snapshot)
        self.layout(snapshot)
        self.ranked()
        today = date.today()
        self.animation.kpis(today.replace(month=1, day=1), today)
        self.animation.demand(today)

    def close(self) -> None:
        """Stop what runs in the background; the store is closed by who opened it."""
        self.jobs.stop()
        self._soon.cancel()
        self._suggesting.close()

    # reading

    def steady(self, *, waiting: bool = False) -> AbstractContextManager[None]:
        """Within, everything is read from one state of the database, as it was asked for first: to make a page in.
        What takes long in the background stands still then and a moment after, unless the page is ``waiting``."""
        if not waiting:
            self._suggesting.rest()
        return self._steady.held()

    def network(self) -> Network:
        """The whole network; read again only when the store has changed."""
        return self.content().network

    def content(self) -> Content:
        """The network as it is now, with its digests."""
        return self._steady.once("content", lambda: self._contents.get(self._steady.version(), self._read))

    def _read(self) -> Content:
        """What was written may have nothing to do with the network: then all that was computed still holds."""
        state = fingerprint(self.store)
        fresh = self._shelf.get(state.text())
        if fresh is None:
            fresh = self._brought_up_to(state) or Content.of(read_network(self.store))
            if fingerprint(self.store) == state:  # nobody wrote meanwhile
                fresh = self._shelf.put(state.text(), fresh)
        latest = self._latest
        if latest is None or latest.digest != fresh.digest:
            self._latest = latest = fresh
            self._open_soon()
        return latest

    def _brought_up_to(self, state: State) -> Content | None:
        """The network kept last with what was written since; None when all of it has to be read."""
        kept = self._shelf.latest()
        known = State.parse(kept[0]) if kept else None
        ids = changed_since(self.store, known, state) if known else None
        if kept is None or ids is None or len(ids) > MOST_CHANGED:
            return None
        network = updated(self.store, kept[1].network, sorted(ids))
        if network is kept[1].network:
            return kept[1]
        return Content.of(network, kept[1]) if network else None

    def snapshot(
        self,
        *,
        as_of: date | None = None,
        scope: Scope = "ever",
        **filters: Sequence[str],
    ) -> Snapshot:
        """The network as of a date (None: all of it; what is active then today), kept to what the filters (of
        ``choose``) name."""
        as_of = asked_day(as_of, scope)
        chosen = tuple((name, tuple(sorted(codes))) for name, codes in sorted(filters.items()) if codes)
        content = self.content()
        asked_on = date.today() if as_of else None
        key = _Key(content.digest, as_of, scope, chosen, asked_on)
        tied = replace(key, content=content.measured)

        def ties(network: Network, projection: Projection) -> Ties:
            whole = as_of is None and not chosen
            before = self._ties if whole else None
            found = self._kept.get(("ties", tied), lambda: project(network, projection, before))
            self._ties = found if whole else self._ties
            return found

        snapshot = self._kept.get(key, lambda: take(choose(content.network, **filters), as_of, scope, ties=ties))
        self._tied[snapshot] = tied
        return snapshot

    def measure(self, snapshot: Snapshot) -> Measures:
        """All measures of a snapshot."""
        tied = self._tied.get(snapshot, snapshot)
        return self._kept.get(("measures", tied), lambda: metrics.measure(snapshot))

    def layout(self, snapshot: Snapshot) -> Floats:
        """Position of each organisation, float64 [organisations, 2].

        An organisation stands where it stands in the whole network: no filter, no date and no restart moves it, and
        what is written moves only those whose ties it changes.
        """
        whole = self.snapshot()
        places = self._kept.get(("layout", self._tied.get(whole, whole)), lambda: self._places.of(whole))
        return places if snapshot is whole else places[[whole.index.get(id, 0) for id in snapshot.ids]]

    def ranked(self) -> Ranking:
        """What the suggestions of the whole network are chosen from; the last one while it is made anew."""
        return self._suggesting.ranked()

    def standing(self) -> Standing:
        """All links of the whole network."""
        return self._suggesting.standing()

    def worked_out(self) -> bool:
        """Whether the suggestions of the network as it is now are worked out; waits for them a moment."""
        return self._suggesting.worked_out()

    def prepared(self) -> bool:
        """Whether the suggestions for an organisation come at once."""
        return self._suggesting.prepared()

    def learning(self) -> bool:
        """Whether the network's own likelihood is being learnt for the first time; that of others serves till then."""
        return self._suggesting.learning()

    def learning_ended(self) -> bool:
        """Whether that was ended before there was any; it is begun again later."""
        return self._suggesting.learning_ended()

    def engine(self, snapshot: Snapshot) -> Engine:
        """What makes the suggestions of a snapshot, with the likelihood that the whole network has taught."""
        return self._suggesting.engine(snapshot)

    def learn(self, waiting: Callable[[], object]) -> Model:
        """The likelihood model of the network as it is now, waited for. ``waiting`` is called meanwhile; learning ends
        where it raises."""
        return self._suggesting.learn(waiting)

    def search(self, text: str, limit: int = 20) -> Sequence[Found]:
        """Records by name and number, diacritics and case folded, best first."""
        return self.records.search(text, limit=limit)

    def successors(self) -> Mapping[str, str]:
        """Ids of organisations that were merged away, each with that of the one that stands for it now."""
        key = ("successors", self._steady.version())
        found: Mapping[str, str] = self._kept.get(key, lambda: {m.id: m.kept for m in merged(self.store)})
        return found

    def organisation(self, id: str) -> Organisation:
        """Raises NotFoundError."""
        return self.records.typed(id, Organisation)

    def partnership(self, id: str) -> Partnership:
        """Raises NotFoundError."""
        return self.records.typed(id, Partnership)

    def export(
        self,
        snapshot: Snapshot,
        measures: Measures,
        format: DownloadFormat,
        language: str,
        filters: str = "",
        rows: npt.NDArray[np.int64] | None = None,
    ) -> Download:
        """The snapshot with its measures as a file, or only some ``rows`` of it; ``filters``: what it was kept to, in
        words that give it again."""
        return download(snapshot, measures, format, language, self.content().digest, filters=filters, rows=rows)

    # writing

    def keep_outreach(self, records: Sequence[Outreach], by: str) -> Sequence[tuple[str, str]]:
        """Save conversations in one step; the id of each and of its entry in the history."""
        saved = self.records.save_many(records, by)
        entries = self.records.newest_changes([r.id for r in saved])
        return [(r.id, entries[r.id]) for r in saved]

    def undo(self, change: str, by: str) -> None:
        """Take back the conversations noted in one step, by an entry of the history of one of them, all or none.

        Raises NotFoundError for an entry of anything else, ConflictError when something was done to one of them since.
        """
        if self.records.change(change).label != Outreach.label:
            raise NotFoundError(
                msg("There is no such entry in the history."), hint=msg("Look at the record's history.")
            )
        try:
            self.records.undo_step(change, by)
        except ConflictError as conflict:
            raise ConflictError(
                msg("One of these conversations was changed since, so none was taken back."),
                hint=msg("Change them one by one among the past suggestions."),
            ) from conflict

    def plan(self, path: Path, profile: str, progress: Callable[[int], None] = lambda rows: None) -> ImportPlan:
        """What importing the file would write; writes nothing. Close it, or use it in a ``with``."""
        words = self.vocabulary()
        with using(lambda: words):  # one for all of its rows
            plan = read_plan(path, self.profiles.load(profile), importing.known_organisations(self.store), progress)
        try:
            losses, absent = importing.against(self.store, plan)
            return replace(plan, losses=losses, absent=absent)
        except GraphsvcError:
            plan.on_close()
            raise

    def write(self, plan: ImportPlan, progress: importing.Progress | None = None, *, by: str = "") -> None:
        """Write a plan: one unit, which may be run again after a crash."""
        importing.write(self.store, plan, progress, by)

    def check_import(self, path: Path, profile: str) -> ImportReport:
        """What an import would do; writes nothing."""
        with self.plan(path, profile) as plan:
            return ImportReport.of(plan)

    def run_import(self, path: Path, profile: str, *, by: str) -> ImportReport:
        """Import; one unit. ``by`` is kept with it."""
        with self.plan(path, profile) as plan:
            self.write(plan, by=by)
            return ImportReport.of(plan)
