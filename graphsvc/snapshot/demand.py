"""What is needed, offered and delivered on a day, by the rules of the page of demand (cypher/animation/demand.cypher).

``end`` is the day after the one that is asked for, in days since 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa

from graphsvc.model.network import Network
from graphsvc.model.territories import cut
from graphsvc.model.vocabulary import with_broader
from graphsvc.snapshot.csr import Floats
from graphsvc.snapshot.filter import BEGINNING, END, Mask, days, rows


def open_needs(needs: pa.Table, end: int) -> Mask:
    """Which needs were known before the day ``end`` and not met by then, bool [needs]."""
    known: Mask = days(needs["since"], BEGINNING) < end
    return known & (days(needs["met_on"], END) >= min(end, END))


def offered(network: Network) -> pa.Table:
    """What is offered, and what is delivered, which is offered too; columns of ``OFFERS``."""
    return pa.concat_tables([network.offers, network.deliveries])


def stands(table: pa.Table, end: int) -> Mask:
    """Which offers, or deliveries, there are on the day, the last of each included, bool [rows of the table]."""
    begun: Mask = days(table["since"], BEGINNING) < end
    return begun & (days(table["until"], END) >= min(end, END) - 1)


def lacking(network: Network, end: int) -> Floats:
    """Level of each need that is open on the day, 0 for others, float64 [needs]. Where a service is delivered a
    territory lacks it less, or not at all: by one level where it serves fewer people than need it. What a territory
    needs of one area is one need, also where it is there twice."""
    needs = network.needs
    level: Floats = needs["level"].fill_null(1.0).to_numpy(zero_copy_only=False).astype(float)
    level[~open_needs(needs, end)] = 0.0
    served = _served(network, end)
    if not served:
        return level
    told = [*_told(needs, "organisation", "territory", "area", "people")]
    people: dict[tuple[str, str], float] = {}
    for row, (organisation, where, area, count) in enumerate(told):
        if organisation is None and level[row]:
            people[where, area] = max(count or 0.0, people.get((where, area), 0.0))
    for row, (organisation, where, area, _) in enumerate(told):
        enough = served.get((where, area)) if organisation is None else None
        if enough is not None and level[row]:
            level[row] = level[row] - 1 if enough < people[where, area] else 0.0
    return level


def _served(network: Network, end: int) -> dict[tuple[str, str], float]:
    """People served, by territory and area: what is delivered in a part of either is delivered in the whole."""
    deliveries, at = network.deliveries, rows(network.deliveries["organisation"])
    closed = days(network.organisations["active_to"], END)
    delivered = stands(deliveries, end) & (at >= 0) & (np.append(closed, END)[at] > end - 1)
    served: dict[tuple[str, str], float] = {}
    for territory, area, people in _told(deliveries.filter(pa.array(delivered)), "territory", "area", "capacity"):
        around = {territory, *filter(None, (cut(territory, digits) for digits in (2, 4, 6)))}
        for key in product(around, with_broader(area)):
            served[key] = served.get(key, 0.0) + (people or 0.0)
    return served


def gaps(network: Network, end: int) -> dict[tuple[str, str], float]:
    """What each territory itself lacks of each service area: the level, by their codes."""
    found: dict[tuple[str, str], float] = {}
    told = zip(_told(network.needs, "organisation", "territory", "area"), lacking(network, end).tolist(), strict=True)
    for (organisation, territory, area), level in told:
        if organisation is None and level:
            found[territory, area] = max(level, found.get((territory, area), 0.0))
    return found


def _told(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name].to_pylist() for name in columns), strict=True)
