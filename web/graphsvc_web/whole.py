"""What a filtered or dated snapshot shares with the whole network: rows, and communities that keep their numbers."""

from __future__ import annotations

from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from graphsvc.metrics.compute import Lazily, Measures
from graphsvc.snapshot import Snapshot
from graphsvc_web.current import service

Rows = npt.NDArray[np.int64]
_rows: WeakKeyDictionary[Snapshot, WeakKeyDictionary[Snapshot, Rows]] = WeakKeyDictionary()


def rows_in(other: Snapshot, snapshot: Snapshot) -> Rows:
    """Row in ``other`` of each organisation of ``snapshot``, int64 [organisations]; -1 for one that is not there."""
    kept = _rows.setdefault(snapshot, WeakKeyDictionary())
    if other not in kept:
        index = other.index
        kept[other] = np.array([index.get(id, -1) for id in snapshot.ids], dtype=np.int64)
    return kept[other]


def measured(snapshot: Snapshot) -> Measures:
    """The snapshot's own measures, but communities of the whole network, so that a filter or a year renames none."""
    whole = service().snapshot()
    own = service().measure(snapshot)
    if snapshot is whole:
        return own

    def community() -> npt.NDArray[np.float64]:
        at = rows_in(whole, snapshot)
        return np.where(at >= 0, service().measure(whole).organisations["community"][at], np.nan)

    columns = {name: partial(own.organisations.__getitem__, name) for name in own.organisations}
    return Measures(Lazily({**columns, "community": community}), own.network, own.parameters)
