"""Groups of alike nodes and how densely they are linked with each other: a quick stochastic block model."""

from __future__ import annotations

import warnings

import numpy as np
from scipy import sparse
from scipy.cluster.vq import kmeans2

from graphsvc.suggest.edgelist.links import Columns, Floats, Ints, Links, Singles

GROUPS = (4, 8, 16, 32)
REPEATS = 2
ROUNDS = 15


def block_features(links: Links, left: Ints, right: Ints, place: Singles, seed: int) -> Columns:
    """Share of linked pairs between the groups of the two ends, plain and corrected for degree.

    Groups by k-means on ``place`` (unit rows [nodes, rank]), for several numbers of groups, averaged over repeats;
    the degree-corrected form follows Karrer & Newman (2011).
    """
    columns: Columns = {}
    for groups in (g for g in GROUPS if 2 * g <= links.nodes):
        rounds = [_densities(links, _grouped(place, groups, seed + i), left, right) for i in range(REPEATS)]
        plain, corrected = np.mean(rounds, axis=0)
        columns[f"blocks_{groups}"] = plain
        columns[f"blocks_{groups}_degree"] = corrected
    return columns


def _grouped(place: Singles, groups: int, seed: int) -> Ints:
    with warnings.catch_warnings():
        # a group that loses all its nodes does no harm here
        warnings.simplefilter("ignore", UserWarning)
        found = kmeans2(place, groups, iter=ROUNDS, minit="points", seed=np.random.default_rng(seed))[1]
    return np.asarray(found, dtype=np.int64)


def _densities(links: Links, group: Ints, left: Ints, right: Ints) -> Floats:
    """Both densities of each pair, float64 [2, pairs], shrunk to the network's mean as by one more link."""
    count = int(group.max()) + 1
    member = sparse.csr_array((np.ones(links.nodes), (np.arange(links.nodes), group)), shape=(links.nodes, count))
    between = (member.T @ links.adjacency @ member).toarray()
    size, weight = member.sum(axis=0), member.T @ links.degree
    total = max(links.degree.sum(), 1.0)
    plain = (between + total / links.nodes**2) / (np.outer(size, size) + 1)
    corrected = (between + 1) / (np.outer(weight, weight) + total)
    a, b = group[left], group[right]
    return np.stack([plain[a, b], corrected[a, b] * links.degree[left] * links.degree[right]])
