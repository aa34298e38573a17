"""Groups of nodes that link alike: chances of links under a stochastic block model, averaged over many groupings.

Nodes in groups r and s are linked at a rate θ_rs (Poisson; Guimerà & Sales-Pardo 2009, Peixoto 2014). Groupings are
drawn by Gibbs sampling: rates given the groups (Gamma), then each node's group given the rates and its links.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from graphsvc.suggest.edgelist.links import Columns, Floats, Ints, Links

GROUPS = ((10, False), (30, False), (20, True))
"""Groups at most, and whether nodes link in proportion to their degree too (Karrer & Newman 2011)."""
CHAINS = 3
WARM, KEPT = 30, 30
"""Sweeps before groupings count, and those that do."""
SPARE = 0.3
"""Added to each degree, so that a node without links may have one."""


def block_features(links: Links, left: Ints, right: Ints, seed: int) -> Columns:
    """Logarithm of the mean rate of each pair, for each of GROUPS, float64 [pairs]."""
    rng = np.random.default_rng(seed)
    columns: Columns = {}
    for groups, by_degree in GROUPS:
        own = links.degree if by_degree else np.ones(links.nodes)
        graph = (links.graph.indptr.astype(np.int64), links.graph.indices, own)
        seeds = rng.integers(2**31, size=CHAINS).tolist()
        rate = np.mean([_rates(*graph, groups, left, right, one) for one in seeds], axis=0)
        if by_degree:
            rate *= (own[left] + SPARE) * (own[right] + SPARE)
        columns[f"blocks_{groups}{'_by_degree' if by_degree else ''}"] = np.log(rate)
    return columns


@njit(cache=True, nogil=True)
def _rates(
    indptr: Ints, indices: npt.NDArray[np.int32], own: Floats, groups: int, left: Ints, right: Ints, seed: int
) -> Floats:
    """Mean expected rate between the groups of each pair's ends over KEPT groupings, float64 [pairs]."""
    np.random.seed(seed)
    group = np.random.randint(0, groups, len(own))
    prior = own.sum() ** 2 / max(len(indices), 1)  # so much exposure has one link expected
    found = np.zeros(len(left))
    for sweep in range(WARM + KEPT):
        ties, mass = _counted(indptr, indices, own, group, groups)
        for pair in range(len(left) if sweep >= WARM else 0):
            r, s = group[left[pair]], group[right[pair]]
            half = 0.5 if r == s else 1.0
            found[pair] += (1 + half * ties[r, s]) / (prior + half * mass[r] * mass[s])
        rates = np.empty((groups, groups))
        for r in range(groups):
            for s in range(r + 1):
                half = 0.5 if r == s else 1.0
                rates[r, s] = np.random.gamma(1 + half * ties[r, s]) / (prior + half * mass[r] * mass[s])
                rates[s, r] = rates[r, s]
        _regroup(indptr, indices, own, group, rates, mass)
    return found / KEPT


@njit(cache=True, nogil=True)
def _counted(
    indptr: Ints, indices: npt.NDArray[np.int32], own: Floats, group: Ints, groups: int
) -> tuple[Floats, Floats]:
    """Links' ends between groups [groups, groups], and the sum of ``own`` in each."""
    ties, mass = np.zeros((groups, groups)), np.zeros(groups)
    for u in range(len(own)):
        mass[group[u]] += own[u]
        for e in range(indptr[u], indptr[u + 1]):
            ties[group[u], group[indices[e]]] += 1
    return ties, mass


@njit(cache=True, nogil=True, fastmath=True)
def _regroup(
    indptr: Ints, indices: npt.NDArray[np.int32], own: Floats, group: Ints, rates: Floats, mass: Floats
) -> None:
    """One sweep: each node draws its group by size and by how well its links fit the rates."""
    groups = len(mass)
    logs, expected = np.log(rates + 1e-300), rates @ mass
    size, to, odds = np.ones(groups), np.zeros(groups), np.zeros(groups)
    for u in range(len(own)):
        size[group[u]] += 1
    log_size = np.log(size)
    for u in range(len(own)):
        old, weight = group[u], own[u]
        size[old] -= 1
        log_size[old] = np.log(size[old])
        for r in range(groups):
            to[r] = 0
            odds[r] = log_size[r] - weight * (expected[r] - rates[old, r] * weight)
        for e in range(indptr[u], indptr[u + 1]):
            to[group[indices[e]]] += 1
        for s in range(groups):
            if to[s] > 0:
                for r in range(groups):
                    odds[r] += to[s] * logs[s, r]
        new = _drawn(odds)
        size[new] += 1
        log_size[new] = np.log(size[new])
        if new != old:
            for r in range(groups):
                expected[r] += (rates[new, r] - rates[old, r]) * weight
            group[u] = new


@njit(cache=True, nogil=True, fastmath=True)
def _drawn(log_odds: Floats) -> int:
    """A group by its logarithm of a chance; the chances are left in the array's place."""
    most = log_odds.max()
    total = 0.0
    for r in range(len(log_odds)):
        log_odds[r] = np.exp(log_odds[r] - most)
        total += log_odds[r]
    rest = np.random.random() * total
    r = 0
    while r < len(log_odds) - 1 and rest >= log_odds[r]:
        rest -= log_odds[r]
        r += 1
    return r
