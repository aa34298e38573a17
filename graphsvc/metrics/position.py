"""Where an organisation stands: among all, in its sector, in its territory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphsvc.metrics.compute import Measures
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Floats


def equal(one: Floats, other: Floats | float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which values are the same but for their last digits, which hang on the order in which sums were made."""
    return np.isclose(one, other, rtol=1e-9, atol=1e-12)


@dataclass(frozen=True, slots=True)
class Position:
    """Value of one measure and the share of organisations (0 to 1) with a lower value; ties count half.

    A share is None where there is nobody to compare with.
    """

    measure: str
    value: float
    among_all: float | None
    in_sector: float | None
    in_territory: float | None


def positions(snapshot: Snapshot, measures: Measures, row: int) -> list[Position]:
    """The organisation's position in each measure that it has a value of; the community's number is no rank."""
    same = {name: _same(snapshot, name, row) for name in ("sector", "territory")}
    found = []
    for name, values in measures.organisations.items():
        if name == "community" or np.isnan(values[row]):
            continue
        shares = [_share_below(values, mask, row) for mask in (None, same["sector"], same["territory"])]
        found.append(Position(name, float(values[row]), *shares))
    return found


def _same(snapshot: Snapshot, column: str, row: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    values = snapshot.column(column)
    return np.array([v == values[row] and v != "" for v in values], dtype=bool)


def _share_below(values: Floats, mask: np.ndarray[tuple[int], np.dtype[np.bool_]] | None, row: int) -> float | None:
    others = np.ones(len(values), dtype=bool) if mask is None else mask.copy()
    others &= ~np.isnan(values)
    others[row] = False
    peers = values[others]
    if not len(peers):
        return None
    same = equal(peers, values[row])
    return float(((~same & (peers < values[row])).sum() + same.sum() / 2) / len(peers))
