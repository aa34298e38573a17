"""Candidate links in the order in which a user wants them: likelihood weighed against value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.errors import NotFoundError
from graphsvc.i18n import msg
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.value import PRESETS, Preset, Value, likelihood_of, weigh

QUICK_WINS = "quick_wins"
SHORTLIST = 2000
"""Links for which the change of efficiency is computed: the best without it."""


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
    """Links, best first, with their parts of value and score, float64 [links] in [0, 1]."""

    links: Links
    parts: Mapping[str, Floats]
    score: Floats

    def first(self, limit: int) -> Ranked:
        """The best ``limit``."""
        return self.keep(np.arange(min(limit, len(self.score))))

    def keep(self, which: npt.NDArray[np.bool_] | Int64s) -> Ranked:
        """A part, by mask or positions."""
        return Ranked(
            self.links.keep(which), {name: part[which] for name, part in self.parts.items()}, self.score[which]
        )


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


def rank(value: Value, links: Links, factor: Floats, preset: Preset) -> Ranked:
    """All links by score; where efficiency counts, only the SHORTLIST that is best without it.

    ``factor`` [links] in (0, 1] lowers the score of links that were ignored or spared.
    """
    parts = value.of(links.a, links.b)
    score = _weighed(links, parts, preset) * factor
    ranked = _sorted(links, parts, score)
    if not preset.parts.get("efficiency"):
        return ranked
    order = ordered(links, score)[:SHORTLIST]
    short, fewer = links.keep(order), {name: part[order] for name, part in parts.items()}
    fewer["efficiency"] = value.efficiency(short.a, short.b)
    return _sorted(short, fewer, _weighed(short, fewer, preset) * factor[order])


def _weighed(links: Links, parts: Mapping[str, Floats], preset: Preset) -> Floats:
    return weigh(likelihood_of(links.probability), parts, preset.likelihood, preset.parts)


def ordered(links: Links, score: Floats) -> Int64s:
    """Positions, best first; equal scores by probability, then by row, so that the order never depends on chance."""
    order: Int64s = np.lexsort((links.b, links.a, -links.probability, -score))
    return order


def _sorted(links: Links, parts: Mapping[str, Floats], score: Floats) -> Ranked:
    return Ranked(links, parts, score).keep(ordered(links, score))
