"""What if: a scenario's network measured beside the one there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Protocol

import numpy as np

from graphsvc.kernels.distances import distances, global_efficiency
from graphsvc.metrics import Measures
from graphsvc.metrics.compare import Changes, Pair, changes
from graphsvc.metrics.definitions import NETWORK_MEASURES
from graphsvc.service.cache import Cache
from graphsvc.snapshot import Snapshot, take
from graphsvc.snapshot.csr import Csr, Int64s
from graphsvc.snapshot.filter import as_of
from graphsvc.suggest.whatif import Scenario, apply

EFFECTS = 32
EXACT_WORK = 10_000_000_000
"""Organisations times ends of ties up to which every distance is walked (seconds)."""
SOURCES = 512
"""Organisations that stand for all the others in larger networks: the same ones before and after."""
MOVED = 10


class Core(Protocol):
    """What is measured."""

    def snapshot(self) -> Snapshot: ...
    def measure(self, snapshot: Snapshot) -> Measures: ...


@dataclass(frozen=True, slots=True)
class Move:
    """An organisation (id, name) and a measure of it before and after; NaN where it is not there."""

    id: str
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Effect:
    """``network``: by measure of the whole, before and after. ``began``, ``ended``: ties that come and go.

    efficiency : global efficiency before and after, in [0, 1]
    samples : organisations from which that is estimated; 0 where it is exact
    """

    network: Mapping[str, tuple[float, float]]
    efficiency: tuple[float, float]
    samples: int
    began: list[Pair]
    ended: list[Pair]
    before: Snapshot
    after: Snapshot
    _measures: tuple[Measures, Measures]

    def moved(self, measure: str) -> list[Move]:
        """The organisations whose value of a measure changes most, the largest change first; equal ones by name."""
        old, new = (m.organisations[measure] for m in self._measures)
        names = dict(zip(self.before.ids, self.before.column("name"), strict=True))
        both = [id for id in self.after.ids if id in self.before.index]
        moves = [Move(i, names[i], float(old[self.before.index[i]]), float(new[self.after.index[i]])) for i in both]
        changed = [m for m in moves if abs(m.after - m.before) > 1e-9]
        return sorted(changed, key=lambda m: (-abs(m.after - m.before), m.name))[:MOVED]


class Scenarios:
    """Safe to share between threads. ``now``: the network of today, without what is planned; also who is yet to begin
    can be named."""

    def __init__(self, core: Core, kept: Cache | None = None) -> None:
        self._core = core
        self._effects = kept or Cache(EFFECTS)

    @property
    def now(self) -> Snapshot:
        """What scenarios begin with."""
        whole, today = self._core.snapshot(), date.today()
        now: Snapshot = self._effects.get(("now", whole, today), lambda: _begun(whole, today))
        return now

    def effect(self, scenario: Scenario) -> Effect:
        """Every measure before and after. Raises InputError for an id that is not there or a link with itself."""
        now = self.now
        effect: Effect = self._effects.get(("effect", now, scenario), lambda: self._measured(now, scenario))
        return effect

    def _measured(self, now: Snapshot, scenario: Scenario) -> Effect:
        today = date.today()
        then = take(apply(now.network, scenario, today))
        before, after = self._core.measure(now), self._core.measure(then)
        moved = {m.name: (before.network[m.name], after.network[m.name]) for m in NETWORK_MEASURES}
        changed = changes(now, then)
        exact = all(s.graph.rows * len(s.graph.indices) <= EXACT_WORK for s in (now, then))
        efficiency = (self._efficiency(now), global_efficiency(then.graph)) if exact else _by_sample(now, then, changed)
        samples = 0 if exact else SOURCES
        return Effect(moved, efficiency, samples, changed.began, changed.ended, now, then, (before, after))

    def _efficiency(self, now: Snapshot) -> float:
        """Of the network that there is: all scenarios begin with it."""
        efficiency: float = self._effects.get(("efficiency", now), lambda: global_efficiency(now.graph))
        return efficiency


def _begun(whole: Snapshot, today: date) -> Snapshot:
    """What is there today, of everybody; the same, of which all is measured, where nothing is planned."""
    begun = as_of(whole.network, today, "ever", everybody=True)
    tables = ("partnerships", "memberships")
    same = all(getattr(begun, name).num_rows == getattr(whole.network, name).num_rows for name in tables)
    return whole if same else take(begun)


def _by_sample(now: Snapshot, then: Snapshot, changed: Changes) -> tuple[float, float]:
    """Global efficiency before and after. Known are the ways of all who come, go or have other ties, and of the SOURCES
    others whose ways change most, as a first draw tells; of the rest SOURCES stand for all, the same in both, so that
    the difference is none of chance."""
    own = {*changed.joined, *changed.left, *chain(*changed.began, *changed.ended)}
    rest = [id for id in now.ids if id in then.index and id not in own]
    before, after = (np.array([one.index[id] for id in rest], np.int64) for one in (now, then))
    rng = np.random.default_rng(0)
    drawn = rng.permutation(len(rest))[:SOURCES]
    near = distances(now.graph, sources=before[drawn]).harmonic[before]
    moved = np.abs(distances(then.graph, sources=after[drawn]).harmonic[after] - near)
    most = np.argsort(-moved, kind="stable")[: min(SOURCES, np.count_nonzero(moved))]
    before, after = np.delete(before, most), np.delete(after, most)
    drawn = rng.permutation(len(before))[:SOURCES]
    return _told(now.graph, before, drawn), _told(then.graph, after, drawn)


def _told(graph: Csr, rest: Int64s, drawn: Int64s) -> float:
    """Global efficiency by the ways of all but the ``rest`` (rows), and of those ``drawn`` (places) of it, who stand
    for all that it has to itself."""
    own = distances(graph, sources=np.setdiff1d(np.arange(graph.rows), rest)).harmonic
    within = distances(graph, sources=rest[drawn]).harmonic[rest].sum() * len(rest) / max(len(drawn), 1)
    return float((own.sum() + own[rest].sum() + within) / max(graph.rows * (graph.rows - 1), 1))
