"""Suggestions for a network as of a day: candidates, their likelihood and value, the best with their reasons."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import Message, msg, nmsg
from graphsvc.kernels._run import spread
from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.candidates import WIDE, Candidates, Width
from graphsvc.suggest.explanations import Explainer
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import NEVER, History, end_of
from graphsvc.suggest.lookup import row_meant
from graphsvc.suggest.memory import Memory
from graphsvc.suggest.model import Model, in_order
from graphsvc.suggest.pairs import pair_keys
from graphsvc.suggest.ranking import QUICK_WINS, Links, Ranked, preset_of, rank
from graphsvc.suggest.seen import NOTHING_SEEN, Seen
from graphsvc.suggest.suggestion import Suggestion
from graphsvc.suggest.train import train
from graphsvc.suggest.value import Preset, Value

PAIRS_AT_ONCE = 16_384
"""Pairs whose features are kept at a time by each thread: bounds the memory."""
FEATURE_STEPS = 1000
"""Rough cost of a pair's features, see ``spread``."""
FEW, FEW_THERE = 60, 500
"""Known organisations, and organisations at all, up to which every pair is looked at."""


class Engine:
    """Everything that suggestions of one network and day share; made once, then asked many times.

    Raises NothingToSuggestError where no two organisations are left to bring together.
    """

    def __init__(self, network: Network, as_of: date | None = None, *, model: Model | None = None, seed: int = 0):
        self.history = History.of(network)
        self.attributes = Attributes(network)
        self.end = end_of(as_of)
        if network.organisations.num_rows < 3:
            raise NothingToSuggestError(
                nmsg(
                    "A network of %(n)s organisation has nothing to suggest.",
                    "A network of %(n)s organisations has nothing to suggest.",
                    network.organisations.num_rows,
                ),
                hint=msg("Add organisations and their partnerships first."),
            )
        self.ground = Ground(self.history.until(self._last_day()), self.attributes, self._known_until())
        if not len(self.ground.tied.indices):
            yet = msg("No two organisations have worked together yet, so there is nothing to learn from.")
            by = msg("No two organisations have worked together by this day, so there is nothing to learn from.")
            add = msg("Add partnerships with two or more members.")
            later = msg("Add partnerships with two or more members, or choose a later day.")
            raise NothingToSuggestError(yet if as_of is None else by, hint=add if as_of is None else later)
        self._seed = seed
        if model is not None:
            self.__dict__["model"] = model  # so that nobody who brings one waits for another's training (bpo-87634)
        self._memory: Memory | None = None
        self._value: Value | None = None
        self._candidates: dict[Width, Candidates] = {}

    @property
    def way_out(self) -> Message:
        """What to do where all who could meet have met."""
        if self.end == NEVER:
            return msg("Add organisations.")
        earlier = msg("Add organisations, or choose an earlier day.")
        return earlier if self.present.sum() > 1 else msg("Choose a later day.")

    def taught(self, model: Model) -> Engine:
        """The same with another model: what does not rest on it is shared."""
        other = copy(self)
        for rests_on_it in ("explainer", "links"):
            vars(other).pop(rests_on_it, None)
        vars(other)["model"] = model
        return other

    def knowing(self, links: Links) -> Engine:
        """The same, with the links that were found by another one of the same network and model."""
        vars(self)["links"] = links
        return self

    def _last_day(self) -> int:
        """The day asked about, but no later than what has begun: the age of partnerships counts from there, and nobody
        knows yet what follows those that are planned."""
        dated = self.history.until(self._known_until()).dated
        return min(self.end, dated[1] + 1) if dated else self._known_until()

    @cached_property
    def model(self) -> Model:
        """Trained on what began before the day; the shipped prior where that is too little."""
        return train(self.history, self.attributes, self._known_until(), self._seed)

    @cached_property
    def space(self) -> Space:
        """Features of the day."""
        return Space(self.ground)

    @property
    def value(self) -> Value:
        """What links would bring; needs and offers are those of the day of ``memory``."""
        if self._value is None or self._value.end != self.memory.end:
            self._value = Value(self.ground, self.memory.end)
        return self._value

    @property
    def memory(self) -> Memory:
        """What became of earlier suggestions, as of the day asked about, else of today: a refusal lasts to its day."""
        end = self._known_until()
        if self._memory is None or self._memory.end != end:
            self._memory = Memory(self.attributes, end)
        return self._memory

    def _known_until(self) -> int:
        return min(self.end, end_of(date.today()))

    @cached_property
    def explainer(self) -> Explainer:
        """Finds the words."""
        return Explainer(self.ground, self.model, lambda: self.value)

    @cached_property
    def present(self) -> np.ndarray:
        """Organisations that exist on the day, bool [organisations]."""
        return (self.history.registered < self._known_until()) & ~self.ground.ended

    def allowed(self, a: Int64s, b: Int64s) -> npt.NDArray[np.bool_]:
        """Which pairs may be suggested, bool [pairs]: see ``Memory.allowed``; none whose first partnership is planned,
        and no ``kin``."""
        may: npt.NDArray[np.bool_] = self.memory.allowed(a, b) & ~self.kin(a, b) & ~self.planned(a, b)
        return may

    def kin(self, a: Int64s, b: Int64s) -> npt.NDArray[np.bool_]:
        """Of whom one founded the other, or its founder, or who have the same, who acts for both; bool [pairs]."""
        acting = self.attributes.acting
        kin: npt.NDArray[np.bool_] = acting[a] == acting[b]
        return kin

    def planned(self, a: Int64s, b: Int64s) -> npt.NDArray[np.bool_]:
        """Whose first partnership is on record but begins after the day of the suggestions, bool [pairs]."""
        return np.isin(pair_keys(a, b, self.history.organisations), self._planned)

    @cached_property
    def _planned(self) -> Int64s:
        """Keys of the pairs whose first partnership is yet to begin."""
        met = self.history.meetings
        later = (met.first >= self.ground.past.end) & ((met.first < self.end) | (self.end == NEVER))
        a, b = met.a[later].astype(np.int64), met.b[later].astype(np.int64)
        return pair_keys(a, b, self.history.organisations)

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the organisations, by row."""
        ids: list[str] = self.history.network.organisations["id"].to_pylist()
        return ids

    def row_of(self, organisation: int | str) -> int:
        """The row of an organisation given by row, id or name, see ``row_meant``."""
        return row_meant(organisation, self.ids, self.history.names)

    def pairs(self, rows: Int64s, width: Width) -> tuple[Int64s, Int64s]:
        """Candidate pairs (i, j) with i among ``rows``, sorted by i."""
        if len(self.ground.known) <= FEW and self.history.organisations <= FEW_THERE:
            return self._every_pair(rows)
        if width not in self._candidates:
            self._candidates[width] = Candidates(self.ground, ~self.present, width, *self.value.wanted)
        return self._candidates[width].of(rows)

    def _every_pair(self, rows: Int64s) -> tuple[Int64s, Int64s]:
        there = np.flatnonzero(self.present)
        i, j = np.repeat(rows, len(there)), np.tile(there, len(rows))
        tied = np.asarray(self.ground.tied.to_scipy()[i, j]).ravel() > 0 if len(i) else np.zeros(0, bool)
        keep = (i != j) & ~tied
        return i[keep], j[keep]

    def likelihood(self, i: Int64s, j: Int64s) -> Floats:
        """Probability that i and j begin to work together, float64 [pairs], seen from i's side (see
        ``Model.probability``)."""
        said, order = self._spread(self.model.told, i, j)
        return self._in_cold_order(i, said, order)

    def _in_cold_order(self, i: Int64s, said: Floats, order: Floats) -> Floats:
        """Likelihoods as ``Model.told`` gives them, those of a newcomer's pairs in the order that newcomers taught."""
        if self.model.cold:
            new = self.ground.idle[i]
            said[new] = in_order(i[new], said[new], order)
        return said

    def _spread(
        self, told: Callable[[Space, Int64s, Int64s], tuple[Floats, ...]], i: Int64s, j: Int64s
    ) -> list[Floats]:
        """What the model says of pairs, in several threads."""
        chunks = max(-(-len(i) // PAIRS_AT_ONCE), 1)
        if chunks > 1:
            # made once, before several threads ask for it at the same time
            told(self.space, i[:1], j[:1])
        parts = spread(lambda a, b: told(self.space, i[a:b], j[a:b]), len(i), FEATURE_STEPS * len(i), chunks)
        return [np.concatenate(arrays) for arrays in zip(*parts, strict=True)]

    def for_organisation(
        self, organisation: int | str, limit: int = 10, preset: Preset | str = QUICK_WINS, seen: Seen = NOTHING_SEEN
    ) -> list[Suggestion]:
        """The best for one organisation, best first; ``preset``: how likelihood and value are weighed."""
        return self.best(self.links_of(self.row_of(organisation)), limit, preset, seen)

    def links_of(self, row: int) -> Links:
        """Candidate links of one organisation, which is ``a``, that may be suggested. Raises NothingToSuggestError."""
        self.check_present(row)
        i, j = self.pairs(np.array([row]), WIDE)
        may = self.allowed(i, j)
        if not may.any():
            raise NothingToSuggestError(
                msg(
                    "All whom %(name)s could meet have worked with it, have it planned, are being asked, or said no.",
                    name=self.history.names[row],
                ),
                hint=self.way_out,
            )
        return Links(i[may], j[may], self.likelihood(i[may], j[may]))

    def check_present(self, row: int) -> None:
        """Raises NothingToSuggestError where an organisation is there no longer, or not yet."""
        if not self.present[row]:
            raise NothingToSuggestError(
                msg("%(name)s has ended or has not begun, so nobody is suggested to it.", name=self.history.names[row]),
                hint=msg("If that is wrong, correct the days from and to which it is active."),
            )

    def chance(self, i: Int64s, j: Int64s) -> Floats:
        """Probability that i and j begin to work together, the mean of both sides', float64 [pairs]. It is what people
        are told, and of what was counted how often it came true: of a pair the same on every page, also where an order
        that newcomers taught, or one side's view, says who stands first."""
        there, _, back, _ = self._spread(self.model.told_both, np.minimum(i, j), np.maximum(i, j))
        return (there + back) / 2

    def chances(self, links: Links) -> Floats:
        """``chance`` of some of ``links``, whose probability is the same where no order of newcomers is in it."""
        found, idle = links.probability.copy(), self.ground.idle
        if self.model.cold:
            new = idle[links.a] | idle[links.b]
            found[new] = self.chance(links.a[new], links.b[new])
        return found

    def overall(
        self, limit: int = 50, preset: Preset | str = QUICK_WINS, seen: Seen = NOTHING_SEEN
    ) -> list[Suggestion]:
        """The best of the whole network, best first; a pair's probability is the mean of both sides'."""
        return self.best(self.links, limit, preset, seen)

    @cached_property
    def links(self) -> Links:
        """All candidate pairs, a < b, once each, with their probability.

        They stand by the home of a: who is suggested to neighbours is mostly the same, and stays in the processor's
        cache from pair to pair.
        """
        return self._between(np.flatnonzero(self.present))

    def links_among(self, some: Int64s) -> Links:
        """Those of ``links`` whose ends are both among ``some``, in any order; the others are not worked out for it."""
        if "links" not in vars(self):
            return self._between(some[self.present[some]])
        return self.links.keep(np.isin(self.links.a, some) & np.isin(self.links.b, some))

    def _between(self, some: Int64s) -> Links:
        homes = np.argsort(np.array(self.attributes.home_codes), kind="stable")
        place = np.empty(len(homes), np.int64)
        place[homes] = np.arange(len(homes))
        keys = self._keys(some, place)
        a, b = homes[keys // len(homes)], keys % len(homes)
        del keys
        there, order, back, order_back = self._spread(self.model.told_both, a, b)
        cut = len(a)
        said = self._in_cold_order(np.r_[a, b], np.r_[there, back], np.r_[order, order_back])
        return Links(a, b, (said[:cut] + said[cut:]) / 2)

    def _keys(self, some: Int64s, place: Int64s) -> Int64s:
        """Candidate pairs a < b among ``some``, once each, as place of a · n + b, ascending; of many, an array less is
        a hundred megabytes less."""
        n, inside = len(place), np.zeros(len(place), bool)
        inside[some] = True
        i, j = self.pairs(some, Width())
        if not inside[j].all():
            i, j = i[inside[j]], j[inside[j]]
        keys = place[np.minimum(i, j)]
        keys *= n
        keys += np.maximum(i, j, out=j)
        keys.sort()
        return keys[np.diff(keys, prepend=-1) > 0]

    def within(self, territory: str) -> np.ndarray:
        """Which organisations are in a territory (code) or below it, bool [organisations]."""
        homes = self.attributes.home_codes
        inside = {code for code in set(homes) if code and self.attributes.within(code, territory)}
        return np.array([code in inside for code in homes], dtype=bool)

    def ranked(
        self,
        links: Links,
        preset: Preset | str = QUICK_WINS,
        seen: Seen = NOTHING_SEEN,
        limit: int | None = None,
    ) -> Ranked:
        """The first ``limit`` (None: all) that may be suggested, with their value and score, best first; see
        ``value.weigh``. What was ``seen`` and passed over sinks.

        Raises NothingToSuggestError where none is left, NotFoundError for an unknown preset.
        """
        chosen, links = preset_of(preset), self.open(links)
        factor = self.memory.factor(links.a, links.b) * seen.factor(links.a, links.b)
        return rank(self.value, links, factor, chosen, limit)

    def open(self, links: Links) -> Links:
        """Those that may be suggested now. Raises NothingToSuggestError where none is left."""
        links = links.keep(self.allowed(links.a, links.b))
        if not len(links.a):
            met = msg("All that could meet have worked together, have it planned, are being asked, or said no.")
            few = msg("Fewer than two organisations were there on this day.")
            raise NothingToSuggestError(met if self.present.sum() > 1 else few, hint=self.way_out)
        return links

    def best(
        self, links: Links, limit: int, preset: Preset | str = QUICK_WINS, seen: Seen = NOTHING_SEEN
    ) -> list[Suggestion]:
        """The first ``limit`` of ``ranked``, with reasons."""
        return self.explained(self.ranked(links, preset, seen, limit), seen)

    def explained(self, ranked: Ranked, seen: Seen = NOTHING_SEEN) -> list[Suggestion]:
        """Suggestions in the order given, with reasons for and against."""
        links, model = ranked.links, self.model
        chances = self.chance(links.a, links.b).tolist()
        return [
            Suggestion(
                a=a,
                b=b,
                probability=chances[k],
                score=float(ranked.score[k]),
                days=model.days,
                value={name: float(part[k]) for name, part in ranked.parts.items()},
                reasons=self.explainer.reasons(a, b, chances[k]),
                against=self.explainer.against(a, b),
                remembered=(*self.memory.against(a, b), *seen.against(a, b)),
                introducers=self.explainer.introducers(a, b),
                prior=model.prior,
            )
            for k, (a, b) in enumerate(zip(links.a.tolist(), links.b.tolist(), strict=True))
        ]
