"""Organisations like mine: what groups (kind, region, place, words) have done so far tells of their members."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features.columns import Block, Column, Pairs, both, mapped, product
from graphsvc.suggest.ground import Ground, joint
from graphsvc.suggest.pairs import Matrix
from graphsvc.suggest.rates import Stack, rates

FLOOR = 0.003
"""Added to shares before the logarithm, so that one tie more or less among few does not decide."""
GROUP_PRIOR = (0.1, 5.0)
"""Ties and pairs added to each two groups: groups too small to know begin at this share."""
NAMES = ("met", "fresh", "close")
"""Of the strengths of ties: who had met, lately, lately and in small partnerships."""
CELL = 0.25
"""Degrees of latitude of a cell of the map (about 28 km); two grids half a cell apart smooth its borders."""


def alike_values(ground: Ground) -> Block:
    """For several groupings and strengths of ties: share of i's group that works with j, the same turned, share of ties
    between groups."""
    known = (~ground.idle).astype(float)
    ties = _ties(ground)
    blocks = [_group_values(name, group, known, ties) for name, group in _groupings(ground).items()]
    return lambda pairs: {name: values for block in blocks for name, values in block(pairs).items()}


def _groupings(ground: Ground) -> dict[str, Matrix]:
    kinds, regions = ground.kinds, ground.region_shares
    cells = _cells(ground)
    return {
        "kind": kinds,
        "region": regions,
        "kind_region": joint(kinds, regions),
        "near": cells,
        "kind_near": joint(kinds, cells),
        "words": ground.words,
    }


def _ties(ground: Ground) -> Stack:
    """Of NAMES, in [0, 1]."""
    tied, fresh = ground.tied, ground.projection(ground.fading(1.0)).weights
    values = np.minimum(np.stack([np.ones_like(fresh), fresh, 5 * ground.recent.weights], axis=1), 1)
    return Stack(tied.indptr, tied.indices, values, tied.columns)


def _group_values(name: str, group: Matrix, known: Floats, ties: Stack) -> Block:
    present = sparse.csr_array(sparse.diags_array(known) @ group)
    toward = ties @ Stack.of(present)
    between = Stack.of(sparse.csr_array(present.T)).across(toward)
    size = np.asarray(present.sum(axis=0)).ravel()
    mine, found = group @ size, rates(group, toward, between)

    def shares(i: Int64s, j: Int64s) -> Floats:
        """[share of i's group, the same turned, between groups, of each strength, pairs], as logarithms."""
        worked, turned, ties_between = found(i, j)
        return np.stack(
            [
                np.log(worked / (mine[i] + 1) + FLOOR),
                np.log(turned / (mine[j] + 1) + FLOOR),
                np.log((ties_between + GROUP_PRIOR[0]) / (mine[i] * mine[j] + GROUP_PRIOR[1])),
            ]
        )

    def values(pairs: Pairs) -> dict[str, Floats]:
        of_all = pairs.once(shares, lambda other: other[[1, 0, 2]])
        return {
            f"{name}_{strength}{end}": of_all[e, k]
            for k, strength in enumerate(NAMES)
            for e, end in enumerate(("", "_turned", "_groups"))
        }

    return values


def _cells(ground: Ground) -> Matrix:
    """[organisations × cells] of halves: the cell of two overlapping grids in which each is, or its partners are."""
    place = ground.places
    found = np.flatnonzero(~np.isnan(place[:, 0]))
    columns: list[Int64s] = []
    for shift in (0.0, 0.5):
        north = np.floor(place[found, 0] / CELL + shift).astype(np.int64)
        east = np.floor(place[found, 1] / (2 * CELL) + shift).astype(np.int64)
        columns.append(np.unique(np.stack([north, east], axis=1), axis=0, return_inverse=True)[1].ravel())
    width = [int(c.max()) + 1 if len(c) else 0 for c in columns]
    at = np.concatenate([columns[0], columns[1] + width[0]])
    shape = (len(place), max(sum(width), 1))
    halves = np.full(2 * len(found), 0.5)
    return sparse.csr_array(sparse.coo_array((halves, (np.tile(found, 2), at)), shape=shape))


def kind_columns(ground: Ground) -> dict[str, Column]:
    """How many there are of each one's kind, how active they are, whether both are of one kind."""
    known = (~ground.idle).astype(float)
    kinds = ground.kinds
    size = known @ kinds
    recent = (ground.members @ ground.fading(1.0)) @ kinds
    joint_activity = (ground.members @ (ground.fading(2.0) * (ground.others > 0))) @ kinds
    columns: dict[str, Column] = {"kind_same": mapped(product(kinds, kinds), np.sign)}
    columns |= both("kind_size", np.log1p(kinds @ size))
    columns |= both("kind_active", np.log((kinds @ recent + 0.5) / (kinds @ size + 1)))
    return columns | both("kind_joint", np.log((kinds @ joint_activity + 0.5) / (kinds @ size + 1)))
