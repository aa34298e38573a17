"""What still holds of suggestions that were made before the network changed, until they are made anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graphsvc.i18n import Message
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Int64s
from graphsvc.suggest import Engine, Suggestion
from graphsvc.suggest.board import Board
from graphsvc.suggest.evidence import Evidence, Path
from graphsvc.suggest.explanations import Reason
from graphsvc.suggest.ranking import Links

MOST_GONE = 200
"""Names that are gone from which on no sentence of before is shown."""


class Still:
    """Suggestions of one state of the network (``before``) in rows of a later one (``now``, with its ``engine``).

    Organisations that are gone, partners by now and decisions made since are kept to at once; so is every name: a
    sentence that has one that was changed or erased is left out.
    """

    def __init__(self, before: Snapshot, now: Snapshot, engine: Engine) -> None:
        old, new = before.network, now.network
        graph, n = now.graph, now.graph.rows
        self._engine, self._count = engine, n
        self._tied = np.repeat(np.arange(n), np.diff(graph.indptr)) * n + graph.indices
        there = np.append(np.where(engine.present, np.arange(n), -1), -1)
        self._rows = there[_moved(old.organisations, new.organisations)]
        self._partnerships = _moved(old.partnerships, new.partnerships)
        self._meetings = _moved(old.meetings, new.meetings)
        kept = {*_names(new.organisations), *_names(new.partnerships)}
        self._gone = {*_names(old.organisations), *_names(old.partnerships)} - kept

    def fits(self, a: Int64s, b: Int64s) -> npt.NDArray[np.bool_]:
        """Which pairs may still be suggested, bool [pairs]."""
        a, b = self._rows[a], self._rows[b]
        fits: npt.NDArray[np.bool_] = (a >= 0) & (b >= 0)
        a, b = a[fits], b[fits]
        fits[fits] = ~np.isin(a * self._count + b, self._tied) & self._engine.allowed(a, b)
        return fits

    def suggestion(self, s: Suggestion) -> Suggestion:
        """One that ``fits``, in rows of now."""
        return replace(
            s,
            a=int(self._rows[s.a]),
            b=int(self._rows[s.b]),
            reasons=self._said(s.reasons),
            against=self._said(s.against),
            remembered=self._said(s.remembered),
            introducers=self._there(self._rows, s.introducers),
        )

    def evidence(self, e: Evidence) -> Evidence:
        """What a suggestion that ``fits`` rests on, in rows of now (its needs are those of its ends)."""
        paths = tuple(self._path(p) for p in e.paths if min(self._rows[list(p.through)]) >= 0)
        needs = ((area, int(self._rows[x]), int(self._rows[y]), own) for area, x, y, own in e.needs)
        reasons = tuple(self._reason(r) for r in e.reasons if self._said((r.said,)))
        return replace(e, paths=paths, needs=tuple(needs), reasons=reasons)

    def board(self, board: Board) -> Board:
        """Links that ``fits``, in rows of now."""
        links = board.links
        return replace(board, links=Links(self._rows[links.a], self._rows[links.b], links.probability))

    def _path(self, p: Path) -> Path:
        steps = tuple(self._there(self._partnerships, step) for step in p.steps)
        return Path(self._there(self._rows, p.through), steps)

    def _reason(self, r: Reason) -> Reason:
        organisations, partnerships = self._there(self._rows, r.organisations), self._partnerships
        return Reason(
            r.said, organisations, self._there(partnerships, r.partnerships), self._there(self._meetings, r.meetings)
        )

    def _there(self, moved: Int64s, rows: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(at for at in moved[list(rows)].tolist() if at >= 0)

    def _said(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        if len(self._gone) > MOST_GONE:
            return ()
        return tuple(m for m in messages if not any(name in str(m) for name in self._gone))


def _moved(old: pa.Table, new: pa.Table) -> Int64s:
    """The row of each record of ``old`` in ``new``, int64; -1 where it is gone."""
    index = {id: row for row, id in enumerate(new["id"].to_pylist())}
    return np.array([index.get(id, -1) for id in old["id"].to_pylist()], np.int64)


def _names(table: pa.Table) -> list[str]:
    names: list[str] = table["name"].to_pylist()
    return names
