"""A link predictor that learns from one network, with nothing known but its links."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from threadpoolctl import threadpool_limits

from graphsvc.suggest.edgelist.features import Scope, pair_features
from graphsvc.suggest.edgelist.learners import Ensemble
from graphsvc.suggest.edgelist.links import Floats, Ints, Links, Singles
from graphsvc.suggest.edgelist.sampling import unlinked_pairs

FOLDS = 10
UNLINKED_PER_LINK = 5
ROWS = 200_000
"""Pairs that all lessons together may have: what the learner takes time for."""
NODES = 90_000
"""Nodes that the networks of all lessons together may have: what the features take time for."""
MOST_REPEATS = 10
LOOKS = 5
"""Draws of the features that hang on chance (factors, blocks) over which an answer is averaged."""
MOST_LINKS = 20_000
FOLDS_OF_LARGE = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs whose features are computed on ``links``, a network in which none of them is linked."""

    links: Links
    pairs: Ints
    linked: Floats
    seed: int
    scope: Scope

    def table(self) -> Singles:
        """Features of the pairs, float32 [pairs, features]."""
        return pair_features(self.links, self.pairs[:, 0], self.pairs[:, 1], self.seed, self.scope)[1]


@dataclass(frozen=True, slots=True)
class LinkModel:
    """A fitted model; ``links`` is all it has ever seen."""

    links: Links
    scope: Scope
    ensemble: Ensemble
    shift: float
    seed: int

    @classmethod
    def fit(cls, links: Links, seed: int = 0) -> LinkModel:
        """Hide each tenth of the links in turn, and learn to tell them from non-links by the features of the rest.

        So each link is seen as a stranger would see it, in a network about as dense, relative to the whole, as the
        one in which the model is asked. Small networks are gone through several times.
        """
        scope = Scope.of(links)
        course = [lesson for i in range(_repeats(links)) for lesson in lessons(links, scope, [seed, i])]
        linked = np.concatenate([lesson.linked for lesson in course])
        ensemble = Ensemble.fit(_tables(course), linked, seed)
        return cls(links, scope, ensemble, float(np.log(max((1 - linked).sum(), 1) / linked.sum())), seed)

    def probability(self, left: Ints, right: Ints) -> Floats:
        """That a pair is a missing link, were links and non-links equally many; float64 [pairs]."""
        pairs, unknown = np.stack([left, right], axis=1), np.zeros(len(left))
        # what large networks are asked about hangs on chance in nothing but where the spectra began
        looks = range(1 if self.scope.large else LOOKS)
        tables = _tables([Lesson(self.links, pairs, unknown, self.seed + look, self.scope) for look in looks])
        found: Floats = expit(np.mean([self.ensemble.log_odds(table) for table in tables], axis=0) + self.shift)
        return found


def _repeats(links: Links) -> int:
    affordable = min(ROWS // ((1 + UNLINKED_PER_LINK) * len(links.ends)), NODES // (FOLDS * links.nodes))
    return int(np.clip(affordable, 1, MOST_REPEATS))


def lessons(links: Links, scope: Scope, seed: Sequence[int]) -> list[Lesson]:
    """Every link once among hidden ones, with non-links of the same network; linked nodes only.

    Of a large network a sample is enough: a tenth of the links is hidden, but only some of them are asked about.
    """
    rng = np.random.default_rng(seed)
    folds = min(FOLDS, len(links.ends))
    asked = min(len(links.ends), MOST_LINKS)
    unlinked = unlinked_pairs(links, UNLINKED_PER_LINK * asked, rng)
    link_fold = rng.permutation(len(links.ends)) % folds
    unlinked_fold = rng.permutation(len(unlinked)) % folds
    course = []
    for fold in range(FOLDS_OF_LARGE if scope.large else folds):
        hidden, others = links.ends[link_fold == fold], unlinked[unlinked_fold == fold]
        hidden = hidden[rng.permutation(len(hidden))[: -(-asked // folds)]]
        course.append(
            Lesson(
                Links(links.nodes, links.ends[link_fold != fold]),
                np.concatenate([hidden, others]),
                np.repeat([1.0, 0.0], [len(hidden), len(others)]),
                int(rng.integers(2**31)),
                scope,
            )
        )
    return course


def _tables(course: Sequence[Lesson]) -> list[Singles]:
    """In parallel, one thread each: the array libraries release the interpreter."""
    with threadpool_limits(1), ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(Lesson.table, course))
