"""The years of a network's history."""

from __future__ import annotations

from datetime import date

import numpy as np

from graphsvc.model.network import Network
from graphsvc.snapshot.filter import BEGINNING, days, last_day


def year_ends(network: Network) -> list[date]:
    """The last day of each year from the first partnership's to the latest known day's."""
    starts = days(network.partnerships["starts_on"], BEGINNING)
    known = starts[starts > BEGINNING]
    end = last_day(network)
    if not len(known) or end is None:
        return []
    first = np.datetime64(int(known.min()), "D").astype(object).year
    return [date(year, 12, 31) for year in range(first, end.year + 1)]
