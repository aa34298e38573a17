"""What two organisations could do for each other, and what brought them together before: needs and offers, meetings,
tags, founders, descriptions. Zero where a network keeps nothing of the kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy import sparse

from graphsvc.model.vocabulary import with_broader
from graphsvc.snapshot.csr import Floats, Int32s
from graphsvc.snapshot.demand import offered, open_needs
from graphsvc.snapshot.filter import BEGINNING, days, rows
from graphsvc.suggest.features.columns import Column, cosine, mapped, product, turned
from graphsvc.suggest.ground import Ground
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
        "tags": cosine(ground.attributes.tags),
        "founders": product(founders, founders),
        "descriptions": product(ground.descriptions, ground.descriptions),
    }


def needs_and_offers(ground: Ground) -> tuple[Matrix, Matrix]:
    """[organisations × service areas]: level of needs open on the day, and a one for each offer made by then, and for
    what that is part of."""
    network, end = ground.past.history.network, ground.end
    needed = [(area,) if area else () for area in network.needs["area"].to_pylist()]
    offers = offered(network)
    offered_areas = [with_broader(area) for area in offers["area"].to_pylist()]
    column = {area: k for k, area in enumerate(sorted({area for areas in (*needed, *offered_areas) for area in areas}))}
    shape = (ground.past.history.organisations, max(len(column), 1))

    def matrix(who: pa.ChunkedArray, areas: Sequence[tuple[str, ...]], level: Floats, known: np.ndarray) -> Matrix:
        own = np.repeat(np.arange(len(areas)), [len(one) for one in areas])
        at = [column[area] for one in areas for area in one]
        return _matrix(who.take(own), at, level[own], (known & (rows(who) >= 0))[own], shape)

    level, known = network.needs["level"].fill_null(1.0).to_numpy(), days(offers["since"], BEGINNING) < end
    return (
        matrix(network.needs["organisation"], needed, level, open_needs(network.needs, end)),
        matrix(offers["organisation"], offered_areas, np.ones(len(offered_areas)), known).sign(),
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
