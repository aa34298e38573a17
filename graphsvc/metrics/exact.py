"""Measures with nothing estimated, computed in pieces, so that one sees how far they are and can end them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from graphsvc.kernels.betweenness import betweenness_centrality
from graphsvc.metrics.compute import Lazily, Measures
from graphsvc.snapshot.csr import Csr, Floats, Int64s

Progress = Callable[[int, int], None]
PIECE = 256
"""Sources at a time: some seconds of work on a million ties."""


def exactly(measures: Measures, graph: Csr, progress: Progress) -> Measures:
    """The measures of the graph with exact betweenness; ``progress`` gets (organisations done, all) and may raise."""
    between = exact_betweenness(graph, progress)
    columns: dict[str, Callable[[], Floats]] = {
        name: partial(measures.organisations.__getitem__, name) for name in measures.organisations
    }
    columns["betweenness"] = lambda: between
    same = {name: measures.parameters[name] for name in ("seed", "communities") if name in measures.parameters}
    return Measures(Lazily(columns), measures.network, {**same, "betweenness": "exact"})


def exact_betweenness(graph: Csr, progress: Progress) -> Floats:
    """Normalised betweenness, float64 [n] in 0..1: the sum over pieces of sources (Brandes 2001)."""
    n = graph.rows
    sums = np.zeros(n)
    for start in range(0, n if n > 2 else 0, PIECE):
        progress(start, n)
        # at least two sources in each piece: the kernel scales the values of a source by those of the others
        stop = n if start + PIECE + 2 > n else start + PIECE
        sums += _through(graph, np.arange(start, stop))
        if stop == n:
            break
    progress(n, n)
    return sums / max((n - 1) * (n - 2), 1)


def _through(graph: Csr, sources: Int64s) -> Floats:
    """Sum over sources of the paths through each node, without the scale that the kernel gives samples."""
    k, n = len(sources), graph.rows
    counted = np.full(n, float(k))
    counted[sources] = k - 1
    through: Floats = betweenness_centrality(graph, normalized=False, sources=sources) * counted * 2 / (n - 1)
    return through
