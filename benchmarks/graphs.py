"""Graphs to measure on: heavy-tailed degrees and communities, the same for every engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from graphsvc.model.network import SCHEMAS, Network
from graphsvc.snapshot.csr import Csr, Int32s, Int64s

SIZES = {"2k": (2_000, 8_000), "20k": (20_000, 100_000), "200k": (200_000, 1_000_000)}
INSIDE = 0.7
"""Share of ties that stay inside a community."""
EXPONENT = 2.3
"""Of the power law that expected degrees follow."""


def pairs(size: str, seed: int = 7) -> tuple[int, Int64s]:
    """Number of nodes and the ties, int64 [m, 2] with u < v, no doubles, no loops.

    Expected degrees follow a power law (Chung, Lu), community sizes too; most ties stay in their community.
    """
    n, m = SIZES[size]
    rng = np.random.default_rng(seed)
    appeal = rng.pareto(EXPONENT - 1, n) + 1
    appeal = np.minimum(appeal, np.sqrt(n))
    community = _communities(n, rng)
    found = np.empty(0, np.int64)
    while len(found) < m:
        some = np.concatenate([_inside(community, appeal, m, rng), _anywhere(appeal, m, rng)])
        low, high = some.min(axis=1), some.max(axis=1)
        keys = (low * n + high)[low != high]
        found = np.unique(np.concatenate([found, keys]))
    kept = np.sort(rng.choice(found, m, replace=False))
    return n, np.stack([kept // n, kept % n], axis=1)


def graph(size: str, seed: int = 7) -> Csr:
    """The same ties as a graph, weights drawn from 1..5."""
    n, ties = pairs(size, seed)
    weights = np.random.default_rng(seed + 1).integers(1, 6, len(ties)).astype(np.float64)
    both = np.concatenate([ties, ties[:, ::-1]])
    return Csr.from_entries(both[:, 0], both[:, 1], np.tile(weights, 2), (n, n))


def network(rows: Int64s, cols: Int64s, groups: Int32s) -> Network:
    """A network whose ties are partnerships of two; the groups are sectors, and ten of each are territories."""
    count = len(rows)
    names = groups.astype(str).tolist()
    places = (groups * 10 + np.arange(len(groups)) % 10).astype(str).tolist()
    ends, of = np.stack([rows, cols], axis=1).ravel(), np.repeat(np.arange(count), 2)
    return Network(
        organisations=filled("organisations", len(groups), sector=names, territory=places),
        partnerships=filled("partnerships", count),
        memberships=filled("memberships", 2 * count, organisation=ends, partnership=of),
    )


def filled(name: str, rows: int, **columns: Any) -> pa.Table:
    """A table of a network; columns that are not given are empty, ids are numbered."""
    schema = SCHEMAS[name]
    if "id" in schema.names:
        columns["id"] = np.char.add(name[0], np.arange(rows).astype(str)).tolist()
    arrays = [pa.array(columns[f.name], f.type) if f.name in columns else pa.nulls(rows, f.type) for f in schema]
    return pa.table(arrays, schema=schema)


def _communities(n: int, rng: np.random.Generator) -> Int64s:
    sizes = np.minimum(20 * (rng.pareto(1.2, n // 20) + 1), n / 20).astype(np.int64)
    labels = np.repeat(np.arange(len(sizes)), sizes)[:n]
    return rng.permutation(np.concatenate([labels, np.full(n - len(labels), len(sizes))]))


def _anywhere(appeal: np.ndarray, m: int, rng: np.random.Generator) -> Int64s:
    ends = np.cumsum(appeal)
    draws = rng.random((round(m * (1 - INSIDE)), 2)) * ends[-1]
    return np.searchsorted(ends, draws).astype(np.int64)


def _inside(community: Int64s, appeal: np.ndarray, m: int, rng: np.random.Generator) -> Int64s:
    order = np.argsort(community, kind="stable")
    ends = np.cumsum(appeal[order])
    one = np.searchsorted(ends, rng.random(round(m * INSIDE)) * ends[-1])
    last = np.searchsorted(community[order], community[order][one], side="right") - 1
    first = np.searchsorted(community[order], community[order][one], side="left")
    low = np.where(first > 0, ends[first - 1], 0.0)
    two = np.searchsorted(ends, low + rng.random(len(one)) * (ends[last] - low))
    return np.stack([order[one], order[np.minimum(two, len(order) - 1)]], axis=1).astype(np.int64)
