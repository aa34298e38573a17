"""What a pair's nearest surroundings say: degrees, clustering, cores, common neighbours."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from graphsvc.suggest.edgelist.links import Columns, Floats, Ints, Links, lower_upper

CHUNK = 2048


def local_features(links: Links, left: Ints, right: Ints) -> Columns:
    """Degrees and their neighbours', triangles, cores, components and the indices of common neighbours."""
    degree = links.degree
    columns: Columns = {
        "degree_product": degree[left] * degree[right],
        "degree_sum": degree[left] + degree[right],
        "degree_gap": np.abs(degree[left] - degree[right]),
    }
    for name, values in _of_nodes(links).items():
        columns |= lower_upper(name, values, left, right)
    part = connected_components(links.adjacency, directed=False)[1]
    columns["same_component"] = (part[left] == part[right]).astype(np.float64)
    return columns | _common(links, left, right)


def _of_nodes(links: Links) -> Columns:
    a, degree, divisor = links.adjacency, links.degree, links.degree_or_one
    chunks = [a[start : start + CHUNK] for start in range(0, links.nodes, CHUNK)]
    # by chunks: the square of a large network with hubs would not fit
    triangles = np.concatenate([np.asarray((c @ a).multiply(c).sum(axis=1), dtype=np.float64) / 2 for c in chunks])
    part = connected_components(a, directed=False)[1]
    around = sparse.csr_array(a @ sparse.diags_array(degree))
    square = np.asarray(a @ degree**2, dtype=np.float64) / divisor
    mean = np.asarray(a @ degree, dtype=np.float64) / divisor
    return {
        "degree": degree,
        "triangles": triangles,
        "clustering": 2 * triangles / np.maximum(degree * (degree - 1), 1),
        "neighbour_degree": mean,
        "neighbour_degree_sd": np.sqrt(np.maximum(square - mean**2, 0)),
        "neighbour_degree_most": np.asarray(around.max(axis=1).todense(), dtype=np.float64).ravel(),
        "core": core_numbers(links),
        "component": np.bincount(part)[part].astype(np.float64),
    }


def core_numbers(links: Links) -> Floats:
    """The largest k such that the node is in the k-core, float64 [nodes] (Seidman 1983), by whole rounds of removal."""
    left = links.degree.copy()
    core = np.zeros(links.nodes)
    alive = np.ones(links.nodes, dtype=bool)
    k = 0.0
    while alive.any():
        k = max(k, float(left[alive].min()))
        gone = alive & (left <= k)
        core[gone] = k
        alive &= ~gone
        left -= links.adjacency @ gone.astype(np.float64)
    return core


def _common(links: Links, left: Ints, right: Ints) -> Columns:
    parts = [_common_chunk(links, left[i : i + CHUNK], right[i : i + CHUNK]) for i in range(0, len(left), CHUNK)]
    count, logs, shares, among = np.concatenate(parts, axis=1)
    one, other = links.degree[left], links.degree[right]
    product = np.maximum(one * other, 1)
    return {
        "common": count,
        "adamic_adar": logs,
        "resource_allocation": shares,
        "resource_allocation_cosine": shares / np.sqrt(product),
        "links_among_common": among,
        "car": count * among,
        "jaccard": count / np.maximum(one + other - count, 1),
        "salton": count / np.sqrt(product),
        "leicht_holme_newman": count / product,
        "hub_promoted": count / np.maximum(np.minimum(one, other), 1),
        "hub_depressed": count / np.maximum(np.maximum(one, other), 1),
    }


def _common_chunk(links: Links, left: Ints, right: Ints) -> Floats:
    """Rows: number of common neighbours, their Σ 1/ln k, Σ 1/k, and the links among them (Cannistraci 2013)."""
    a = links.adjacency
    shared = sparse.csr_array(a[left].multiply(a[right]))
    among = np.asarray((shared @ a).multiply(shared).sum(axis=1), dtype=np.float64) / 2
    weights = np.stack([np.ones(links.nodes), 1 / np.log(np.maximum(links.degree, 2)), 1 / links.degree_or_one], axis=1)
    return np.vstack([np.asarray(shared @ weights, dtype=np.float64).T, among])
