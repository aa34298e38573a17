"""Walks between the ends of a pair, and how much either end is like the other's neighbours.

Both come from columns of matrix powers: for a block of source nodes a dense [nodes, block] array is carried from step
to step, so that memory is nodes x block, and nothing of size nodes x nodes is ever kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.suggest.edgelist.links import Columns, Floats, Ints, Links, Singles, State, further, lower_upper
from graphsvc.suggest.edgelist.nearest import most_alike

BLOCK = 512
STEPS = 8


@dataclass(frozen=True, slots=True)
class _Block:
    """Source nodes and the pairs that start there: pair ``rows[i]`` leads from ``sources[column[i]]`` to ``to[i]``."""

    sources: Ints
    rows: Ints
    column: Ints
    to: Ints


def walk_features(links: Links, left: Ints, right: Ints) -> Columns:
    """Walks of 2 to STEPS steps: counted, damped by degree, and the return probabilities of the ends."""
    columns: Columns = {}
    plain = links.adjacency / np.float32(max(_growth(links), 1.0))
    for name, matrix in (("walk", links.normalised()), ("count", sparse.csr_array(plain))):
        between, home = _powers(matrix, links.nodes, left, right)
        for step in range(2, STEPS + 1):
            columns[f"{name}_{step}"] = between[step]
        for step in (2, 3, 4, 6):
            columns |= lower_upper(f"{name}_home_{step}", home[step], left, right)
        if name == "walk":
            columns |= _by_degree(links, between, left, right)
    return columns | {"l3": _l3(links, left, right)}


def likeness_features(links: Links, left: Ints, right: Ints, places: dict[str, Singles]) -> Columns:
    """Is one end like those whom the other end is already linked to? (collaborative filtering)

    Alike are nodes of many common neighbours (cosine, Jaccard) or near in one of ``places`` (unit rows
    [nodes, rank] by name): the mean and the best over the neighbours, and of the pair itself.
    """
    one_way, other_way = np.concatenate([left, right]), np.concatenate([right, left])
    names = ["cosine", "jaccard", *places]
    found = np.zeros((len(names), 3, len(one_way)))
    for block in _blocks(one_way, other_way):
        for i, alike in enumerate(_likeness(links, block.sources, list(places.values()))):
            around = links.adjacency @ alike
            found[i, 0, block.rows] = alike[block.to, block.column]
            found[i, 1, block.rows] = around[block.to, block.column] / links.degree_or_one[block.to]
            found[i, 2, block.rows] = most_alike(links.graph.indptr, links.graph.indices, alike, block.to, block.column)
    columns: Columns = {}
    for name, (itself, mean, best) in zip(names, found, strict=True):
        n = len(left)
        columns[f"alike_{name}"] = itself[:n]
        for kind, both in (("mean", mean), ("best", best)):
            columns[f"alike_{name}_{kind}_lower"] = np.minimum(both[:n], both[n:])
            columns[f"alike_{name}_{kind}_upper"] = np.maximum(both[:n], both[n:])
        columns[f"alike_{name}_sum"] = mean[:n] * links.degree[right] + mean[n:] * links.degree[left]
    return columns


def _likeness(links: Links, sources: Ints, places: list[Singles]) -> Iterator[Singles]:
    """Likeness of every node to each source, [nodes, block], nobody being like itself."""
    own = np.arange(len(sources))
    common = (links.adjacency @ links.adjacency[:, sources]).toarray()
    degree = links.degree_or_one.astype(np.float32)
    here, there = degree[:, None], degree[None, sources]
    for alike in (common / np.sqrt(here * there), common / np.maximum(here + there - common, 1)):
        alike[sources, own] = 0
        yield alike
    for place in places:
        alike = place @ place[sources].T
        alike[sources, own] = 0
        yield alike


def _powers(matrix: sparse.csr_array, nodes: int, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Entries of matrix^k for k up to STEPS: float64 [STEPS + 1, pairs] of the pairs, [STEPS + 1, nodes] diagonal."""
    between, home = np.zeros((STEPS + 1, len(left))), np.zeros((STEPS + 1, nodes))
    # nodes that are only ever a right end still need their diagonal
    everyone = np.arange(nodes)
    for block in _blocks(np.concatenate([left, everyone]), np.concatenate([right, everyone])):
        state: State = matrix[:, block.sources]
        for step in range(1, STEPS + 1):
            values = np.asarray(state[block.to, block.column])
            pair = block.rows < len(left)
            between[step, block.rows[pair]] = values[pair]
            home[step, block.to[~pair]] = values[~pair]
            state = further(matrix, state) if step < STEPS else state
    return between, home


def _by_degree(links: Links, between: Floats, left: Ints, right: Ints) -> Columns:
    """The normalised walks seen from the ends' degrees, and summed with damping (PageRank, heat)."""
    root = np.sqrt(links.degree_or_one[left] * links.degree_or_one[right])
    columns: Columns = {}
    for step in range(2, STEPS + 1):
        columns[f"walk_{step}_share"] = between[step] / root
        columns[f"walk_{step}_flow"] = between[step] * root
    steps = np.arange(STEPS + 1)
    for damping in (0.5, 0.8, 0.95):
        columns[f"pagerank_{damping}"] = damping**steps @ between
    return columns


def _l3(links: Links, left: Ints, right: Ints) -> Floats:
    """Paths of three links damped by the degrees between (Kovács et al. 2019)."""
    a = links.adjacency
    damped = sparse.csr_array(a @ sparse.diags_array((1 / np.sqrt(links.degree_or_one)).astype(np.float32)))
    found = np.zeros(len(left))
    for block in _blocks(left, right):
        reached = damped @ (a @ damped.T[:, block.sources].toarray())
        found[block.rows] = reached[block.to, block.column]
    return found


def _growth(links: Links) -> float:
    """The largest eigenvalue, by repeated multiplication (0 without links)."""
    state = np.ones(links.nodes, dtype=np.float32)
    growth = 0.0
    for _ in range(30):
        state = links.adjacency @ state
        growth = float(np.linalg.norm(state))
        state /= max(growth, 1e-12)
    return growth


def _blocks(left: Ints, right: Ints) -> Iterator[_Block]:
    sources, column = np.unique(left, return_inverse=True)
    order = np.argsort(column, kind="stable")
    for start in range(0, len(sources), BLOCK):
        low, high = np.searchsorted(column[order], [start, start + BLOCK])
        rows = order[low:high]
        yield _Block(sources[start : start + BLOCK], rows, column[rows] - start, right[rows])
