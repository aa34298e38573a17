"""Suggestions as pages ask for them: filtered, weighed anew, with evidence, decided about, planned and remembered."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary, ref

import numpy as np
import numpy.typing as npt

from graphsvc.errors import InputError, NothingToSuggestError, Place
from graphsvc.exports.download import Download, table_download
from graphsvc.exports.provenance import Provenance
from graphsvc.exports.suggestions import likelihood_from, suggestions_table
from graphsvc.exports.tables import TableFormat
from graphsvc.i18n import msg
from graphsvc.model.outreach import Outreach
from graphsvc.model.suggested import Past, SavedScenario, Shown
from graphsvc.model.validation import typed
from graphsvc.service.cache import Cache
from graphsvc.service.content import Content
from graphsvc.service.still import Still
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Int64s
from graphsvc.suggest import Engine, Suggestion, memory
from graphsvc.suggest.board import Board
from graphsvc.suggest.evidence import Evidence, evidence
from graphsvc.suggest.history import History
from graphsvc.suggest.memory import DEFERRED, REFUSED, TALKING
from graphsvc.suggest.outcomes import Outcomes, outcomes, rest
from graphsvc.suggest.plan import Plan, plan
from graphsvc.suggest.ranking import QUICK_WINS, Links, Ranked, preset_of
from graphsvc.suggest.seen import Seen
from graphsvc.suggest.value import shares
from graphsvc.suggest.whom import ANYBODY, Whom, nothing_fits

T = TypeVar("T")
BOARDS = 32
PAGES = 64
"""Answers kept of each engine: a page of suggestions orders all links that there are."""


class Kept(Protocol):
    """Where suggestions are kept (``graphsvc.store.suggestions``)."""

    def note(self, pairs: Iterable[tuple[str, str]], by: str, day: date, *, ignored: bool = False) -> int: ...
    def take_back(self, a: str, b: str) -> None: ...
    def shown(self) -> Sequence[Shown]: ...
    def past(self) -> Sequence[Past]: ...
    def scenarios(self) -> Sequence[SavedScenario]: ...
    def keep_scenario(self, scenario: SavedScenario) -> None: ...
    def delete_scenario(self, id: str, *, back: bool = False) -> str: ...


class Core(Protocol):
    """What makes the engine, and where decisions are saved."""

    def content(self) -> Content: ...
    def snapshot(self) -> Snapshot: ...
    def engine(self, snapshot: Snapshot) -> Engine: ...
    def standing(self) -> Standing: ...
    def keep_outreach(self, records: Sequence[Outreach], by: str) -> Sequence[tuple[str, str]]: ...
    def undo(self, change: str, by: str) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What pages choose from: an engine with every link of its network (made when None), and what still holds of them
    where the network has changed since."""

    engine: Engine
    board: Board | None = None
    still: Still | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for.

    likelihood : in [0, 1], against the parts of value, which ``weights`` weigh
    organisation : id; "" for the whole network
    """

    likelihood: float
    weights: Mapping[str, float]
    organisation: str = ""
    whom: Whom = ANYBODY

    @property
    def key(self) -> Hashable:
        """Equal for equal wishes."""
        return self.likelihood, *sorted(self.weights.items()), self.organisation, self.whom


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A page of suggestions, of ``total``. ``lacking``: parts of value that are asked for and that no link has."""

    suggestions: Sequence[Suggestion]
    evidence: Sequence[Evidence]
    total: int
    lacking: Sequence[str] = ()


