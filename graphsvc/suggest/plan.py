"""A plan of conversations: the portfolio of an engine's links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graphsvc.suggest.engine import Engine
from graphsvc.suggest.portfolio import Portfolio, choose, options_of
from graphsvc.suggest.ranking import QUICK_WINS
from graphsvc.suggest.suggestion import Suggestion
from graphsvc.suggest.value import Preset

POOL = 3000
"""Links, the best by score, from which a plan is chosen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The conversations to start, in the order of what each adds, and how good the choice is for certain."""

    suggestions: tuple[Suggestion, ...]
    portfolio: Portfolio


def plan(
    engine: Engine,
    budget: int,
    preset: Preset | str = QUICK_WINS,
    *,
    per_organisation: int | None = 2,
    per_territory: Mapping[str, int] | None = None,
) -> Plan:
    """Up to ``budget`` links that together bring most (see ``portfolio.choose``).

    ``per_territory``: at most so many for the animator of a territory (code; a link belongs to the one where its
    first organisation is, else its second). Raises as ``Engine.ranked`` and ``choose`` do.
    """
    ranked = engine.ranked(engine.links, preset).first(POOL)
    homes = engine.attributes.home_codes
    group = [homes[a] or homes[b] for a, b in zip(ranked.links.a.tolist(), ranked.links.b.tolist(), strict=True)]
    needs = {
        k: engine.value.needs_between(a, b) for k, (a, b) in _with_needs(ranked.links.a, ranked.links.b, ranked.parts)
    }
    options = options_of(ranked.links.a, ranked.links.b, ranked.links.probability, ranked.score, group, needs)
    chosen = choose(options, budget, per_organisation=per_organisation, per_group=per_territory)
    return Plan(tuple(engine.explained(ranked.keep(np.array(chosen.chosen, np.int64)))), chosen)


def _with_needs(a: np.ndarray, b: np.ndarray, parts: Mapping[str, np.ndarray]) -> list[tuple[int, tuple[int, int]]]:
    return [(int(k), (int(a[k]), int(b[k]))) for k in np.flatnonzero(parts["needs_met"] > 0)]
