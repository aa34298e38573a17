"""A plan of conversations: the portfolio of an engine's links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graphsvc.suggest.engine import Engine
from graphsvc.suggest.portfolio import Portfolio, choose, options_of
from graphsvc.suggest.ranking import Ranked
from graphsvc.suggest.suggestion import Suggestion

POOL = 3000
"""Links, the best by score, from which a plan is chosen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The conversations to start, in the order of what each adds, and how good the choice is for certain.

    territory : by conversation, the territory whose animator would lead it; "" where none was named
    one_by_one : what as many conversations would bring that are the best each for itself, with the same limits
    """

    suggestions: tuple[Suggestion, ...]
    territory: tuple[str, ...]
    portfolio: Portfolio
    one_by_one: float


def plan(
    engine: Engine,
    ranked: Ranked,
    budget: int,
    *,
    per_organisation: int | None = 2,
    per_territory: Mapping[str, int] | None = None,
) -> Plan:
    """Up to ``budget`` of the ``ranked`` links that together bring most (see ``portfolio.choose``).

    ``per_territory``: territories (codes), each with the number of conversations that its animator can lead; a link
    belongs to the first that one of its organisations is in, and links in none of them are left out. None: anywhere.
    Raises as ``choose`` does.
    """
    ranked = ranked.first(POOL)
    group = _groups(engine, ranked, per_territory)
    if per_territory is not None:
        inside = np.array([bool(g) for g in group], dtype=bool)
        ranked, group = ranked.keep(inside), [g for g in group if g]
    a, b = ranked.links.a, ranked.links.b
    met = np.flatnonzero(ranked.parts["needs_met"] > 0).tolist()
    needs = {k: engine.value.needs_between(int(a[k]), int(b[k])) for k in met}
    options = options_of(a, b, ranked.links.probability, ranked.score, group, needs)
    chosen = choose(options, budget, per_organisation=per_organisation, per_group=per_territory)
    single = choose(options, budget, per_organisation=per_organisation, per_group=per_territory, order=range(len(a)))
    at = np.array(chosen.chosen, np.int64)
    return Plan(tuple(engine.explained(ranked.keep(at))), tuple(group[k] for k in at), chosen, single.value)


def _groups(engine: Engine, ranked: Ranked, per_territory: Mapping[str, int] | None) -> list[str]:
    if per_territory is None:
        return [""] * len(ranked.score)
    within = {code: engine.within(code) for code in per_territory}
    ends = zip(ranked.links.a.tolist(), ranked.links.b.tolist(), strict=True)
    return [next((code for code, there in within.items() if there[a] or there[b]), "") for a, b in ends]
