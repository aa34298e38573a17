"""What goes with every export, so that a figure can be got again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from graphsvc.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Provenance:
    """When, from what and by which version a file was made."""

    made_on: date
    as_of: date | None
    scope: str
    projection: str
    filters: str = ""
    seed: int = 0
    version: str = version("graphsvc")

    @classmethod
    def of(cls, snapshot: Snapshot, *, filters: str = "", seed: int = 0) -> Provenance:
        """The provenance of what is computed from a snapshot today."""
        return cls(date.today(), snapshot.as_of, snapshot.scope, snapshot.projection, filters, seed)  # noqa: DTZ011

    def as_dict(self) -> dict[str, str | int]:
        """Keys and values as they stand in files."""
        return {
            "made_on": self.made_on.isoformat(),
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "scope": self.scope,
            "projection": self.projection,
            "filters": self.filters,
            "seed": self.seed,
            "version": self.version,
        }
