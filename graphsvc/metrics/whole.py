"""What a filtered or dated snapshot shares with the whole network: rows, and communities that keep their numbers."""

from __future__ import annotations

from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from graphsvc.metrics.compute import Lazily, Measures
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Floats, Int64s

_rows: WeakKeyDictionary[Snapshot, WeakKeyDictionary[Snapshot, Int64s]] = WeakKeyDictionary()


def rows_in(other: Snapshot, snapshot: Snapshot) -> Int64s:
    """Row in ``other`` of each organisation of ``snapshot``, int64 [organisations]; -1 for one that is not there."""
    kept = _rows.setdefault(snapshot, WeakKeyDictionary())
    if other not in kept:
        index = other.index
        kept[other] = np.array([index.get(id, -1) for id in snapshot.ids], dtype=np.int64)
    return kept[other]


def without_partner(snapshot: Snapshot, whole: Snapshot) -> npt.NDArray[np.bool_]:
    """Which of a filtered snapshot have no partner in the whole network of its day either, bool [organisations]."""
    alone: npt.NDArray[np.bool_] = np.diff(whole.graph.indptr)[rows_in(whole, snapshot)] == 0
    return alone


def numbered(own: Measures, snapshot: Snapshot, of_whole: Measures, whole: Snapshot) -> Measures:
    """The snapshot's own measures, but communities of the whole network, so that a filter or a year renames none;
    NaN for an organisation that the whole network lacks. The parameters say so."""
    if snapshot is whole:
        return own

    def community() -> Floats:
        at = rows_in(whole, snapshot)
        return np.where(at >= 0, of_whole.organisations["community"][at], np.nan)

    columns = {name: partial(own.organisations.__getitem__, name) for name in own.organisations}
    parameters = {name: partial(own.parameters.__getitem__, name) for name in own.parameters}
    return Measures(
        Lazily({**columns, "community": community}),
        own.network,
        Lazily({**parameters, "communities": lambda: "of the whole network"}),
    )
