"""Reasons for and against a suggestion, in plain sentences drawn from what the model looks at."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy import sparse

from graphsvc.i18n import Message, msg, nmsg
from graphsvc.suggest.features.place import kilometres
from graphsvc.suggest.ground import Ground

REASONS = 3
"""Sentences that a person reads before the one on how often such pairs meet."""
RECENT_YEARS = 3.0
NEAR_KM, FAR_KM = 60.0, 150.0
QUIET_YEARS = 3.0
INTRODUCERS = 3


class Explainer:
    """Knows the network of a day by name."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._names = ground.past.history.names
        self._members = ground.past.memberships

    @cached_property
    def _regions(self) -> list[str]:
        return self._ground.attributes.region_names

    @cached_property
    def _recent(self) -> sparse.csr_array:
        """[organisations × regions]: partnerships of the last RECENT_YEARS."""
        return self._ground.activity((self._ground.past.age <= RECENT_YEARS).astype(float))

    @cached_property
    def _peers(self) -> dict[str, list[int]]:
        kinds: dict[str, list[int]] = {}
        for row in self._ground.known.tolist():
            kinds.setdefault(self._ground.attributes.kind_names[row], []).append(row)
        return kinds

    def reasons(self, a: int, b: int, probability: float) -> tuple[Message, ...]:
        """Up to REASONS sentences, the most telling first, and how often such pairs meet."""
        found = (
            self._common(a, b),
            self._activity(a, b),
            self._activity(b, a),
            self._alike(a, b),
            self._alike(b, a),
            self._distance(a, b),
            self._theme(a, b),
            self._home(a, b),
        )
        chosen = [reason for reason in found if reason is not None][:REASONS]
        return (*chosen, self._frequency(probability))

    def against(self, a: int, b: int) -> tuple[Message, ...]:
        """What speaks against it; may be empty."""
        found = (
            self._far(a, b),
            self._quiet(a),
            self._quiet(b),
            None if self.introducers(a, b) else msg("No common partner could introduce them."),
        )
        return tuple(reason for reason in found if reason is not None)

    def introducers(self, a: int, b: int) -> tuple[int, ...]:
        """Common partners; the best are those with strong ties to both, and few to others."""
        ties, recent = self._ground.tied, self._ground.recent
        common = np.intersect1d(ties.row(a), ties.row(b))
        if not len(common):
            return ()
        matrix = recent.to_scipy()
        to_a, to_b = (np.asarray(matrix[[end], :][:, common].todense()).ravel() for end in (a, b))
        order = np.lexsort((common, -np.minimum(to_a, to_b)))
        return tuple(common[order[:INTRODUCERS]].tolist())

    def _frequency(self, probability: float) -> Message:
        n = max(round(1 / max(probability, 1e-4)), 1)
        return msg("Pairs like this one began to work together in 1 of %(n)s cases.", n=n)

    def _common(self, a: int, b: int) -> Message | None:
        common = np.intersect1d(self._ground.tied.row(a), self._ground.tied.row(b))
        if not len(common):
            return None
        best = [self._names[row] for row in self.introducers(a, b)[:2]]
        if len(common) == 1:
            return msg("Both have worked with %(x)s.", x=best[0])
        if len(common) == 2:
            return msg("Both have worked with %(x)s and %(y)s.", x=best[0], y=best[1])
        return nmsg(
            "Both have worked with %(x)s, %(y)s and %(n)s more.",
            "Both have worked with %(x)s, %(y)s and %(n)s more.",
            len(common) - 2,
            x=best[0],
            y=best[1],
        )

    def _activity(self, a: int, b: int) -> Message | None:
        """b's recent partnerships where a works."""
        where = self._ground.region_shares[[a], :].indices
        counts = np.asarray(self._recent[[b], :].todense()).ravel()
        where = where[where < len(self._regions)]
        if not len(where) or counts[where].max() < 1:
            return None
        best = int(where[np.argmax(counts[where])])
        n = round(float(counts[best]))
        return nmsg(
            "%(name)s began %(n)s partnership in %(region)s in the last three years.",
            "%(name)s began %(n)s partnerships in %(region)s in the last three years.",
            n,
            name=self._names[b],
            region=self._regions[best],
        )

    def _alike(self, a: int, b: int) -> Message | None:
        """Partners of b that are of a's kind."""
        kind = self._ground.attributes.kind_names[a]
        peers = [row for row in self._peers.get(kind, ()) if row not in (a, b)]
        with_b = np.intersect1d(peers, self._ground.tied.row(b))
        if len(with_b) < 2 or not kind:
            return None
        return msg(
            "%(name)s already works with %(n)s of %(all)s organisations of the same kind as %(other)s.",
            name=self._names[b],
            n=len(with_b),
            all=len(peers),
            other=self._names[a],
        )

    def _kilometres(self, a: int, b: int) -> float:
        return float(kilometres(self._ground.attributes.place, np.array([a]), np.array([b]))[0])

    def _distance(self, a: int, b: int) -> Message | None:
        km = self._kilometres(a, b)
        if not km < NEAR_KM:
            return None
        if km < 1:
            return msg("They are in the same place.")
        return msg("They are %(km)s km apart.", km=round(km))

    def _far(self, a: int, b: int) -> Message | None:
        km = self._kilometres(a, b)
        return msg("They are %(km)s km apart.", km=round(km)) if km > FAR_KM else None

    def _quiet(self, row: int) -> Message | None:
        age = self._ground.past.age[self._members.row(row)]
        if not len(age):
            return msg("%(name)s has no partnership yet.", name=self._names[row])
        if age.min() < QUIET_YEARS:
            return None
        years = round(float(age.min()))
        return msg("The last partnership of %(name)s began %(n)s years ago.", name=self._names[row], n=years)

    def _theme(self, a: int, b: int) -> Message | None:
        themes = self._ground.themes
        both = np.intersect1d(themes[[a], :].indices, themes[[b], :].indices)
        if not len(both):
            return None
        return msg("Both work on: %(theme)s.", theme=self._ground.attributes.theme_names[int(both[0])])

    def _home(self, a: int, b: int) -> Message | None:
        home = self._ground.attributes.home
        both = np.intersect1d(home[[a], :].indices, home[[b], :].indices)
        return msg("Both are in %(region)s.", region=self._regions[int(both[0])]) if len(both) else None
