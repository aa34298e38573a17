"""What a suggestion rests on, for whoever wants to check it: who could introduce them and through what, needs, ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphsvc.suggest.engine import Engine

INTRODUCERS = 3
SHOWN = 3
"""Partnerships named for each step of a path."""


@dataclass(frozen=True, slots=True)
class Path:
    """An organisation (row) that both work with, and the partnerships (rows) that tie it to each, the latest first."""

    through: int
    with_a: tuple[int, ...]
    with_b: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Paths of introduction, best first; needs that the link would meet, as (area, row of whose need, row of who
    offers); partners of each and in common; kilometres, if known.

    near : pairs of organisations that come within two steps of each other
    shorter : rise of the network's global efficiency, as a share of what it is
    """

    paths: tuple[Path, ...]
    needs: tuple[tuple[str, int, int], ...]
    partners: tuple[int, int]
    common: int
    kilometres: float | None
    near: int
    shorter: float


def evidence(engine: Engine, a: int, b: int, rise: float) -> Evidence:
    """What the suggestion of two organisations (rows) rests on; ``rise`` of global efficiency, see ``paths``."""
    ties, through = engine.ground.tied, engine.explainer.introducers(a, b)[:INTRODUCERS]
    needs = [(area, x, y) for x, y in ((a, b), (b, a)) for area in engine.value.areas_met(x, y)]
    one, other = np.array([a]), np.array([b])
    km = float(engine.apart(one, other)[0])
    return Evidence(
        tuple(Path(t, _shared(engine, a, t), _shared(engine, t, b)) for t in through),
        tuple(needs),
        (len(ties.row(a)), len(ties.row(b))),
        len(np.intersect1d(ties.row(a), ties.row(b))),
        None if np.isnan(km) else km,
        int(engine.value.newly_near(one, other)[0]),
        rise / max(engine.value.distances.efficiency, 1e-12),
    )


def _shared(engine: Engine, a: int, b: int) -> tuple[int, ...]:
    """Partnerships (rows) of both, the latest first."""
    members, age = engine.ground.past.memberships, engine.ground.past.age
    shared = np.intersect1d(members.row(a), members.row(b))
    return tuple(shared[np.argsort(age[shared], kind="stable")][:SHOWN].tolist())
