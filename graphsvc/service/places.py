"""Where organisations stand in the picture. The last places are kept on disk, so that a restart moves nothing, and what
is written moves only those whose ties it changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.feather as feather
import structlog

from graphsvc.kernels.degree import strength
from graphsvc.kernels.layout import force_layout
from graphsvc.service import sealed
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Floats

SAME = 1e-9
"""Difference of the strength of all ties of an organisation up to which they are the same ones."""
NEW = 1 / 2
"""Share of organisations without a place from which on a picture is made anew: the places of the few would spoil it."""
_log = structlog.get_logger()


class Places:
    """Kept in ``file``; processes that share it show one picture."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._last: pa.Table | None = None

    def of(self, whole: Snapshot) -> Floats:
        """Position of each organisation, float64 [organisations, 2].

        Those whose ties are as they were stand where they stood; the others move from there, and those that are new, or
        had no tie, begin among their partners.
        """
        ties = strength(whole.graph)
        known = self._read()
        before = np.full((whole.graph.rows, 3), np.nan)
        if known is not None:
            row = {id: number for number, id in enumerate(known["id"].to_pylist())}
            at = np.array([row.get(id, -1) for id in whole.ids], np.int64)
            before[at >= 0] = np.column_stack([known[name] for name in ("x", "y", "ties")])[at[at >= 0]]
        start, settled = before[:, :2], np.abs(before[:, 2] - ties) <= SAME
        start[(before[:, 2] == 0) & ~settled] = np.nan
        if settled.all():
            return start
        anew = np.isnan(start[:, 0]).mean() > NEW
        places = force_layout(whole.graph) if anew else force_layout(whole.graph, start, settled=settled)
        self._keep(pa.table({"id": whole.ids, "x": places[:, 0], "y": places[:, 1], "ties": ties}))
        return places

    def _read(self) -> pa.Table | None:
        try:
            return feather.read_table(pa.BufferReader(sealed.read(self._file)))
        except (OSError, pa.ArrowInvalid):
            return self._last  # not there yet, damaged, or it can't be written

    def _keep(self, places: pa.Table) -> None:
        self._last = places
        content = pa.BufferOutputStream()
        feather.write_feather(places, content)
        try:
            sealed.keep(self._file, content.getvalue().to_pybytes())
        except OSError as exc:
            _log.warning("places not kept", why=str(exc))  # they last as long as this process
