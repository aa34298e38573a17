"""Whom to invite to a meeting so that the most useful introductions happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import Message, msg
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.engine import Engine
from graphsvc.suggest.evidence import cautions, why_meet
from graphsvc.suggest.purpose import acting_in, concerned, of_sectors
from graphsvc.suggest.seen import NOTHING_SEEN, Seen

BEGINNINGS = 10
"""Of who could meet most, how many a list of guests is begun with on trial."""
EVERY_PAIR = 150
"""Organisations that fit a meeting up to which every pair is looked at; of more, the pairs that may be suggested."""
WIDEN = msg("Widen the territory, leave out the theme, or take more sectors.")


@dataclass(frozen=True, slots=True)
class Guest:
    """One to invite: ``introductions`` are those among the guests that it should meet, the best first, and ``reasons``
    why it should meet the first of them, ``against`` what speaks against any; ``gain`` the expected number of new ties
    that it adds, a tie that meets needs counting up to twice."""

    organisation: int
    gain: float
    introductions: tuple[int, ...]
    reasons: tuple[Message, ...] = ()
    against: tuple[Message, ...] = ()


def invite(
    engine: Engine,
    territory: str | None = None,
    theme: str | None = None,
    limit: int = 20,
    seen: Seen = NOTHING_SEEN,
    sectors: Sequence[str] = (),
) -> list[Guest]:
    """Whom to invite so that the most useful introductions happen: each next guest adds most expected new ties to
    those already invited (greedy, beginning with the best pair, or with one of those who could meet most), then guests
    are exchanged as long as that brings more; of these sets it is the best. Ties that meet needs count more.

    ``territory``: code (all below it count), ``theme``: code of partnerships, needs and offers, ``sectors``: codes
    (none: any); all organisations that fit are looked at. Who would be introduced to nobody is left out.
    Raises NothingToSuggestError where fewer than two organisations fit, or none may meet another.
    """
    pool = _of(engine, territory, theme, sectors)
    if len(pool) < 2:
        raise NothingToSuggestError(
            msg("Fewer than two organisations fit this territory, theme and sectors."), hint=WIDEN
        )
    chance = _chances(engine, pool, seen)
    firsts = [int(chance.max(axis=1).toarray().argmax()), *np.argsort(-chance.sum(axis=1), kind="stable")[:BEGINNINGS]]
    ties, chosen = 0.0, firsts[:1]
    for first in dict.fromkeys(firsts):
        more, guests = _exchanged(chance, _gathered(chance, int(first), limit)[1])
        if more > ties * (1 + 1e-9):  # equal sums differ in the last digit
            ties, chosen = more, guests
    made = [_guest(engine, pool, chance, chosen, k) for k in range(len(chosen))]
    found = [guest for guest in made if guest.introductions]
    if not found:
        raise NothingToSuggestError(
            msg("All that could meet have worked together, have it planned, are being asked, or said no."),
            hint=WIDEN if territory or theme or sectors else engine.way_out,
        )
    return found


def _gathered(chance: sparse.csr_array, first: int, limit: int) -> tuple[float, list[int]]:
    """Expected new ties among up to ``limit`` guests, and who they are: the first one and who adds most, in turn."""
    chosen, gain, ties = [first], _column(chance, first), 0.0
    while len(chosen) < min(limit, len(gain)):
        chosen.append(int(np.where(np.isin(np.arange(len(gain)), chosen), -1.0, gain).argmax()))
        ties += float(gain[chosen[-1]])
        gain += _column(chance, chosen[-1])
    return ties, chosen


def _exchanged(chance: sparse.csr_array, chosen: list[int]) -> tuple[float, list[int]]:
    """Expected new ties among guests of whom one after the other is exchanged for who brings most more, as long as
    anybody does, and who they are, in the order in which each adds most."""
    among, rows = np.array(chosen), chance[chosen].toarray()
    gain = rows.sum(axis=0)
    while True:
        more = gain - rows - gain[among][:, None]  # of each of all in the place of each guest
        more[:, among] = -np.inf
        out, new = np.unravel_index(more.argmax(), more.shape)
        if not more[out, new] > gain.sum() * 1e-9:  # equal sums differ in the last digit
            break
        column = _column(chance, int(new))
        gain, rows[out], among[out] = gain + column - rows[out], column, new
    inside = sparse.csr_array(chance[among][:, among])
    ties, order = _gathered(inside, int(inside.max(axis=1).toarray().argmax()), len(among))
    return ties, [int(among[k]) for k in order]


def _chances(engine: Engine, pool: Int64s, seen: Seen) -> sparse.csr_array:
    """[pool × pool], symmetric: expected useful ties of those who could meet; nothing between partners, nor between
    those who may not be suggested now; less between those whom the list would put lower (ignored, asked too often)."""
    a, b, probability = _among(engine, pool)
    worth = probability * (1 + engine.value.needs_met(a, b))
    worth *= engine.allowed(a, b) * engine.memory.factor(a, b) * seen.factor(a, b)
    at, to = np.searchsorted(pool, a), np.searchsorted(pool, b)
    half = sparse.coo_array((worth, (at, to)), shape=(len(pool), len(pool))).tocsr()
    return sparse.csr_array(half + half.T)


def _among(engine: Engine, pool: Int64s) -> tuple[Int64s, Int64s, Floats]:
    """Pairs of the pool that don't work together, a < b, with their chance."""
    if len(pool) > EVERY_PAIR:
        links = engine.links_among(pool)
        return links.a, links.b, engine.chances(links)
    one, other = np.triu_indices(len(pool), 1)
    a, b = pool[one], pool[other]
    apart = np.asarray(engine.ground.tied.to_scipy()[a, b]).ravel() == 0
    a, b = a[apart], b[apart]
    return a, b, engine.chance(a, b)


def _column(chance: sparse.csr_array, k: int) -> Floats:
    return np.asarray(chance[[k], :].todense()).ravel()


def _guest(engine: Engine, pool: Int64s, chance: sparse.csr_array, chosen: list[int], k: int) -> Guest:
    row, who = _column(chance, chosen[k])[chosen], int(pool[chosen[k]])
    best = [int(pool[chosen[c]]) for c in np.argsort(-row, kind="stable")[:3] if row[c] > 0]
    why = why_meet(engine, who, best[0]) if best else ()
    return Guest(who, float(row[:k].sum()), tuple(best), why, cautions(engine, who, best))


def _of(engine: Engine, territory: str | None, theme: str | None, sectors: Sequence[str]) -> Int64s:
    """Organisations of the sectors that are in the territory, or have a partnership in it, and are concerned with the
    theme, ascending."""
    fits = engine.present.copy()
    if territory is not None:
        fits &= acting_in(engine, territory)
    if theme is not None:
        fits &= concerned(engine, theme)
    if sectors:
        fits &= of_sectors(engine, sectors)
    return np.flatnonzero(fits)
