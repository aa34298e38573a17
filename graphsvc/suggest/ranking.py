"""Candidate links in the order in which a user wants them: likelihood weighed against value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.errors import NotFoundError
from graphsvc.i18n import msg
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.paths import Distances
from graphsvc.suggest.value import PRESETS, Preset, Value, likelihood_of, mean, share_of_most, shares, weigh

QUICK_WINS = "quick_wins"
EACH = 300
"""Links that are the best by one preset, or by one part alone, and so are kept at hand for any weights."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of organisations (rows, int64 [links]) and the probability of each, float64 [links]."""

    a: Int64s
    b: Int64s
    probability: Floats

    def keep(self, which: npt.NDArray[np.bool_] | Int64s) -> Links:
        """A part, by mask or positions."""
        return Links(self.a[which], self.b[which], self.probability[which])


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Links, best first, with their parts of value, score, and what lowered it, float64 [links] in [0, 1].

    shares : how much of what a link brings each part is, see ``value.shares``
    """

    links: Links
    parts: Mapping[str, Floats]
    score: Floats
    factor: Floats
    shares: Mapping[str, float]

    @property
    def worth(self) -> Floats:
        """What each link brings if it succeeds, as the user weighs it and less where the score was lowered, float64
        [links] in [0, 1]; the same for all where likelihood is all that counts."""
        return self.factor * (mean(self.parts, self.shares) if self.shares else 1.0)

    def first(self, limit: int) -> Ranked:
        """The best ``limit``."""
        return self.keep(np.arange(min(limit, len(self.score))))

    def keep(self, which: npt.NDArray[np.bool_] | Int64s) -> Ranked:
        """A part, by mask or positions."""
        parts = {name: part[which] for name, part in self.parts.items()}
        return Ranked(self.links.keep(which), parts, self.score[which], self.factor[which], self.shares)


def preset_of(preset: Preset | str) -> Preset:
    """A preset by name; raises NotFoundError with the names there are."""
    if isinstance(preset, Preset):
        return preset
    if preset not in PRESETS:
        raise NotFoundError(
            msg("There is no preset “%(name)s”.", name=preset),
            near=tuple(PRESETS),
            hint=msg("Choose one of: %(names)s.", names=", ".join(PRESETS)),
        )
    return PRESETS[preset]


def rank(value: Value, links: Links, factor: Floats, preset: Preset, limit: int | None = None) -> Ranked:
    """The first ``limit`` links (None: all) by score. ``factor`` [links] in (0, 1] lowers the score of links that were
    ignored or spared."""
    parts, likelihood = value.of(links.a, links.b), likelihood_of(links.probability)
    if preset.parts.get("efficiency"):
        parts["efficiency"] = share_of_most(rises(value.distances, links, likelihood, parts)[0])
    return weighed(links, parts, likelihood, factor, preset, limit)


def weighed(
    links: Links,
    parts: Mapping[str, Floats],
    likelihood: Floats,
    factor: Floats,
    preset: Preset,
    limit: int | None = None,
) -> Ranked:
    """As ``rank``, with ``parts`` and ``likelihood`` (see ``likelihood_of``) known, float64 [links] in [0, 1]."""
    score = weigh(likelihood, parts, preset.likelihood, preset.parts) * factor
    used = shares(parts, preset.likelihood, preset.parts)
    return Ranked(links, parts, score, factor, used).keep(ordered(links, score, limit))


def rises(distances: Distances, links: Links, likelihood: Floats, parts: Mapping[str, Floats]) -> tuple[Floats, Int64s]:
    """Rise of global efficiency by each link alone, float64 [links], and the positions of links that are among the
    EACH best by some preset or by one part alone.

    As exact as ``Distances.efficiency_gain`` in all links where ``Distances.bears`` that, else in those. The others are
    estimated; what links within a component bring is then lowered by as much as the estimates of the best of these were
    too high, since what was picked for a high estimate mostly is (links of two components are told almost exactly).
    """
    if distances.bears(len(links.a)):
        rise = distances.efficiency_gain(links.a, links.b)
        return rise, _pool(links, likelihood, {**parts, "efficiency": share_of_most(rise)})
    rise = distances.efficiency_estimate(links.a, links.b)
    pool = _pool(links, likelihood, {**parts, "efficiency": share_of_most(rise)})
    exact, within = distances.efficiency_gain(links.a[pool], links.b[pool]), parts["joins_components"] == 0
    told = rise[pool][within[pool]].sum()
    rise[within] *= min(exact[within[pool]].sum() / told, 1.0) if told else 1.0
    rise[pool] = exact
    return rise, pool


def _pool(links: Links, likelihood: Floats, parts: Mapping[str, Floats]) -> Int64s:
    alone = [parts[name] + likelihood / 100 for name in parts]
    scores = [likelihood, *alone, *(weigh(likelihood, parts, p.likelihood, p.parts) for p in PRESETS.values())]
    return np.unique(np.concatenate([ordered(links, score, EACH) for score in scores]))


def ordered(links: Links, score: Floats, limit: int | None = None) -> Int64s:
    """Positions of the first ``limit`` (None: all), best first; equal scores by probability, then by row, so that the
    order never depends on chance."""
    some = np.arange(len(score))
    if limit and limit < len(score):
        some = np.flatnonzero(score >= np.partition(score, -limit)[-limit])
    last = (links.b[some], links.a[some], -links.probability[some], -score[some])
    order: Int64s = some[np.lexsort(last)]
    return order[:limit]
