"""How much shorter the paths of a network become by one more tie: exactly, without walking it anew."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

from graphsvc.kernels._run import njit, spread
from graphsvc.kernels.distances import levels
from graphsvc.snapshot.csr import Csr, Floats, Int64s, frozen

EXACT_UP_TO = 5000
"""Organisations up to which all distances are kept; above, SOURCES of each component stand for all of it."""
SOURCES = 512
SAMPLED = 512
"""Organisations of a component by which a first look at many ties measures the paths."""
PAIRED = 128
"""Organisations on either side of a tie between which that look measures them."""
EXACT_WORK = 10_000_000_000
"""Links times pairs of organisations up to which the change of every link's efficiency is worked out (seconds)."""
FAR = np.uint16(65535)
"""Distance of organisations with no path between them."""


class Distances:
    """Steps between organisations. ``exact``: all are kept; else those to sources, drawn from each component, and gains
    within the larger ones are estimated.

    steps : uint16 [organisations, sources of the component that has most], to those of its own component; then FAR
    """

    def __init__(self, graph: Csr, seed: int = 0) -> None:
        n = graph.rows
        self.exact = n <= EXACT_UP_TO
        part = connected_components(graph.to_scipy(), directed=False)[1].astype(np.int64)
        size = np.bincount(part)
        order = np.random.default_rng(seed).permutation(n)
        order = order[np.argsort(part[order], kind="stable")]
        column = np.arange(n) - np.repeat(np.cumsum(size) - size, size)
        drawn = column < (n if self.exact else SOURCES)
        start = np.cumsum(np.bincount(part[order[drawn]], minlength=len(size)))
        self._graph = (frozen(graph.indptr), frozen(graph.indices))
        self._n = n
        sources, self._column = frozen(order[drawn]), frozen(column[drawn])
        self._size = frozen(size)
        self._parts = (frozen(part), sources, frozen(np.concatenate([[0], start])))
        self.steps = np.full((n, int(self._column.max(initial=-1)) + 1), FAR, np.uint16)
        spread(lambda x, y: _walk(*self._graph, sources[x:y], self._column[x:y], self.steps), len(sources), n * SOURCES)
        self.steps = frozen(self.steps)

    @property
    def samples(self) -> int:
        """Organisations that stand for all in what is told of efficiency; 0 where all are looked at."""
        return 0 if self.exact else SOURCES

    @cached_property
    def efficiency(self) -> float:
        """Global efficiency in [0, 1] (Latora & Marchiori 2001): mean of 1/distance over ordered pairs, 0 where there
        is no path; told by the ways to the sources, where not ``exact``."""
        part, _, start = self._parts
        nearness = np.zeros(int(FAR) + 1)
        nearness[1:FAR] = 1 / np.arange(1, int(FAR))
        near = np.array([nearness[to].sum() for to in self.steps])
        return float((near * (self._size / np.diff(start))[part]).sum() / max(self._n * (self._n - 1), 1))

    def efficiency_gain(self, a: Int64s, b: Int64s) -> Floats:
        """Rise of global efficiency (Latora & Marchiori 2001: mean of 1/distance over ordered pairs) by the link
        a[p]–b[p] alone, float64 [pairs], at least 0. A path that gets shorter uses the new tie once, so the new
        distance of u and v is min(d(u,v), d(u,a)+1+d(b,v), d(u,b)+1+d(a,v)).

        Estimated, where not ``exact``, is only what others than the ends gain in a component of more than SOURCES."""
        ends = np.unique(np.concatenate([a, b])).astype(np.int64)
        from_ends = self._from(ends)
        at = np.searchsorted(ends, np.stack([a, b], axis=1))
        parts = spread(
            lambda x, y: _gains(self.steps, *self._parts, frozen(ends), frozen(from_ends), frozen(at[x:y])),
            len(a),
            len(a) * self._n,
        )
        total: Floats = np.concatenate(parts)
        return total / max(self._n * (self._n - 1), 1)

    def bears(self, links: int) -> bool:
        """Whether ``efficiency_gain`` of so many links is worked out in seconds."""
        return self.exact and links * self._n**2 <= EXACT_WORK

    def efficiency_estimate(self, a: Int64s, b: Int64s) -> Floats:
        """As ``efficiency_gain``, but by the ways of SAMPLED organisations of a component (all, if there are no more):
        so fast that every candidate is looked at; float64 [pairs]."""
        parts = spread(
            lambda x, y: _glimpses(
                self.steps, *self._parts, self._size, SAMPLED, PAIRED, frozen(a[x:y]), frozen(b[x:y])
            ),
            len(a),
            len(a) * SAMPLED,
        )
        total: Floats = np.concatenate(parts)
        return total / max(self._n * (self._n - 1), 1)

    def _from(self, sources: Int64s) -> npt.NDArray[np.uint16]:
        parts = spread(
            lambda x, y: _search(*self._graph, frozen(sources[x:y])),
            len(sources),
            len(sources) * self._n,
        )
        return np.concatenate(parts) if parts else np.zeros((0, self._n), np.uint16)


@njit
def _walk(indptr, indices, sources, column, steps):  # type: ignore[no-untyped-def]
    """Write the distance to each source into its ``column`` of ``steps``, for all that are reached."""
    n = len(indptr) - 1
    depth, queue = np.full(n, FAR, np.uint16), np.empty(n, np.int64)
    for s in range(len(sources)):
        for v in queue[: levels(indptr, indices, sources[s], depth, queue, FAR)]:
            steps[v, column[s]] = depth[v]
            depth[v] = FAR


