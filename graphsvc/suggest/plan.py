"""A plan of conversations: the portfolio of an engine's links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.suggest.engine import Engine
from graphsvc.suggest.evidence import Evidence, evidence
from graphsvc.suggest.portfolio import Portfolio, choose, options_of
from graphsvc.suggest.ranking import Ranked
from graphsvc.suggest.suggestion import Suggestion

POOL = 3000
"""Links, the best by score, from which a plan is chosen; of each territory where some are named."""
NEEDS = ("needs_met", "white_spots")
"""Parts of value that say what a need met is worth."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The conversations to start, in the order of choice, and how good the choice is for certain.

    evidence : of each
    territory : by conversation, the territory whose animator would lead it; "" where none was named
    among : links from which they were chosen; the portfolio's bound is that of these
    """

    suggestions: tuple[Suggestion, ...]
    evidence: tuple[Evidence, ...]
    territory: tuple[str, ...]
    among: int
    portfolio: Portfolio


def plan(
    engine: Engine,
    ranked: Ranked,
    budget: int,
    *,
    per_organisation: int | None = 2,
    per_territory: Mapping[str, int] | None = None,
) -> Plan:
    """Up to ``budget`` of the ``ranked`` links that together bring most (see ``portfolio.choose``).

    ``per_territory``: territories (codes), each with the number of conversations that its animator can lead. A link may
    be led from any that one of its organisations is in, rather from the smallest, then from the first named; links in
    none of them are left out. None: anywhere.
    Raises as ``choose`` does.
    """
    groups: Sequence[Sequence[str]]
    if per_territory is not None:
        codes = sorted(per_territory, key=lambda code: -len(engine.attributes.around(code)))
        inside = [engine.within(code) for code in codes]
        there = np.stack([homes[ranked.links.a] | homes[ranked.links.b] for homes in inside])
        best = np.unique(np.concatenate([np.flatnonzero(row)[:POOL] for row in there]))
        ranked, groups = ranked.keep(best), [[codes[k] for k in np.flatnonzero(at)] for at in there[:, best].T]
    else:
        ranked = ranked.first(POOL)
        groups = [()] * len(ranked.score)
    a, b = ranked.links.a, ranked.links.b
    need = sum(ranked.shares.get(part, 0.0) for part in NEEDS)
    met = np.flatnonzero(ranked.parts["needs_met"] > 0).tolist() if need else []
    needs = {k: dict.fromkeys(engine.value.needs_between(int(a[k]), int(b[k])), need) for k in met}
    options = options_of(a, b, engine.chance(a, b), ranked.worth, groups, needs)
    chosen = choose(options, budget, per_organisation=per_organisation, per_group=per_territory)
    at = np.array(chosen.chosen, np.int64)
    suggestions, rises = engine.explained(ranked.keep(at)), engine.value.distances.efficiency_gain(a[at], b[at])
    why = tuple(evidence(engine, s.a, s.b, rise) for s, rise in zip(suggestions, rises.tolist(), strict=True))
    return Plan(tuple(suggestions), why, chosen.groups, len(a), chosen)
