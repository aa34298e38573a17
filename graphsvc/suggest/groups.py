"""Beyond pairs: who completes a partnership, and whom to invite to a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.errors import InputError, NothingToSuggestError
from graphsvc.i18n import Message, msg
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.candidates import WIDE
from graphsvc.suggest.engine import Engine
from graphsvc.suggest.explanations import REASONS
from graphsvc.suggest.seen import NOTHING_SEEN, Seen

NEW_SECTOR = 0.25
"""What a sector not yet in the group adds, as a share of the best candidate's likelihood."""
BEGINNINGS = 10
"""Of who could meet most, how many a list of guests is begun with on trial."""
EVERY_PAIR = 150
"""Organisations that fit a meeting up to which every pair is looked at; of more, the pairs that may be suggested."""


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation (row) that would complete a group, with reasons for and against; ``score`` in [0, 1] among those
    suggested. ``likely``: of the members that it has not worked with the one it would most likely work with."""

    organisation: int
    score: float
    reasons: tuple[Message, ...]
    against: tuple[Message, ...] = ()
    likely: int | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """One to invite: ``introductions`` are those among the guests that it should meet, the best first, and ``reasons``
    why it should meet the first of them; ``gain`` the expected number of new ties that it adds, a tie that meets needs
    counting up to twice."""

    organisation: int
    gain: float
    introductions: tuple[int, ...]
    reasons: tuple[Message, ...] = ()


def complete(
    engine: Engine,
    members: Sequence[int | str],
    limit: int = 10,
    seen: Seen = NOTHING_SEEN,
    without: Sequence[int | str] = (),
) -> list[Member]:
    """Who else should be in a partnership of ``members`` (rows, ids or names), best first; none of those ``without``
    (who is to join already).

    Score: mean likelihood of working with each member (having worked with one counts as its highest), and a bonus
    for a sector that the group lacks; less for who is asked too often, or was ``seen`` and passed over. Of equals those
    come first whom the model would expect more if they had not met. Whoever may not be suggested to one of the members
    now (they said no, or are being talked with) is left out.
    Raises InputError without members, NothingToSuggestError without candidates.
    """
    if not members:
        raise InputError(msg("Name at least one member of the partnership."))
    rows = np.unique([engine.row_of(m) for m in members]).astype(np.int64)
    pool = np.setdiff1d(_pool(engine, rows), [engine.row_of(m) for m in without])
    if not len(pool):
        raise NothingToSuggestError(msg("No organisation is left that could join."))
    i, j = np.repeat(pool, len(rows)), np.tile(rows, len(pool))
    expected = engine.likelihood(j, i).reshape(len(pool), len(rows))
    likelihood = _known(expected, _tied(engine, pool, rows))
    mean = likelihood.mean(axis=1) / max(float(likelihood.max()), 1e-12)
    sectors = np.asarray(engine.attributes.sectors, dtype=object)
    new = ~np.isin(sectors[pool].astype(str), sectors[rows].astype(str))
    factor = (engine.memory.factor(i, j) * seen.factor(i, j)).reshape(likelihood.shape).mean(axis=1)
    score = factor * (mean + NEW_SECTOR * new) / (1 + NEW_SECTOR)
    best = np.lexsort((pool, -expected.mean(axis=1), -score))[:limit].tolist()
    return [_member(engine, int(pool[k]), float(score[k]), rows, likelihood[k], bool(new[k])) for k in best]


def invite(
    engine: Engine,
    territory: str | None = None,
    theme: str | None = None,
    limit: int = 20,
    seen: Seen = NOTHING_SEEN,
) -> list[Guest]:
    """Whom to invite so that the most useful introductions happen: each next guest adds most expected new ties to
    those already invited (greedy, beginning with the best pair, or with one of those who could meet most), then guests
    are exchanged as long as that brings more; of these sets it is the best. Ties that meet needs count more.

    ``territory``: code (all below it count), ``theme``: code of partnerships, needs and offers; all organisations that
    fit are looked at. Who would be introduced to nobody is left out.
    Raises NothingToSuggestError where fewer than two organisations fit, or none may meet another.
    """
    pool = _of(engine, territory, theme)
    if len(pool) < 2:
        raise NothingToSuggestError(
            msg("Fewer than two organisations fit this territory and theme."),
            hint=msg("Widen the territory or leave out the theme."),
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
            msg("All organisations that could meet have worked together already, or said no."),
            hint=msg("Widen the territory or leave out the theme.") if territory or theme else engine.way_out,
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
    worth = probability * (1 + engine.value.of(a, b)["needs_met"])
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
    why = tuple(reason.said for reason in engine.explainer.because(who, best[0])) if best else ()
    return Guest(who, float(row[:k].sum()), tuple(best), why)


def _pool(engine: Engine, rows: Int64s) -> Int64s:
    """Candidates of the members, and their partners; only who exists and may be suggested to all it has not met."""
    _, near = engine.pairs(rows, WIDE)
    partners = np.concatenate([engine.ground.tied.row(int(r)) for r in rows]).astype(np.int64)
    pool: Int64s = np.setdiff1d(np.concatenate([near, partners]), rows)
    pool = pool[engine.present[pool]]
    i, j = np.repeat(pool, len(rows)), np.tile(rows, len(pool))
    may_meet = engine.memory.allowed(i, j) & ~engine.kin(i, j)
    fits: Int64s = pool[(may_meet.reshape(len(pool), len(rows)) | _tied(engine, pool, rows)).all(axis=1)]
    return fits


def _tied(engine: Engine, pool: Int64s, rows: Int64s) -> npt.NDArray[np.bool_]:
    """Who has worked together, bool [pool, members]."""
    tied: npt.NDArray[np.bool_] = np.asarray(engine.ground.tied.to_scipy()[pool][:, rows].todense()) > 0
    return tied


def _known(expected: Floats, tied: npt.NDArray[np.bool_]) -> Floats:
    """[pool × members]: ``expected``, but the highest of it for those who have worked together."""
    return expected if tied.all() else np.where(tied, expected[~tied].max(), expected)


def _member(engine: Engine, candidate: int, score: float, rows: Int64s, likelihood: Floats, new_sector: bool) -> Member:
    names = engine.history.names
    tied = [int(r) for r in rows if candidate in engine.ground.tied.row(int(r))]
    reasons: list[Message] = []
    if tied:
        both = {"name": names[candidate], "member": names[tied[0]]}
        reasons.append(msg("%(name)s and %(member)s have, or had, a partnership together.", **both))
    if new_sector:
        reasons.append(msg("No member is of its sector yet."))
    others = [int(r) for r in rows if int(r) not in tied]
    likely = max(others, key=lambda r: likelihood[np.searchsorted(rows, r)], default=None)
    if likely is not None:
        both = {"name": names[candidate], "member": names[likely]}
        why = engine.explainer.because(likely, candidate)[: REASONS - len(reasons)]
        reasons.extend(msg("%(name)s and %(member)s: %(reason)s", **both, reason=one.said) for one in why)
    against = (engine.explainer.quiet(candidate), engine.memory.spared(candidate))
    return Member(candidate, score, tuple(reasons), tuple(filter(None, against)), likely)


def _of(engine: Engine, territory: str | None, theme: str | None) -> Int64s:
    """Organisations that are in the territory, or have a partnership in it, and have worked on the theme, ascending."""
    fits = engine.present.copy()
    if territory is not None:
        places = engine.attributes.partnership_territories
        inside = {code for code in set[str]().union(*places) if engine.attributes.within(code, territory)}
        there = np.array([not inside.isdisjoint(codes) for codes in places], dtype=float)
        fits &= engine.within(territory) | (engine.ground.members @ there > 0)
    if theme is not None:
        fits &= _concerned(engine, theme)
    return np.flatnonzero(fits)


def _concerned(engine: Engine, theme: str) -> npt.NDArray[np.bool_]:
    """Which organisations have worked on a theme (code), need it or offer it, bool [organisations]."""
    concerned, names = engine.value.concerned(theme), engine.attributes.theme_names
    if theme in names:
        concerned |= np.asarray(engine.ground.themes[:, [names.index(theme)]].todense()).ravel() > 0
    return concerned
