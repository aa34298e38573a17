"""What two organisations could do for each other, and what brought them together before: needs and offers, meetings,
tags, founders, descriptions. Zero where a network keeps nothing of the kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from graphsvc.snapshot.csr import Floats, Int32s
from graphsvc.snapshot.filter import BEGINNING, END, days, rows
from graphsvc.suggest.features.columns import Column, mapped, product, turned
from graphsvc.suggest.ground import Ground, unit
from graphsvc.suggest.history import DAYS_A_YEAR

if TYPE_CHECKING:
    from graphsvc.suggest.pairs import Matrix


def shared_columns(ground: Ground) -> dict[str, Column]:
    """Needs of one that the other's offers meet (both ways), meetings attended together (all; recent ones), likeness of
    tags and of descriptions, whether one founded the other or both have one founder."""
    needs, offers = needs_and_offers(ground)
    met = mapped(product(needs, offers), np.log1p)
    together, fresh = attended(ground)
    founders = _founders(ground)
    return {
        "needs_of_i": met,
        "needs_of_j": turned(met),
        "meetings": mapped(product(together, together), np.log1p),
        "meetings_fresh": mapped(product(fresh, together), np.log1p),
        "tags": product(unit(ground.attributes.tags), unit(ground.attributes.tags)),
        "founders": product(founders, founders),
        "descriptions": product(ground.descriptions, ground.descriptions),
    }


def open_needs(needs: pa.Table, end: int) -> npt.NDArray[np.bool_]:
    """Which needs were known before the day ``end`` and not met by then, bool [needs]."""
    known: npt.NDArray[np.bool_] = days(needs["since"], BEGINNING) < end
    return known & (days(needs["met_on"], END) >= min(end, END))


def needs_and_offers(ground: Ground) -> tuple[Matrix, Matrix]:
    """[organisations × service areas]: level of needs open on the day, and a one for each offer made by then."""
    network, end = ground.past.history.network, ground.end
    begun = (open_needs(network.needs, end), days(network.offers["since"], BEGINNING) < end)
    known = [on & (rows(t["organisation"]) >= 0) for on, t in zip(begun, (network.needs, network.offers), strict=True)]
    areas = [t["area"].to_pylist() for t in (network.needs, network.offers)]
    column = {area: k for k, area in enumerate(sorted({*areas[0], *areas[1]} - {None}))}
    level = network.needs["level"].fill_null(1.0).to_numpy()
    values = (level, np.ones(network.offers.num_rows))
    tables = (network.needs, network.offers)
    shape = (ground.past.history.organisations, max(len(column), 1))
    return (
        _matrix(tables[0]["organisation"], [column.get(a, 0) for a in areas[0]], values[0], known[0], shape),
        _matrix(tables[1]["organisation"], [column.get(a, 0) for a in areas[1]], values[1], known[1], shape).sign(),
    )


def attended(ground: Ground) -> tuple[Matrix, Matrix]:
    """[organisations × meetings held before the day of ``ground``] of ones, and halving with every year before the
    latest."""
    network, end = ground.past.history.network, ground.end
    held = days(network.meetings["held_on"], BEGINNING).astype(np.int64)
    of = rows(network.attendances["meeting"])
    before = held[of] < end if len(of) else np.zeros(0, bool)
    latest = int(held[held < end].max(initial=BEGINNING))
    years = np.clip((latest - held) / DAYS_A_YEAR, 0, 30)
    shape = (ground.past.history.organisations, max(len(held), 1))
    who = network.attendances["organisation"]
    once = _matrix(who, of, np.ones(len(of)), before, shape)
    return once, _matrix(who, of, np.exp2(-years[of]), before, shape)


def _founders(ground: Ground) -> Matrix:
    """[organisations × founders]: each founder stands for itself and for what it founded."""
    n = ground.past.history.organisations
    founder = rows(ground.past.history.network.organisations["founder"]).astype(np.int64)
    has = founder >= 0
    at, of = np.flatnonzero(has), founder[has]
    both = np.concatenate([at, np.unique(of)]), np.concatenate([of, np.unique(of)])
    return sparse.csr_array(sparse.coo_array((np.ones(len(both[0])), both), shape=(n, n))).sign()


def _matrix(
    who: pa.ChunkedArray, column: list[int] | Int32s, values: Floats, keep: np.ndarray, shape: tuple[int, int]
) -> Matrix:
    at = rows(who)[keep], np.asarray(column, np.int64)[keep]
    return sparse.csr_array(sparse.coo_array((values[keep], at), shape=shape))
