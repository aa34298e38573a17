"""A network that no store keeps, or that was read once: what the open service answers of it, without the service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from graphsvc import metrics
from graphsvc.metrics import Measures
from graphsvc.model.network import Network
from graphsvc.service.analysis import Analysis
from graphsvc.service.cache import Cache
from graphsvc.service.content import Content
from graphsvc.snapshot import Scope, Snapshot, take
from graphsvc.snapshot.choose import choose

KEPT = 128


class Alone:
    """Snapshots of a network, their measures and what these say, each worked out once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._kept = Cache(KEPT)
        self.analysis = Analysis(self)

    @cached_property
    def _content(self) -> Content:
        return Content.of(self._network)

    def content(self) -> Content:
        """The network with its digests."""
        return self._content

    def snapshot(self, *, as_of: date | None = None, scope: Scope = "ever", **filters: Sequence[str]) -> Snapshot:
        """The network as of a date (None: all of it), kept to what the filters name."""
        key = (as_of, scope, tuple((name, tuple(codes)) for name, codes in sorted(filters.items())))
        return self._kept.get(key, lambda: take(choose(self._network, **filters), as_of, scope))

    def measure(self, snapshot: Snapshot) -> Measures:
        """All measures of a snapshot."""
        return self._kept.get(("measures", snapshot), lambda: metrics.measure(snapshot))
