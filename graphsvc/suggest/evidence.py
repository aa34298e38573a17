"""What a suggestion rests on, for whoever wants to check it: who could introduce them and through what, needs, ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from graphsvc.i18n import Message, msg
from graphsvc.suggest.engine import Engine
from graphsvc.suggest.explanations import Reason

SHOWN = 3
"""Partnerships named for each step of a path."""


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one to the other along ties: the organisations (rows) between them, one that both work with or two
    in a row, and for each step the partnerships (rows) that made the tie, the latest first; none from a unit to who
    founded it."""

    through: tuple[int, ...]
    steps: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Paths of introduction, best first; needs that the link would meet, as (area, row of whose need, row of who
    offers, whether it is its own need or that of where it is); partners of each and in common; kilometres, if known.

    exact : the kilometres are between their own places, not the middles of gminas or towns
    reasons : the sentences that count records which neither paths nor needs name, with those records
    near : pairs of organisations that come within two steps of each other
    shorter : rise of the network's global efficiency, as a share of what it is
    samples : organisations whose ways that is estimated from; 0 where it is exact
    """

    paths: tuple[Path, ...]
    needs: tuple[tuple[str, int, int, bool], ...]
    reasons: tuple[Reason, ...]
    partners: tuple[int, int]
    common: int
    kilometres: float | None
    exact: bool
    near: int
    shorter: float
    samples: int


def why_meet(engine: Engine, a: int, b: int) -> tuple[Message, ...]:
    """Why two should meet: where nothing else is known, how often such pairs do."""
    if why := tuple(reason.said for reason in engine.explainer.because(a, b)):
        return why
    return engine.explainer.reasons(a, b, float(engine.chance(np.array([a]), np.array([b]))[0]))


def cautions(engine: Engine, a: int, others: Iterable[int]) -> tuple[Message, ...]:
    """What speaks against bringing an organisation together with others: one entered twice, what was decided."""
    found: list[Message] = []
    for b in others:
        said = (engine.explainer.same_name(a, b), *engine.memory.decided(a, b))
        found += [of_pair(engine, a, b, message) for message in said if message]
    return tuple(found)


def of_pair(engine: Engine, a: int, b: int, said: Message) -> Message:
    """A sentence about two organisations where it is not plain which."""
    names = engine.history.names
    return msg("%(name)s and %(member)s: %(reason)s", name=names[a], member=names[b], reason=said)


def evidence(engine: Engine, a: int, b: int, rise: float) -> Evidence:
    """What the suggestion of two organisations (rows) rests on; ``rise`` of global efficiency, see ``paths``."""
    ties = engine.ground.tied
    known = engine.explainer.introducers(a, b) or engine.explainer.by_founder(a, b)
    ways = [(one,) for one in known] or _chain(engine, a, b)
    needs = [(area, x, y, own) for x, y in ((a, b), (b, a)) for area, own in engine.value.areas_met(x, y)]
    one, other = np.array([a]), np.array([b])
    km = engine.explainer.kilometres(a, b)
    return Evidence(
        tuple(Path(way, tuple(_shared(engine, x, y) for x, y in pairwise((a, *way, b)))) for way in ways),
        tuple(needs),
        tuple(r for r in engine.explainer.because(a, b) if r.organisations or r.partnerships or r.meetings),
        (len(ties.row(a)), len(ties.row(b))),
        len(np.intersect1d(ties.row(a), ties.row(b))),
        None if np.isnan(km) else km,
        bool(engine.attributes.place_is_own[[a, b]].all()),
        int(engine.value.newly_near(one, other)[0]),
        rise / max(engine.value.distances.efficiency, 1e-12),
        engine.value.distances.samples,
    )


def _chain(engine: Engine, a: int, b: int) -> list[tuple[int, ...]]:
    """Where they have no common partner: a partner of a and a partner of b that worked together, so that the weakest of
    the three ties, recent partnerships weighing more, is as strong as can be; none where the way is longer."""
    ties, gone = engine.ground.recent, engine.ground.ended
    there_a, there_b = ~gone[ties.row(a)], ~gone[ties.row(b)]
    near_a, near_b = ties.row(a)[there_a], ties.row(b)[there_b]
    to_a, to_b = ties.weights_of(a)[there_a], ties.weights_of(b)[there_b]
    between = sparse.coo_array(ties.to_scipy()[near_a][:, near_b])
    if not between.nnz:
        return []
    ends = np.minimum(to_a[between.row], to_b[between.col])
    x, y = near_a[between.row], near_b[between.col]
    best = np.lexsort((y, x, -np.minimum(between.data, ends)))[0]
    return [(int(x[best]), int(y[best]))]


def _shared(engine: Engine, a: int, b: int) -> tuple[int, ...]:
    """Partnerships (rows) of both, the latest first."""
    members, age = engine.ground.past.memberships, engine.ground.past.age
    shared = np.intersect1d(members.row(a), members.row(b))
    return tuple(shared[np.argsort(age[shared], kind="stable")][:SHOWN].tolist())
