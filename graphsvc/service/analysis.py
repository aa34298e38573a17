"""What measures say to people: who stands where, who links, what would fall apart, what is apart, how it moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Protocol

import numpy as np

from graphsvc.kernels.cuts import parted_by_loss
from graphsvc.metrics import Measures
from graphsvc.metrics.between import Mixing, mixing
from graphsvc.metrics.compare import Comparison, compare
from graphsvc.metrics.position import Position, positions
from graphsvc.metrics.resilience import Loss, Robustness, by_value, largest_part_without
from graphsvc.metrics.trends import year_ends
from graphsvc.model.network import Network
from graphsvc.service.cache import Cache
from graphsvc.snapshot import Scope, Snapshot
from graphsvc.snapshot.csr import Int64s

LEAVE = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
"""Shares of the organisations that leave, the most central first, in the question of robustness."""
DRAWS = 5
"""How often as many leave by chance."""
KEPT = 64
TREND = ("organisations", "all_partnerships", "ties", "isolated", "largest_component", "density")
"""Network measures whose course is shown."""


class Core(Protocol):
    """Where snapshots and their measures are."""

    def snapshot(self, *, as_of: date | None = ..., scope: Scope = ..., **filters: Sequence[str]) -> Snapshot: ...
    def measure(self, snapshot: Snapshot) -> Measures: ...


class Analysis:
    """Asks ``core``; what was asked once is kept, most of it by the graph, which a changed name leaves as it is.

    Safe to share between threads.
    """

    def __init__(self, core: Core, kept: Cache | None = None) -> None:
        self._core = core
        self._kept = kept or Cache(KEPT)

    def standing(self, snapshot: Snapshot, id: str, names: Sequence[str] | None = None) -> list[Position]:
        """Where an organisation stands in each measure, or those named: among all, in its sector, in its territory.

        Empty where it is not in the snapshot. Measures that are not named are not computed.
        """
        row = snapshot.index.get(id)
        if row is None:
            return []
        found = self._core.measure(snapshot)
        asked = found.organisations if names is None else {name: found.organisations[name] for name in names}
        return positions(snapshot, Measures(asked, found.network, found.parameters), row)

    def course(self, id: str, measure: str, scope: Scope, until: date | None = None) -> list[tuple[date, Position]]:
        """Where an organisation stood in one measure at the end of each year in which it has a value of it, the last
        time on the day ``until`` (None: today) where its year has not ended then."""
        days = _days(self._core.snapshot().network, until or date.today())
        snapshots = ((day, self._core.snapshot(as_of=day, scope=scope)) for day in days)
        return [(day, p) for day, snapshot in snapshots for p in self.standing(snapshot, id, [measure])]

    def parted(self, snapshot: Snapshot) -> Int64s:
        """How many organisations would be cut off from the rest of their part if each one left, int64 [n]."""
        return self._kept.get(("parted", snapshot.graph), lambda: parted_by_loss(snapshot.graph))

    def robustness(self, snapshot: Snapshot) -> Robustness:
        """How large the largest connected part stays when the greatest go-betweens leave."""
        return self._kept.get(("robustness", snapshot.graph), lambda: self._robustness(snapshot))

    def _robustness(self, snapshot: Snapshot) -> Robustness:
        graph = snapshot.graph
        counts = sorted({ceil(share * graph.rows) for share in LEAVE})
        central = by_value(self._core.measure(snapshot).organisations["betweenness"])
        draws = [np.random.default_rng(seed).permutation(graph.rows) for seed in range(DRAWS)]
        chance = np.mean([largest_part_without(graph, order, counts) for order in draws], axis=0)
        largest = largest_part_without(graph, central, counts)
        return Robustness([Loss(k, a, float(b)) for k, a, b in zip(counts, largest, chance, strict=True)])

    def between(self, snapshot: Snapshot, column: str, digits: int | None = None) -> Mixing:
        """Ties between sectors, kinds or territories."""
        return self._kept.get(("between", snapshot.graph, column, digits), lambda: mixing(snapshot, column, digits))

    def trend(
        self, scope: Scope, until: date | None = None, **filters: Sequence[str]
    ) -> list[tuple[date, dict[str, float]]]:
        """What the filters keep of the network at the end of each year, the last time on the day ``until`` (None:
        today) where its year has not ended then: the measures of ``TREND``."""
        kept = self._core.snapshot(as_of=None, scope="ever", **filters)
        days = _days(kept.network, until or date.today())

        def point(day: date) -> tuple[date, dict[str, float]]:
            found = self._core.measure(self._core.snapshot(as_of=day, scope=scope, **filters)).network
            return day, {name: found[name] for name in TREND}

        return self._kept.get(("trend", kept.graph, scope, tuple(days)), lambda: [point(day) for day in days])

    def compared(self, earlier: Snapshot, later: Snapshot) -> Comparison:
        """Two snapshots side by side, each measure too."""
        key = ("compared", earlier, later)
        return self._kept.get(
            key, lambda: compare(earlier, self._core.measure(earlier), later, self._core.measure(later))
        )


def _days(network: Network, until: date) -> Sequence[date]:
    return [min(day, until) for day in year_ends(network) if day.year <= until.year]
