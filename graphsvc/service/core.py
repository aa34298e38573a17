"""The open service: reads through caches that know the store's version, writes through the store."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from graphsvc import metrics
from graphsvc.config import Settings
from graphsvc.demo.world import SOURCE
from graphsvc.exports.download import Download, DownloadFormat, download
from graphsvc.ingest.plan import read_plan
from graphsvc.ingest.profile import shipped
from graphsvc.kernels.layout import force_layout
from graphsvc.metrics import Measures
from graphsvc.model.imports import ImportPlan
from graphsvc.model.network import Network
from graphsvc.model.organisations import Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Partnership
from graphsvc.model.vocabulary import Vocabulary
from graphsvc.service.analysis import Analysis
from graphsvc.service.aside import Aside
from graphsvc.service.cache import Cache, Fresh
from graphsvc.service.content import Content
from graphsvc.service.jobs import Jobs
from graphsvc.service.learning import Learner
from graphsvc.service.mail import Mail
from graphsvc.service.proposals import Proposals, Standing
from graphsvc.service.ranking import Ranker, Ranking, work_out
from graphsvc.service.report import ImportReport
from graphsvc.service.scenarios import Scenarios
from graphsvc.service.shelf import Shelf
from graphsvc.service.steady import KnownAccounts, Steady
from graphsvc.service.still import Still
from graphsvc.service.works import works
from graphsvc.snapshot import Scope, Snapshot, take
from graphsvc.snapshot.choose import choose
from graphsvc.snapshot.csr import Floats
from graphsvc.store import importing
from graphsvc.store.animation import Animation
from graphsvc.store.driver import Store
from graphsvc.store.network import read_network
from graphsvc.store.network_changes import updated
from graphsvc.store.network_state import State, changed_since, fingerprint
from graphsvc.store.operators import Operators
from graphsvc.store.record_reading import Found
from graphsvc.store.records import Records
from graphsvc.store.suggestions import Suggestions
from graphsvc.store.surveys import Surveys
from graphsvc.store.views import Views
from graphsvc.store.vocabularies import Vocabularies
from graphsvc.suggest import Engine, Suggestion
from graphsvc.suggest.evidence import evidence
from graphsvc.suggest.model import Model

RANKED = 200
"""Suggestions ranked for the whole network: what pages show is taken from them."""
MOST_CHANGED = 2_000
"""Records written since a network was read from which on it is read as a whole."""
NEAR = 512
"""Organisations whose suggestions are kept: their page and its picture show the same."""
SNAPSHOTS = 24
"""Snapshots kept, each with its measures, layout and suggestions when asked for."""


@dataclass(frozen=True, slots=True)
class _Key:
    """What a snapshot was taken of; equal keys give equal snapshots (with ``Content.ties``: but for outreach)."""

    content: str
    as_of: date | None
    scope: Scope
    chosen: tuple[tuple[str, tuple[str, ...]], ...]


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
        self.surveys = Surveys(store, self.vocabulary)
        self.mail = Mail(settings)
        self.proposals = Proposals(self, Suggestions(store))
        self.scenarios = Scenarios(self)
        self.analysis = Analysis(self)
        self.jobs = Jobs(settings.data_dir / "jobs", works(self))
        self.aside = Aside()
        self.learner = Learner(settings.data_dir / "models", self.aside)
        self.ranker = Ranker()
        self.profiles: Sequence[str] = shipped()
        self._shelf = Shelf(settings.data_dir / "networks")
        self._contents = Cache(2)
        self._latest: Content | None = None
        self._snapshots = Cache(SNAPSHOTS)
        self._derived = Cache(4 * SNAPSHOTS)
        self._tied: WeakKeyDictionary[Snapshot, _Key] = WeakKeyDictionary()
        self._near: WeakKeyDictionary[Engine, Cache] = WeakKeyDictionary()
        self._places: Mapping[str, Floats] = {}

    def ready(self) -> None:
        """Returns when the database answers; raises DatabaseError."""
        self.store.version()

    def secret_key(self) -> bytes:
        """32 random bytes that sign sessions, made once and kept in a file that only the owner can read."""
        path = self.settings.data_dir / "session.key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(32))
            try:
                path.hardlink_to(fresh)  # the first process wins; the others read its key
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_bytes()

    def made_up(self) -> bool:
        """Whether the network holds the made-up region: every page then says so."""
        content = self._content()
        return self._derived.get(
            ("made up", content.digest),
            lambda: bool(pc.any(pc.equal(content.network.partnerships["source"], SOURCE.file)).as_py()),
        )

    def label(self, scheme: str, code: str, language: str) -> str:
        """A vocabulary code in words; the code itself where it is unknown."""
        return self.vocabulary().label(scheme, code, language)

    def vocabulary(self) -> Vocabulary:
        """All codes, labels and limits as the centre has set them; what another process set holds within seconds."""
        return self._words.get()

    def reword(self) -> None:
        """The vocabulary was changed here: what is read next has it."""
        self._words.drop()

    def warm(self) -> None:
        """Compute what the first pages need, so that nobody waits for compilation or for a query to be planned."""
        snapshot = self.snapshot()
        self.measure(snapshot)
        self.layout(snapshot)
        self.ranked()
        today = date.today()  # noqa: DTZ011 the day where the service runs
        self.animation.kpis(today.replace(month=1, day=1), today)
        self.animation.demand(today)

    def close(self) -> None:
        """Stop what runs in the background; the store is closed by who opened it."""
        self.jobs.stop()
        self.aside.close()
        self.learner.close()
        self.ranker.close()

    # reading

    def steady(self) -> AbstractContextManager[None]:
        """Within, everything is read from one state of the database, as it was asked for first: to make a page in."""
        return self._steady.held()

    def network(self) -> Network:
        """The whole network; read again only when the store has changed."""
        return self._content().network

    def _content(self) -> Content:
        return self._contents.get(self._steady.version(), self._read)

    def _read(self) -> Content:
        """What was written may have nothing to do with the network: then all that was computed still holds."""
        state = fingerprint(self.store)
        fresh = self._shelf.get(state.text())
        if fresh is None:
            fresh = self._brought_up_to(state) or Content.of(read_network(self.store))
            if fingerprint(self.store) == state:  # nobody wrote meanwhile
                fresh = self._shelf.put(state.text(), fresh)
        if self._latest is None or self._latest.digest != fresh.digest:
            self._latest = fresh
        return self._latest

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
        return Content.of(network) if network else None

    def snapshot(
        self,
        *,
        as_of: date | None = None,
        scope: Scope = "ever",
        **filters: Sequence[str],
    ) -> Snapshot:
        """The network as of a date (None: all of it), kept to what the filters (of ``choose``) name."""
        chosen = tuple((name, tuple(sorted(codes))) for name, codes in sorted(filters.items()) if codes)
        content = self._content()
        key = _Key(content.digest, as_of, scope, chosen)
        snapshot = self._snapshots.get(key, lambda: take(choose(content.network, **filters), as_of, scope))
        self._tied[snapshot] = replace(key, content=content.ties)
        return snapshot

    def measure(self, snapshot: Snapshot) -> Measures:
        """All measures of a snapshot."""
        tied = self._tied.get(snapshot, snapshot)
        return self._derived.get(("measures", tied), lambda: metrics.measure(snapshot))

    def layout(self, snapshot: Snapshot) -> Floats:
        """Position of each organisation, float64 [organisations, 2].

        An organisation stands where it stands in the whole network: no filter and no date moves it, and what is
        written moves it little.
        """
        whole = self.snapshot()
        places = self._derived.get(("layout", self._tied.get(whole, whole)), lambda: self._laid_out(whole))
        return places if snapshot is whole else places[[whole.index.get(id, 0) for id in snapshot.ids]]

    def _laid_out(self, whole: Snapshot) -> Floats:
        known = self._places
        start = np.array([known.get(id, (np.nan, np.nan)) for id in whole.ids]).reshape(-1, 2)
        places = force_layout(whole.graph, start)
        self._places = dict(zip(whole.ids, places, strict=True))
        return places

    def suggestions(self, snapshot: Snapshot, organisation: int | None = None, limit: int = 50) -> Sequence[Suggestion]:
        """Best first; for one organisation (row) or the whole network. Raises NothingToSuggestError."""
        engine = self.engine(snapshot)
        if organisation is not None:
            near = self._near.setdefault(engine, Cache(NEAR))
            key = (engine.memory.end, organisation, limit)
            return near.get(key, lambda: engine.for_organisation(organisation, limit))
        return self._derived.get(("suggestions", engine, limit), lambda: engine.overall(limit))

    def ranked(self) -> Ranking:
        """The best suggestions of the whole network; while they are worked out anew, what still holds of the last."""
        found, still = self._ranking()
        if still is None:
            return found
        return self._derived.get(
            ("ranked", still), lambda: Ranking(self.snapshot(), still.suggestions(found.suggestions), found.seconds)
        )

    def standing(self) -> Standing:
        """All links of the whole network, of which ``ranked`` are the best."""
        found, still = self._ranking()
        return Standing(found.engine, found.board, still) if found.engine else Standing(self.engine(self.snapshot()))

    def worked_out(self) -> bool:
        """Whether the suggestions of the network as it is now are worked out; waits for them a moment."""
        self._ranking()
        return self.ranker.done(self._to_rank())

    def _ranking(self) -> tuple[Ranking, Still | None]:
        """The last ranking, and what still holds of it when it is one of before."""
        now = self.snapshot()
        found = self.ranker.latest(self._to_rank(), now, self._rank)
        if found.engine is None or found.snapshot is now:
            return found, None
        return found, self._derived.get(("still", found, now), lambda: Still(found.snapshot, now, self.engine(now)))

    def _to_rank(self) -> Hashable:
        """What a ranking is made of: the network, what it has taught, and the day, on which refusals end."""
        content = self._content()
        return content.digest, id(self._model(content)), date.today()  # noqa: DTZ011 the day where the service runs

    def _rank(self, whole: Snapshot) -> Ranking:
        engine = self.engine(whole)
        found = self.aside.call(work_out, whole.network, whole.as_of, engine.model, RANKED)
        if found is None:
            return Ranking(whole, ())
        vars(engine)["links"] = found.links
        best = found.suggestions[0]
        engine.for_organisation(best.a)  # what it needs for reasons is made here, not for the first who asks
        evidence(engine, best.a, best.b, 0.0)
        return Ranking(whole, found.suggestions, engine=engine, board=found.board)

    def engine(self, snapshot: Snapshot) -> Engine:
        """What makes the suggestions of a snapshot, with the likelihood that the whole network has taught."""
        model = self._model(self._content())
        return self._derived.get(
            ("engine", snapshot, id(model)), lambda: Engine(snapshot.network, snapshot.as_of, model=model)
        )

    def _model(self, content: Content) -> Model:
        return self.learner.model(content.ties, lambda: content.network)

    def learn(self) -> Model:
        """The likelihood model of the network as it is now, waited for."""
        content = self._content()
        return self.learner.model(content.ties, lambda: content.network, wait=True)

    def search(self, text: str, limit: int = 20) -> Sequence[Found]:
        """Records by name and number, diacritics and case folded, best first."""
        return self.records.search(text, limit=limit)

    def organisation(self, id: str) -> Organisation:
        """Raises NotFoundError."""
        return self.records.typed(id, Organisation)

    def partnership(self, id: str) -> Partnership:
        """Raises NotFoundError."""
        return self.records.typed(id, Partnership)

    def export(
        self,
        snapshot: Snapshot,
        format: DownloadFormat,
        language: str,
        filters: str = "",
        rows: npt.NDArray[np.int64] | None = None,
    ) -> Download:
        """The snapshot as a file, or only some ``rows`` of it; ``filters``: what it was kept to, in words that give
        it again."""
        return download(snapshot, self.measure(snapshot), format, language, filters=filters, rows=rows)

    # writing

    def keep_outreach(self, records: Sequence[Outreach], by: str) -> Sequence[tuple[str, str]]:
        """Save conversations in one step; the id of each and of its entry in the history."""
        saved = self.records.save_many(records, by)
        entries = self.records.newest_changes([r.id for r in saved])
        return [(r.id, entries[r.id]) for r in saved]

    def undo(self, change: str, by: str) -> None:
        """Take back what an entry of the history did."""
        self.records.undo(change, by)

    def plan(self, path: Path, profile: str, progress: Callable[[int], None] = lambda rows: None) -> ImportPlan:
        """What importing the file would write; writes nothing. Close it, or use it in a ``with``."""
        return read_plan(path, profile, importing.known_organisations(self.store), progress)

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
