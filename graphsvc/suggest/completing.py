"""Who else should be in a partnership."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from graphsvc.errors import InputError, NothingToSuggestError
from graphsvc.i18n import Message, msg
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.candidates import WIDE
from graphsvc.suggest.concepts import Concept
from graphsvc.suggest.engine import Engine
from graphsvc.suggest.evidence import cautions, of_pair, why_meet
from graphsvc.suggest.explanations import REASONS
from graphsvc.suggest.purpose import Mask, acting_in, skilled_in
from graphsvc.suggest.seen import NOTHING_SEEN, Seen

BONUS = 0.25
"""What each of BONUSES adds, as a share of the best candidate's likelihood: a sector that the group lacks, the share of
its themes in which one is skilled, the share that one needs (without themes: needs that it and a member meet), being or
working in one of its territories."""
BONUSES = 4


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a partnership is for: codes of its themes and of its territories."""

    themes: Sequence[str] = ()
    territories: Sequence[str] = ()


NO_PURPOSE = Purpose()


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation (row) that would complete a group, with reasons for and against; ``score`` in [0, 1] among those
    suggested. ``about``: a member that it has not worked with, and of which reasons speak."""

    organisation: int
    score: float
    reasons: tuple[Message, ...]
    against: tuple[Message, ...] = ()
    about: int | None = None


def complete(
    engine: Engine,
    members: Sequence[int | str],
    limit: int = 10,
    seen: Seen = NOTHING_SEEN,
    joining: Sequence[int | str] = (),
    left: Sequence[int | str] = (),
    purpose: Purpose = NO_PURPOSE,
) -> list[Member]:
    """Who else should be in a partnership of ``members`` (rows, ids or names), best first; none of those who are
    ``joining`` it already, or ``left`` it.

    Score: mean likelihood of working with each member (having worked with one counts as its highest), and a BONUS for
    what the group lacks or its ``purpose`` asks for; less for who is asked too often, or was ``seen`` and passed over.
    Of equals those come first whom the model would expect more if they had not met. Whoever may not be suggested to one
    of the members now (they said no, or are being talked with) is left out.
    Raises InputError without members, NothingToSuggestError without candidates.
    """
    if not members:
        raise InputError(msg("Name at least one member of the partnership."))
    rows = np.unique([engine.row_of(m) for m in members]).astype(np.int64)
    fit = _Fit.of(engine, purpose)
    come, gone = ([engine.row_of(m) for m in some] for some in (joining, left))
    pool = np.setdiff1d(_pool(engine, rows, fit.skilled), [*come, *gone])
    if not len(pool):
        raise NothingToSuggestError(msg("No organisation is left that could join."))
    i, j = np.repeat(pool, len(rows)), np.tile(rows, len(pool))
    shape = len(pool), len(rows)
    expected = engine.likelihood(j, i).reshape(shape)
    likelihood = _known(expected, _tied(engine, pool, rows))
    mean = likelihood.mean(axis=1) / max(float(likelihood.max()), 1e-12)
    sectors = np.asarray(engine.attributes.sectors, dtype=object).astype(str)
    new = engine.attributes.in_sector[pool] & ~np.isin(sectors[pool], sectors[[*rows, *come]])
    needs = engine.value.needs_met(j, i).reshape(shape) * (not purpose.themes)
    shares = (fit.skilled[:, pool].sum(axis=0) + fit.needing[:, pool].sum(axis=0)) / max(len(purpose.themes), 1)
    factor = (engine.memory.factor(i, j) * seen.factor(i, j)).reshape(shape).mean(axis=1)
    brings = new + shares + needs.max(axis=1) + fit.acting[:, pool].any(axis=0)
    score = factor * (mean + BONUS * brings) / (1 + BONUSES * BONUS)
    best = np.lexsort((pool, -expected.mean(axis=1), -score))[:limit].tolist()
    describe = _Describer(engine, rows, fit)
    return [describe(int(pool[k]), float(score[k]), likelihood[k], needs[k], bool(new[k])) for k in best]


def _pool(engine: Engine, rows: Int64s, skilled: Mask) -> Int64s:
    """Candidates of the members, their partners, and who is skilled ([themes × organisations]) in most of the themes;
    only who exists and may be suggested to all it has not met."""
    _, near = engine.pairs(rows, WIDE)
    partners = np.concatenate([engine.ground.tied.row(int(r)) for r in rows]).astype(np.int64)
    themes = skilled.sum(axis=0) * engine.present
    most = np.lexsort((-engine.ground.degree, -themes))[: WIDE.matching]
    pool: Int64s = np.setdiff1d(np.concatenate([near, partners, most[themes[most] > 0]]), rows)
    pool = pool[engine.present[pool]]
    i, j = np.repeat(pool, len(rows)), np.tile(rows, len(pool))
    may_meet = engine.memory.allowed(i, j) & ~engine.kin(i, j)
    fits: Int64s = pool[(may_meet.reshape(len(pool), len(rows)) | _tied(engine, pool, rows)).all(axis=1)]
    return fits


@dataclass(frozen=True, slots=True)
class _Fit:
    """Whom a purpose speaks of, bool [themes × organisations]; ``acting``: [territories × organisations]."""

    purpose: Purpose
    offering: Mask
    skilled: Mask
    needing: Mask
    acting: Mask

    @classmethod
    def of(cls, engine: Engine, purpose: Purpose) -> _Fit:
        def masks(which: Callable[[str], Mask], codes: Sequence[str]) -> Mask:
            return np.array([which(code) for code in codes], dtype=bool).reshape(-1, len(engine.present))

        return cls(
            purpose,
            masks(engine.value.offering, purpose.themes),
            masks(partial(skilled_in, engine), purpose.themes),
            masks(engine.value.needing, purpose.themes),
            masks(partial(acting_in, engine), purpose.territories),
        )

    def reasons(self, row: int) -> list[Message]:
        """Why the themes speak for an organisation: it offers one or has worked on it, and needs one."""
        themes = self.purpose.themes
        offered, worked_on, needed = (_first(themes, who, row) for who in (self.offering, self.skilled, self.needing))
        said = []
        if offered:
            said.append(msg("It offers what the partnership is about: %(theme)s.", theme=Concept(offered)))
        elif worked_on:
            said.append(msg("It has worked on what the partnership is about: %(theme)s.", theme=Concept(worked_on)))
        if needed:
            area = Concept(needed)
            said.append(
                msg("It needs what the partnership is about, or is where that is needed: %(theme)s.", theme=area)
            )
        return said


def _first(codes: Sequence[str], masks: Mask, row: int) -> str:
    """The first code whose organisations have the row among them; "" where none has."""
    return next((code for code, mask in zip(codes, masks, strict=True) if mask[row]), "")


def _tied(engine: Engine, pool: Int64s, rows: Int64s) -> Mask:
    """Who has worked together, bool [pool, members]."""
    tied: Mask = np.asarray(engine.ground.tied.to_scipy()[pool][:, rows].todense()) > 0
    return tied


def _known(expected: Floats, tied: Mask) -> Floats:
    """[pool × members]: ``expected``, but the highest of it for those who have worked together."""
    return expected if tied.all() else np.where(tied, expected[~tied].max(), expected)


@dataclass(frozen=True, slots=True)
class _Describer:
    """Says why an organisation would complete the group of ``rows``."""

    engine: Engine
    rows: Int64s
    fit: _Fit

    def __call__(self, candidate: int, score: float, likelihood: Floats, needs: Floats, new_sector: bool) -> Member:
        """``likelihood`` and ``needs`` [members]: of working with each, and of what they need or offer each other."""
        engine, names = self.engine, self.engine.history.names
        tied = [int(r) for r in self.rows if candidate in engine.ground.tied.row(int(r))]
        others = [int(r) for r in self.rows if int(r) not in tied]
        likely = max(others, key=lambda r: likelihood[np.searchsorted(self.rows, r)], default=None)
        said = self.fit.reasons(candidate)
        needy = int(self.rows[needs.argmax()]) if needs.any() else None
        if needy is not None and (need := engine.explainer.need(needy, candidate)):
            said.append(need)
        if tied:
            both = {"name": names[candidate], "member": names[tied[0]]}
            said.append(msg("%(name)s and %(member)s have, or had, a partnership together.", **both))
        if new_sector:
            said.append(msg("No member is of its sector yet."))
        why = self._of_pair(likely, candidate, said) if likely is not None and len(said) < REASONS else []
        said += why
        if place := _first(self.fit.purpose.territories, self.fit.acting, candidate):
            said.append(msg("It is, or has worked, in %(place)s.", place=engine.attributes.territory_name(place)))
        against = (
            engine.explainer.quiet(candidate),
            engine.memory.spared(candidate),
            *cautions(engine, candidate, map(int, self.rows)),
        )
        about = likely if why else needy if needy in others else None
        return Member(candidate, score, tuple(said[:REASONS]), tuple(filter(None, against)), about)

    def _of_pair(self, member: int, candidate: int, said: Sequence[Message]) -> list[Message]:
        """What speaks for the two and is not ``said`` yet; where nothing is at all, how often such pairs meet."""
        engine = self.engine
        because = (one.said for one in engine.explainer.because(member, candidate))
        why = [one for one in because if one not in said] if said else why_meet(engine, member, candidate)
        return [of_pair(engine, candidate, member, one) for one in why]
