"""Which pairs are worth scoring: never all of them, but partners of partners, whoever is active where it counts, and
who offers what the other needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.kernels._run import njit, spread
from graphsvc.snapshot.csr import Int64s
from graphsvc.suggest.ground import Ground, joint, shares
from graphsvc.suggest.pairs import Matrix

CHUNK = 2048
"""Organisations for which candidates are found at a time: bounds the memory."""
LARGE = 500
"""Members up to which a partnership leads each of them to the others' partners. In larger ones, where the work would
grow with the third power, those who work most with its members are candidates of all of them."""
ROW_STEPS = 10_000
"""Rough cost of one's candidates, see ``spread``."""


@dataclass(frozen=True, slots=True)
class Width:
    """How many candidates each source may add for one organisation; ``in_all``: how many of them are kept, those that
    meet a need beside them. Only who works in many regions has more."""

    near_partners: int = 25
    region: int = 20
    kind_in_region: int = 2
    topic: int = 5
    anywhere: int = 10
    matching: int = 10
    in_all: int = 80


WIDE = Width(near_partners=100, region=120, kind_in_region=10, topic=30, anywhere=60, matching=100, in_all=1000)
"""For one organisation there is time to look further."""


class Candidates:
    """Candidates as of a day; organisations in ``barred`` (bool [organisations]) are never named. ``needs`` and
    ``offers`` [organisations × areas]: for whom there should be those who meet the most of what is needed."""

    def __init__(
        self,
        ground: Ground,
        barred: np.ndarray,
        width: Width,
        needs: Matrix | None = None,
        offers: Matrix | None = None,
    ) -> None:
        self._ground, self._width = ground, width
        self._open = sparse.diags_array((~barred).astype(float))
        self._tied = ground.tied.to_scipy().sign()
        self._met = sparse.csr_array(self._tied + sparse.eye_array(len(barred)))
        self._large = sparse.csr_array(ground.members[:, ground.past.size > LARGE])
        self._near = self._tied
        if self._large.nnz:
            small = ground.members[:, ground.past.size <= LARGE]
            self._near = sparse.csr_array(small @ small.T).sign()
            self._near.setdiag(0)
            self._near.eliminate_zeros()
        degree = np.maximum(ground.degree, 1)
        self._allocation = sparse.csr_array(sparse.diags_array(1 / degree) @ self._near)
        self._sources = list(self._lists())
        self._matches = [] if needs is None or offers is None else self._matching(needs, offers)

    def of(self, rows: Int64s) -> tuple[Int64s, Int64s]:
        """Pairs (i, j), i among ``rows`` and sorted; no pair that has met, none with itself."""
        chunks = -(-len(rows) // CHUNK)
        parts = spread(lambda a, b: self._chunk(rows[a:b]), len(rows), ROW_STEPS * len(rows), chunks)
        empty = (np.zeros(0, np.int64), np.zeros(0, np.int64))
        left, right = zip(empty, *parts, strict=True)
        return np.concatenate(left), np.concatenate(right)

    def _chunk(self, rows: Int64s) -> tuple[Int64s, Int64s]:
        found = top_of_rows(sparse.csr_array(self._near[rows] @ self._allocation), self._width.near_partners)
        for where, best in self._sources:
            found = found + sparse.csr_array(where[rows]) @ best
        found = top_of_rows(self._strangers(found, rows), self._width.in_all)
        for wants, best in self._matches:
            found = found + self._strangers(
                top_of_rows(sparse.csr_array(wants[rows] @ best), self._width.matching), rows
            )
        pairs = sparse.coo_array(found)
        i, j = rows[pairs.row], pairs.col.astype(np.int64)
        order = np.lexsort((j, i))
        return i[order], j[order]

    def _strangers(self, found: Matrix, rows: Int64s) -> Matrix:
        """Without who is barred, had met, or is the one who asks."""
        found = sparse.csr_array(sparse.csr_array(found) @ self._open)
        left = sparse.csr_array(found - found.multiply(self._met[rows]))
        left.eliminate_zeros()
        return left

    def _lists(self) -> list[tuple[Matrix, Matrix]]:
        """Pairs of (organisation × group, group × the group's most active organisations)."""
        g, w = self._ground, self._width
        fresh = g.fading(2.0)
        active = sparse.csr_array(g.activity(fresh) + 0.01 * g.region_shares)
        kinds = joint(g.kinds, active)
        topics = joint(g.attributes.partnership_regions, g.attributes.partnership_topics)
        by_topic = sparse.csr_array((g.members * fresh) @ topics)
        where = g.region_shares
        every = sparse.csr_array(np.ones((g.members.shape[0], 1)))
        total = sparse.csr_array((g.members @ fresh)[:, None] + 1e-6)
        outside = sparse.csr_array(self._large.T @ self._allocation)
        outside = sparse.csr_array(outside - outside.multiply(self._large.T))
        return [
            (where, self._best(active, w.region)),
            (where, self._best_kinds(kinds, active.shape[1], w.kind_in_region)),
            (shares(by_topic), self._best(by_topic, w.topic)),
            (every, self._best(total, w.anywhere)),
            (self._large, self._best(sparse.csr_array(outside.T), w.near_partners)),
        ]

    def _matching(self, needs: Matrix, offers: Matrix) -> list[tuple[Matrix, Matrix]]:
        """Pairs as of ``_lists``, by what is needed: who meets it, or needs what is offered, the most active where the
        one who asks is, and anywhere."""
        g = self._ground
        where, active = g.region_shares.sign(), (g.members @ g.fading(2.0))[:, None]
        first = sparse.csr_array(1 + active / (1 + active.max(initial=0)) / 1000)  # of equal ones
        found = []
        for one, other in ((needs, offers), (offers, needs)):
            for mine, theirs in ((joint(one, where), joint(other, where)), (one, other)):
                found.append((sparse.csr_array(mine), self._most(theirs.multiply(first), self._width.matching)))
        return found

    def _most(self, active: Matrix, count: int) -> Matrix:
        return top_of_rows(sparse.csr_array((self._open @ active).T), count)

    def _best(self, active: Matrix, count: int) -> Matrix:
        """Of each group the most active, each counting 1, and up to 1 more the more active it is."""
        best = self._most(active, count)
        best.data = 1 + best.data / best.data.max(initial=1.0)
        return best

    def _best_kinds(self, kinds: Matrix, regions: int, count: int) -> Matrix:
        """[regions × organisations]: the most active of each kind in each region."""
        best = sparse.coo_array(self._best(kinds, count))
        shape = (regions, best.shape[1])
        return sparse.csr_array(sparse.coo_array((best.data, (best.row % regions, best.col)), shape=shape))


def top_of_rows(matrix: Matrix, count: int) -> Matrix:
    """Each row's ``count`` largest entries; equal ones by the lower column."""
    matrix.sort_indices()
    kept, indptr = _top(matrix.indptr.astype(np.int64), matrix.data, count)
    return sparse.csr_array((matrix.data[kept], matrix.indices[kept], indptr), matrix.shape)


@njit
def _top(indptr, data, count):  # type: ignore[no-untyped-def]
    """Which entries are among the ``count`` largest of their row, and where the rows of these begin."""
    kept, starts = np.zeros(len(data), np.bool_), np.zeros(len(indptr), np.int64)
    for row in range(len(indptr) - 1):
        first, last = indptr[row], indptr[row + 1]
        size = min(last - first, count)
        starts[row + 1] = starts[row] + size
        if size == last - first:
            kept[first:last] = True
        else:
            for place in np.argsort(-data[first:last], kind="mergesort")[:size]:
                kept[first + place] = True
    return kept, starts
