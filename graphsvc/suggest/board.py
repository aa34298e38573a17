"""Every link that may be suggested with all parts of its value: weighed anew in milliseconds, whatever the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.engine import Engine
from graphsvc.suggest.paths import Distances
from graphsvc.suggest.ranking import EACH, Links, Ranked, ordered, rises, weighed
from graphsvc.suggest.value import PARTS, Preset, likelihood_of, share_of_most, weigh


@dataclass(frozen=True, eq=False)
class Board:
    """Candidate links of a network or of one organisation (then ``a`` is that one).

    likelihood : float64 [links] in [0, 1], the logarithm of the probability spread over all of them
    parts : all of ``value.PARTS``, float64 [links] in [0, 1]; the rise of efficiency is exact in ``pool``, elsewhere
    as ``ranking.rises`` tells it
    factor : float64 [links] in (0, 1], lower where somebody was ignored or is asked too often
    pool : int64, positions of the links that are among the best by some preset or part
    most : the largest rise of global efficiency, which counts as 1 in ``parts``
    """

    links: Links
    likelihood: Floats
    parts: Mapping[str, Floats]
    factor: Floats
    pool: Int64s
    most: float

    @classmethod
    def of(cls, engine: Engine, row: int | None = None) -> Board:
        """Raises NothingToSuggestError where no link may be suggested."""
        links = engine.open(engine.links) if row is None else engine.links_of(row)
        likelihood, parts = likelihood_of(links.probability), dict(engine.value.of(links.a, links.b))
        rise, pool = rises(engine.value.distances, links, likelihood, parts)
        parts["efficiency"] = share_of_most(rise)
        factor = engine.memory.factor(links.a, links.b)
        return cls(links, likelihood, {name: parts[name] for name in PARTS}, factor, pool, float(rise.max()))

    def keep(self, which: npt.NDArray[np.bool_]) -> Board:
        """The links where ``which`` [links] holds."""
        inside = np.zeros(len(which), dtype=bool)
        inside[self.pool] = True
        parts = {name: part[which] for name, part in self.parts.items()}
        pool = np.flatnonzero(inside[which])
        return Board(self.links.keep(which), self.likelihood[which], parts, self.factor[which], pool, self.most)

    def sunk(self, factor: Floats) -> Board:
        """With lower scores: ``factor`` [links] in (0, 1] of what was shown and ignored."""
        return replace(self, factor=self.factor * factor)

    def ranked(self, weights: Mapping[str, float], likelihood: float, limit: int | None = None) -> Ranked:
        """The first ``limit`` links (None: all), best first; ``likelihood`` in [0, 1] is weighed against the parts as
        ``weights`` say."""
        return weighed(self.links, self.parts, self.likelihood, self.factor, Preset(likelihood, weights), limit)

    def rise(self, some: Ranked, distances: Distances) -> Floats:
        """Rise of global efficiency by each of some of these links alone, as ``efficiency_gain`` tells it."""
        a, b = some.links.a, some.links.b
        known = _keys(self.links.keep(self.pool))
        rise, estimated = self.most * some.parts["efficiency"], ~np.isin(_keys(some.links), known)
        rise[estimated] = distances.efficiency_gain(a[estimated], b[estimated])
        return rise

    def at_hand(self, weights: Mapping[str, float], likelihood: float) -> Board:
        """The links of the pool and the EACH best for these weights: enough for any weights."""
        score = weigh(self.likelihood, self.parts, likelihood, weights) * self.factor
        near = np.zeros(len(score), dtype=bool)
        near[self.pool] = near[ordered(self.links, score, EACH)] = True
        return self.keep(near)


def _keys(links: Links) -> Int64s:
    keys: Int64s = (links.a.astype(np.int64) << 32) | links.b
    return keys