class Proposals:
    """Raises what the core raises, and NothingToSuggestError where nothing fits. Safe to share between threads."""

    def __init__(self, core: Core, kept: Kept, boards: Cache | None = None) -> None:
        self._core, self.kept = core, kept
        self._boards = boards or Cache(BOARDS)
        self._answers: WeakKeyDictionary[Engine, Cache] = WeakKeyDictionary()
        self._deciding = Lock()

    @property
    def engine(self) -> Engine:
        """Of the whole network as it is now; the one that knows all its links where there is one."""
        base = self._core.standing()
        return base.engine if base.still is None else self._now

    @property
    def seen(self) -> Seen:
        """What was shown of the network of ``engine``."""
        return Seen(self.engine.ids, self.kept.shown())

    @property
    def _now(self) -> Engine:
        return self._core.engine(self._core.snapshot())

    def find(self, wish: Wish, skip: int, limit: int) -> Found:
        """Suggestions ``skip`` to ``skip + limit``, best first, with their evidence; rows of the network as it is."""
        base = self._base(wish)
        return self._once(base, wish, (skip, limit), lambda shown: self._found(base, wish, skip, limit, shown))

    def _base(self, wish: Wish) -> Standing:
        return Standing(self._now) if wish.organisation else self._core.standing()

    def _once(self, base: Standing, wish: Wish, asked: Hashable, answer: Callable[[Sequence[Shown]], T]) -> T:
        """The answer to what was asked before, as long as nothing that it rests on has changed, what was shown among
        it."""
        shown = self.kept.shown()
        board = base.board and ref(base.board)  # a key keeps no board of before in memory
        key = (base.engine.memory.end, board, base.still, wish.key, asked, frozenset(shown))
        return self._answers.setdefault(base.engine, Cache(PAGES)).get(key, lambda: answer(shown))

    def _found(self, base: Standing, wish: Wish, skip: int, limit: int, shown: Sequence[Shown]) -> Found:
        engine, still, board = base.engine, base.still, self._asked(base, wish, shown)
        ranked = board.ranked(wish.weights, wish.likelihood, skip + limit)
        some = ranked.keep(np.arange(len(ranked.score))[skip:])
        made = engine.explained(some, Seen(engine.ids, shown))
        rises = board.rise(some, engine.value.distances).tolist()
        why = [evidence(engine, s.a, s.b, rise) for s, rise in zip(made, rises, strict=True)]
        if still:
            made, why = [still.suggestion(s) for s in made], [still.evidence(e) for e in why]
        lacking = [name for name in shares(board.parts, wish.likelihood, wish.weights) if not board.parts[name].any()]
        return Found(made, why, len(board.links.a), lacking)

    def pair(self, a: str, b: str) -> tuple[Suggestion, Evidence]:
        """Two organisations (ids), whether or not they would be suggested. Raises NothingToSuggestError where they are
        one, or work together already."""
        engine = self._now
        one, other = engine.row_of(a), engine.row_of(b)
        if one == other:
            raise NothingToSuggestError(msg("A link needs two different organisations."))
        i, j = np.array([one]), np.array([other])
        if other in engine.ground.tied.row(one) or engine.planned(i, j)[0]:
            raise NothingToSuggestError(
                msg("They work together, did so, or have it planned."),
                hint=msg("Choose two organisations that don't work together yet."),
            )
        if engine.kin(i, j)[0]:
            raise NothingToSuggestError(msg("One of them founded the other, or both have the same founder."))
        engine.check_present(one)
        engine.check_present(other)
        chance = engine.chance(i, j)
        ranked = Ranked(Links(i, j, chance), engine.value.of(i, j), chance, np.ones(1), {})
        (made,) = engine.explained(ranked, Seen(engine.ids, self.kept.shown()))
        (rise,) = engine.value.distances.efficiency_gain(i, j).tolist()
        return made, evidence(engine, one, other, rise)

    def among(self, rows: Int64s, limit: int, organisation: str = "") -> Sequence[Suggestion]:
        """The best links between some organisations (rows of the network as it is), or of one (id) with them, by the
        weights of quick wins."""
        usual = preset_of(QUICK_WINS)
        wish = Wish(usual.likelihood, usual.parts, organisation)
        base, inside = self._base(wish), np.zeros(len(self._core.snapshot().ids), bool)
        inside[rows] = True

        def best(shown: Sequence[Shown]) -> Sequence[Suggestion]:
            engine, still = base.engine, base.still
            board = self._asked(base, wish, shown)
            links = still.board(board).links if still else board.links
            board = board.keep(inside[links.a] & inside[links.b])
            made = engine.explained(board.ranked(wish.weights, wish.likelihood, limit), Seen(engine.ids, shown))
            return [still.suggestion(s) for s in made] if still else made

        return self._once(base, wish, (limit, inside.tobytes()), best)

    def at_hand(self, wish: Wish) -> Board:
        """The links among which a page finds the best for any weights by itself."""
        base = self._base(wish)

        def near(shown: Sequence[Shown]) -> Board:
            board = self._asked(base, wish, shown).at_hand(wish.weights, wish.likelihood)
            return base.still.board(board) if base.still else board

        return self._once(base, wish, (), near)

    def plan(
        self,
        wish: Wish,
        budget: int,
        per_organisation: int | None,
        per_territory: Mapping[str, int] | None,
    ) -> Plan:
        """The conversations to start that together bring most; see ``suggest.plan``."""
        base = self._base(wish)
        base = base if base.still is None else Standing(self._now)
        ranked = self._asked(base, wish, self.kept.shown()).ranked(wish.weights, wish.likelihood)
        return plan(base.engine, ranked, budget, per_organisation=per_organisation, per_territory=per_territory)

    def outcomes(self) -> Outcomes:
        """What became of everything that was suggested."""
        try:
            history = self.engine.history
        except NothingToSuggestError:  # people talk about pairs also where nobody works with anybody (any more)
            history = History.of(self._core.snapshot().network)
        ids = history.network.organisations["id"].to_pylist()
        return outcomes(history, ids, self.kept.past(), self.kept.shown(), date.today())

    def export(
        self,
        suggestions: Sequence[Suggestion],
        format: TableFormat,
        language: str,
        more: Mapping[str, Sequence[Any]] | None = None,
        *,
        filters: str,
        chosen_from: int,
    ) -> Download:
        """Suggestions as a file, in their order; ``more``: columns at the end.

        filters : what was asked for, as it stands in an address
        chosen_from : how many pairs there were to choose from
        """
        whole = self._core.snapshot()
        table = suggestions_table(whole.network, suggestions, language, more)
        parameters = {"pairs": len(suggestions), "chosen_from": chosen_from, **likelihood_from(suggestions)}
        data = self._core.content().digest
        provenance = Provenance.of(whole, data, filters=filters, parameters=parameters, planned=False)
        return table_download([table], provenance, format)

    def _asked(self, base: Standing, wish: Wish, shown: Sequence[Shown]) -> Board:
        engine = base.engine
        row = engine.row_of(wish.organisation) if wish.organisation else None
        board = base.board or self._board(engine, row)
        fits = wish.whom.fits(engine, board.links, alone=row is not None)
        fits &= base.still.fits(board.links.a, board.links.b) if base.still else True
        if not fits.any():
            raise nothing_fits()
        board = board.sunk(Seen(engine.ids, shown).factor(board.links.a, board.links.b))
        return board if fits.all() else board.keep(fits)

    def _board(self, engine: Engine, row: int | None) -> Board:
        board: Board = self._boards.get(("board", engine, engine.memory.end, row), lambda: Board.of(engine, row))
        return board

    # What people did

    def decide(
        self,
        pairs: Sequence[tuple[str, str]],
        status: str,
        *,
        by: str,
        reason: str = "",
        text: str = "",
        until: date | None = None,
        assigned_to: Sequence[str] = (),
    ) -> Sequence[tuple[str, str]]:
        """Keep what was decided about pairs (ids): one conversation each, in one step. The id of each and of its
        entry in the history, for ``undo``.

        ``status``: scheme suggestion_status; ``reason`` (scheme refusal_reason) and ``text``: why not; ``until``: not
        to be suggested before; ``assigned_to``: by pair, who talks with them. Raises InputError for a day not to come,
        and for a conversation with two who are being talked with or are named twice.
        """
        today = date.today()
        if until and until <= today:
            raise InputError(
                msg("%(day)s is no day to come: they could be suggested again at once.", day=until.isoformat()),
                place=Place(field="until"),
                hint=msg("Name a day to come."),
            )
        if status in (REFUSED, DEFERRED):
            until = rests_until(until)
        with self._deciding:  # else two who ask at the same instant would both be let through
            engine = self.engine
            rows = [(engine.row_of(a), engine.row_of(b)) for a, b in pairs]
            i, j = (np.array([pair[end] for pair in rows], np.int64) for end in (0, 1))
            if status == TALKING:
                _check_free(engine, rows, engine.memory.talked_with(i, j))
            records = [
                typed(
                    Outreach,
                    {
                        "pair": tuple(sorted(pair)),
                        "status": status,
                        "score": round(chance, 4),
                        "decided_on": today,
                        "decided_by": by,
                        "assigned_to": assigned_to[k] if k < len(assigned_to) else "",
                        "refusal_reason": reason,
                        "refusal": text,
                        "not_before": until,
                    },
                )
                for k, (pair, chance) in enumerate(zip(pairs, engine.chance(i, j).tolist(), strict=True))
            ]
            return self._core.keep_outreach(records, by)

    def free(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of the pairs (ids) that nobody talks with now, both of whom are there still."""
        engine = self.engine
        at = {id: row for row, id in enumerate(engine.ids)}
        there = [pair for pair in pairs if all(id in at for id in pair)]
        rows = np.array([[at[id] for id in pair] for pair in there], np.int64).reshape(-1, 2)
        talked = engine.memory.talked_with(rows[:, 0], rows[:, 1])
        return [pair for pair, busy in zip(there, talked.tolist(), strict=True) if not busy]

    def rests(self, pair: tuple[str, str]) -> date | None:
        """The day before which two (ids) that said no, or not now, are not suggested; see ``outcomes.rest``."""
        return rest([p for p in self.kept.past() if {p.a, p.b} == set(pair)])

    def undo(self, change: str, by: str) -> None:
        """Take back what ``decide`` kept in one step, by one of its entries in the history."""
        self._core.undo(change, by)

    def note(self, pairs: Iterable[tuple[str, str]], by: str, *, ignored: bool = False) -> None:
        """Count pairs (ids) as shown to somebody today, or as ignored."""
        self.kept.note(pairs, by, date.today(), ignored=ignored)


def rests_until(chosen: date | None = None) -> date:
    """The day before which a pair that says no, or not now, today isn't suggested: the one chosen, else in a year."""
    return memory.rests_until(date.today(), chosen)


def _check_free(engine: Engine, pairs: Sequence[tuple[int, int]], talking: npt.NDArray[np.bool_]) -> None:
    """Raises InputError where one of the pairs (rows) is talked with (``talking``) or stands among them twice."""
    for k, pair in enumerate(pairs):
        if talking[k] or set(pair) in map(set, pairs[:k]):
            raise InputError(
                msg(
                    "%(one)s and %(other)s are in a conversation already; nothing was noted.",
                    one=engine.history.names[pair[0]],
                    other=engine.history.names[pair[1]],
                ),
                place=Place(field="pair"),
                hint=msg("Look among the past suggestions who talks with them."),
            )
