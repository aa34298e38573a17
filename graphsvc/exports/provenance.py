"""What goes with every export, so that a figure can be got again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version

from graphsvc.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Provenance:
    """When, from what and by which version a file was made."""

    made_on: date
    as_of: date | None
    """None: no day was asked for, and what begins later counts too."""
    scope: str
    projection: str
    data: str = ""
    """Digest of all that the store or the file held (``Content.digest``): equal ones, equal networks; after
    ``tables:`` of the tables that Spark read."""
    filters: str = ""
    seed: int = 0
    version: str = version("graphsvc")
    parameters: Mapping[str, str | int | float] = field(default_factory=dict)
    """How the measures were computed: whether betweenness is exact, for instance."""

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        data: str = "",
        *,
        filters: str = "",
        seed: int = 0,
        parameters: Mapping[str, str | int | float] | None = None,
        planned: bool = True,
    ) -> Provenance:
        """The provenance of what is computed from a snapshot today; ``planned``: with what begins after today, where
        the snapshot is of no day."""
        today = date.today()
        own = (snapshot.as_of or (None if planned else today), snapshot.scope, snapshot.projection)
        return cls(today, *own, data, filters, seed, parameters=parameters or {})

    def as_dict(self) -> dict[str, str | int | float]:
        """Keys and values as they stand in files."""
        return {
            "made_on": self.made_on.isoformat(),
            "as_of": (self.as_of or self.made_on).isoformat(),
            "what_begins_later": "left out" if self.as_of else "included",
            "data": self.data,
            "scope": self.scope,
            "projection": self.projection,
            "filters": self.filters,
            "seed": self.seed,
            "version": self.version,
            **self.parameters,
        }
