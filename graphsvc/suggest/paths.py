"""How much shorter the paths of a network become by one more tie: exactly, without walking it anew."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from graphsvc.kernels._run import njit, spread
from graphsvc.kernels.distances import levels
from graphsvc.snapshot.csr import Csr, Floats, Int64s, frozen

EXACT_UP_TO = 5000
"""Organisations up to which all distances are kept; above, SOURCES of them stand for all."""
SOURCES = 512
SAMPLED = 64
"""Organisations between which a first look at many ties measures the paths."""
EXACT_WORK = 10_000_000_000
"""Links times pairs of organisations up to which the change of every link's efficiency is worked out (seconds)."""
FAR = np.uint16(65535)
"""Distance of organisations with no path between them."""


class Distances:
    """Steps between organisations. ``exact``: all sources are kept; else gains are estimated from a sample.

    steps : uint16 [sources, organisations], FAR where there is no path
    """

    def __init__(self, graph: Csr, seed: int = 0) -> None:
        n = graph.rows
        self.exact = n <= EXACT_UP_TO
        rng = np.random.default_rng(seed)
        self._sources = np.arange(n) if self.exact else np.sort(rng.choice(n, SOURCES, replace=False))
        self._graph = (frozen(graph.indptr), frozen(graph.indices))
        self._n = n
        self.steps = self._from(self._sources)

    @property
    def samples(self) -> int:
        """Organisations that stand for all in what is told of efficiency; 0 where all are looked at."""
        return 0 if self.exact else SOURCES

    @cached_property
    def efficiency(self) -> float:
        """Global efficiency in [0, 1] (Latora & Marchiori 2001): mean of 1/distance over ordered pairs, 0 where there
        is no path; of the sources only, where not ``exact``."""
        steps = self.steps.astype(np.float64)
        near = (steps > 0) & (self.steps != FAR)
        pairs = max(len(self._sources) * (self._n - 1), 1)
        return float((1 / steps[near]).sum() / pairs)

    def efficiency_gain(self, a: Int64s, b: Int64s) -> Floats:
        """Rise of global efficiency (Latora & Marchiori 2001: mean of 1/distance over ordered pairs) by the link
        a[p]–b[p] alone, float64 [pairs], at least 0. A path that gets shorter uses the new tie once, so the new
        distance of u and v is min(d(u,v), d(u,a)+1+d(b,v), d(u,b)+1+d(a,v))."""
        ends = np.unique(np.concatenate([a, b]))
        from_ends = frozen(self._from(ends))
        at_a, at_b = np.searchsorted(ends, a), np.searchsorted(ends, b)
        steps, sources = frozen(self.steps), frozen(self._sources.astype(np.int64))
        parts = spread(
            lambda x, y: _gains(steps, sources, from_ends, frozen(at_a[x:y]), frozen(at_b[x:y])),
            len(a),
            len(a) * len(self._sources),
        )
        total: Floats = np.concatenate(parts)
        return total / max(len(self._sources) * (self._n - 1), 1)

    def bears(self, links: int) -> bool:
        """Whether ``efficiency_gain`` of so many links is worked out in seconds."""
        return self.exact and links * self._n**2 <= EXACT_WORK

    def efficiency_estimate(self, a: Int64s, b: Int64s) -> Floats:
        """As ``efficiency_gain``, but of the paths among SAMPLED organisations (all, if there are no more) and from the
        two themselves, which gain most, to these: so fast that every candidate is looked at; float64 [pairs]."""
        some = np.linspace(0, len(self._sources) - 1, min(SAMPLED, len(self._sources))).astype(np.int64)
        to = frozen(np.ascontiguousarray(self.steps[some].T))
        who = frozen(self._sources[some].astype(np.int64))
        parts = spread(lambda x, y: _among(who, to, frozen(a[x:y]), frozen(b[x:y])), len(a), len(a) * len(some) ** 2)
        total: Floats = np.concatenate(parts)
        return total / max(self._n * (self._n - 1), 1)

    def _from(self, sources: Int64s) -> npt.NDArray[np.uint16]:
        parts = spread(
            lambda x, y: _search(*self._graph, frozen(sources[x:y].astype(np.int64))),
            len(sources),
            len(sources) * self._n,
        )
        return np.concatenate(parts) if parts else np.zeros((0, self._n), np.uint16)


@njit
def _search(indptr, indices, sources):  # type: ignore[no-untyped-def]
    n = len(indptr) - 1
    steps = np.full((len(sources), n), FAR, np.uint16)
    queue = np.empty(n, np.int64)
    for s in range(len(sources)):
        levels(indptr, indices, sources[s], steps[s], queue, FAR)
    return steps


@njit
def _gains(steps, sources, from_ends, at_a, at_b):  # type: ignore[no-untyped-def]
    out = np.zeros(len(at_a))
    n = steps.shape[1]
    for p in range(len(at_a)):
        to_a, to_b = from_ends[at_a[p]], from_ends[at_b[p]]
        total = 0.0
        for s in range(len(sources)):
            u = sources[s]
            near, far = (to_a, to_b) if to_a[u] <= to_b[u] else (to_b, to_a)
            if near[u] == FAR or np.int64(near[u]) + 1 >= np.int64(far[u]):
                continue
            for v in range(n):
                if far[v] == FAR or v == u:
                    continue
                new, old = np.int64(near[u]) + 1 + np.int64(far[v]), np.int64(steps[s, v])
                if new < old:
                    total += 1.0 / new - (0.0 if old == np.int64(FAR) else 1.0 / old)
        out[p] = total
    return out


@njit
def _gained(near, far, old):  # type: ignore[no-untyped-def]
    """Rise of 1/distance where a way of near + 1 + far steps opens beside one of ``old``."""
    if near == FAR or far == FAR:
        return 0.0
    new = np.int64(near) + 1 + np.int64(far)
    if new >= np.int64(old):
        return 0.0
    return 1.0 / new - (0.0 if old == FAR else 1.0 / old)


@njit
def _among(who, to, a, b):  # type: ignore[no-untyped-def]
    """Rise summed over ordered pairs: of others by those sampled (``who``, steps ``to`` them), of the ends to these."""
    out = np.zeros(len(a))
    n = len(to)
    for p in range(len(a)):
        to_a, to_b = to[a[p]], to[b[p]]
        between, ends, others = 0.0, 0.0, 0
        for u in range(len(who)):
            if who[u] == a[p]:
                out[p] = 2 * _gained(0, 0, to_b[u])
                continue
            if who[u] == b[p]:
                continue
            others += 1
            ends += _gained(0, to_b[u], to_a[u]) + _gained(0, to_a[u], to_b[u])
            near, far = (to_a, to_b) if to_a[u] <= to_b[u] else (to_b, to_a)
            if near[u] == FAR or np.int64(near[u]) + 1 >= np.int64(far[u]):
                continue
            for v in range(len(who)):
                if v != u and who[v] != a[p] and who[v] != b[p]:
                    between += _gained(near[u], far[v], to[who[v], u])
        out[p] += 2 * ends * (n - 2) / max(others, 1)
        out[p] += between * (n - 2) * (n - 3) / max(others * (others - 1), 1)
    return out
