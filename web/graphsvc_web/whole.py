"""Measures as every page shows them."""

from __future__ import annotations

from graphsvc.metrics.compute import Measures
from graphsvc.metrics.whole import numbered
from graphsvc.snapshot import Snapshot
from graphsvc_web.current import service


def measured(snapshot: Snapshot) -> Measures:
    """The snapshot's own measures, but communities of the whole network."""
    core, whole = service(), service().snapshot()
    return numbered(core.measure(snapshot), snapshot, core.measure(whole), whole)