@njit
def _search(indptr, indices, sources):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    steps = np.full((len(sources), n), FAR, np.uint16)
    queue = np.empty(n, np.int64)
    for s in range(len(sources)):
        levels(indptr, indices, sources[s], steps[s], queue, FAR)
    return steps


@njit
def _gained(near, far, old):  # type: ignore[no-untyped-def]
    """Rise of 1/distance where a way of near + 1 + far steps opens beside one of ``old``."""
    new = np.int64(near) + 1 + np.int64(far)
    return 1.0 / new - 1.0 / np.int64(old) if new < np.int64(old) else 0.0


@njit
def _gains(steps, part, sources, start, ends, from_ends, at):  # type: ignore[no-untyped-def]
    """Rise summed over ordered pairs, by the links of ``ends`` ``at`` [links, 2], see ``efficiency_gain``."""
    out = np.zeros(len(at))
    for p in range(len(at)):
        a, b = ends[at[p, 0]], ends[at[p, 1]]
        to_a, to_b = from_ends[at[p, 0]], from_ends[at[p, 1]]
        if part[a] != part[b]:
            out[p] = 2 * _joined(np.bincount(to_a[to_a != FAR]), np.bincount(to_b[to_b != FAR]))
        else:
            who = sources[start[part[a]] : start[part[a] + 1]]
            out[p] = 2 * _shortened(steps, who, a, b, to_a, to_b)
    return out


@njit
def _joined(by_a, by_b):  # type: ignore[no-untyped-def]
    """Rise over unordered pairs by a link of two components, of which so many are 0, 1, … steps from its end."""
    total, there = 0.0, np.flatnonzero(by_b)
    for x in np.flatnonzero(by_a):
        for y in there:
            total += by_a[x] * by_b[y] / (x + 1 + y)
    return total


@njit
def _nearer(near, far):  # type: ignore[no-untyped-def]
    """Who comes nearer to the far end by a link of the two ends: the near one among them."""
    return np.flatnonzero(near + np.int64(1) < far)


@njit
def _shortened(steps, who, a, b, to_a, to_b):  # type: ignore[no-untyped-def]
    """Rise over unordered pairs by a link within a component, of which ``who`` are sources. A pair that gains has one
    on either side: who comes nearer to b by the link, and who comes nearer to a. What one side gains the other does, so
    the sources of both stand for all: else a side of few would be lost where none of them is a source."""
    side_a, side_b = _nearer(to_a, to_b), _nearer(to_b, to_a)
    ends = 0.0
    for v in side_b:
        ends += _gained(0, to_b[v], to_a[v])
    for u in side_a:
        if u != a:
            ends += _gained(0, to_a[u], to_b[u])
    by_a, asked_a = _across(steps, who, side_b, a, b, to_a, to_b)
    if asked_a >= len(side_a) - 1:
        return ends + by_a
    by_b, asked_b = _across(steps, who, side_a, b, a, to_b, to_a)
    return ends + ((len(side_a) - 1) * by_a + (len(side_b) - 1) * by_b) / max(asked_a + asked_b, 1)


@njit
def _across(steps, who, side, end, other, near, far):  # type: ignore[no-untyped-def]
    """What sources nearer to one end of a link gain with the ``side`` of the other, but for the ends; how many they
    are."""
    asked = np.array([s for s in range(len(who)) if who[s] != end and np.int64(near[who[s]]) + 1 < far[who[s]]])
    total = 0.0
    for v in side:
        if v != other:
            for s in asked:
                total += _gained(near[who[s]], far[v], steps[v, s])
    return total, len(asked)


@njit
def _glimpses(steps, part, sources, start, size, sampled, paired, a, b):  # type: ignore[no-untyped-def]
    """Rise summed over ordered pairs, see ``efficiency_estimate``."""
    out = np.zeros(len(a))
    for p in range(len(a)):
        one, other = part[a[p]], part[b[p]]
        who = sources[start[one] : min(start[one + 1], start[one] + sampled)]
        to_a, to_b = steps[a[p], : len(who)], steps[b[p], : min(start[other + 1] - start[other], sampled)]
        if one != other:
            out[p] = 2 * _joined(_told(to_a, size[one]), _told(to_b, size[other]))
        else:
            out[p] = 2 * _glimpsed(steps, who, to_a, to_b, size[one], paired)
    return out


@njit
def _told(to, size):  # type: ignore[no-untyped-def]
    """How many of a component are 0, 1, … steps away, as those sampled tell it."""
    count = np.bincount(to).astype(np.float64)
    count[1:] *= (size - 1) / max(len(to) - count[0], 1)
    count[0] = 1
    return count


@njit
def _glimpsed(steps, who, to_a, to_b, size, paired):  # type: ignore[no-untyped-def]
    """Rise over unordered pairs by a link within a component of ``size``, as those sampled (``who``) tell it."""
    side_a, side_b = _nearer(to_a, to_b), _nearer(to_b, to_a)
    both, ends, between, others = 0.0, 0.0, 0.0, len(who)
    for to, far, side in ((to_a, to_b, side_a), (to_b, to_a, side_b)):
        for s in side:
            if to[s] == 0:
                both, others = _gained(0, 0, far[s]), others - 1
            else:
                ends += _gained(0, to[s], far[s])
    side_a, side_b = side_a[to_a[side_a] > 0], side_b[to_b[side_b] > 0]
    some_a, some_b = side_a[:: len(side_a) // paired + 1], side_b[:: len(side_b) // paired + 1]
    for v in some_b:
        for u in some_a:
            between += _gained(to_a[u], to_b[v], steps[who[v], u])
    between *= len(side_a) * len(side_b) / max(len(some_a) * len(some_b), 1)
    return both + (size - 2) / max(others, 1) * (ends + (size - 3) / max(others - 1, 1) * between)
