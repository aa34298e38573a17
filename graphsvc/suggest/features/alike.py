"""Organisations like mine: what groups (kind, region, place, words) have done so far tells of their members."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from graphsvc.kernels._run import spread
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.features.columns import Column, both, mapped, product, turned
from graphsvc.suggest.ground import Ground, joint
from graphsvc.suggest.pairs import Matrix, row_form

FLOOR = 0.003
"""Added to shares before the logarithm, so that one tie more or less among few does not decide."""
GROUP_PRIOR = (0.1, 5.0)
"""Ties and pairs added to each two groups: groups too small to know begin at this share."""
CELL = 0.25
"""Degrees of latitude of a cell of the map (about 28 km); two grids half a cell apart smooth its borders."""


def alike_columns(ground: Ground) -> dict[str, Column]:
    """For several groupings: share of i's group that works with j, the same turned, share of ties between groups."""
    known = np.zeros(ground.members.shape[0])
    known[ground.known] = 1
    strengths, jobs = _strengths(ground), []
    for name, group in _groupings(ground).items():
        group.sort_indices()  # now, not by several threads at once
        present = sparse.csr_array(sparse.diags_array(known) @ group)
        jobs += [(f"{name}_{kind}", group, present, ties) for kind, ties in strengths.items()]
    steps = len(jobs) * len(ground.tied.indices)
    parts = spread(lambda a, b: [_group_columns(*job) for job in jobs[a:b]], len(jobs), steps, len(jobs))
    columns = {name: column for part in parts for made in part for name, column in made.items()}
    return columns | _kind_columns(ground)


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


def _strengths(ground: Ground) -> dict[str, Matrix]:
    tied, recent = ground.tied.to_scipy(), ground.recent.to_scipy()
    met = tied.sign()
    fresh = sparse.csr_array(ground.members * ground.fading(1.0)) @ ground.members.T
    return {"met": met, "fresh": sparse.csr_array(fresh.minimum(met)), "close": (5 * recent).minimum(met)}


def _group_columns(name: str, group: Matrix, present: Matrix, ties: Matrix) -> dict[str, Column]:
    size = np.asarray(present.sum(axis=0)).ravel()
    ties_of_group = sparse.csr_array(present.T @ ties)
    toward = sparse.csr_array(ties_of_group.T)
    mine = group @ size
    worked = product(group, toward)
    total = row_form(group, sparse.csr_array(ties_of_group @ present))

    def share(i: Int64s, j: Int64s) -> Floats:
        shares: Floats = np.log(worked(i, j) / (mine[i] + 1) + FLOOR)
        return shares

    def common(i: Int64s, j: Int64s) -> Floats:
        ties_between = total(i, j) + GROUP_PRIOR[0]
        rate: Floats = np.log(ties_between / (mine[i] * mine[j] + GROUP_PRIOR[1]))
        return rate

    return {f"{name}": share, f"{name}_turned": turned(share), f"{name}_groups": common}


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


def _kind_columns(ground: Ground) -> dict[str, Column]:
    """How many there are of each one's kind, how active they are, whether both are of one kind."""
    known = np.zeros(ground.members.shape[0])
    known[ground.known] = 1
    kinds = ground.kinds
    size = known @ kinds
    recent = (ground.members @ ground.fading(1.0)) @ kinds
    joint_activity = (ground.members @ (ground.fading(2.0) * (ground.others > 0))) @ kinds
    columns: dict[str, Column] = {"kind_same": mapped(product(kinds, kinds), np.sign)}
    columns |= both("kind_size", np.log1p(kinds @ size))
    columns |= both("kind_active", np.log((kinds @ recent + 0.5) / (kinds @ size + 1)))
    return columns | both("kind_joint", np.log((kinds @ joint_activity + 0.5) / (kinds @ size + 1)))
