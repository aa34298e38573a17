"""Who else should be in a partnership."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from graphsvc.errors import InputError, NothingToSuggestError
from graphsvc.i18n import Message, msg
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.suggest.candidates import WIDE
from graphsvc.suggest.concepts import Concept
from graphsvc.suggest.engine import Engine
from graphsvc.suggest.explanations import REASONS
from graphsvc.suggest.purpose import acting_in, skilled_in
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
    skilled = _masks(engine, [skilled_in(engine, theme) for theme in purpose.themes])
    come, gone = ([engine.row_of(m) for m in some] for some in (joining, left))
    pool = np.setdiff1d(_pool(engine, rows, skilled), [*come, *gone])
    if not len(pool):
        raise NothingToSuggestError(msg("No organisation is left that could join."))
    i, j = np.repeat(pool, len(rows)), np.tile(rows, len(pool))
    shape = len(pool), len(rows)
    expected = engine.likelihood(j, i).reshape(shape)
    likelihood = _known(expected, _tied(engine, pool, rows))
    mean = likelihood.mean(axis=1) / max(float(likelihood.max()), 1e-12)
    sectors = np.asarray(engine.attributes.sectors, dtype=object).astype(str)
    new = ~np.isin(sectors[pool], sectors[[*rows, *come]])
    needing = _masks(engine, [engine.value.needing(theme) for theme in purpose.themes])
    needs = engine.value.needs_met(j, i).reshape(shape) * (not purpose.themes)
    acting = _masks(engine, [acting_in(engine, code) for code in purpose.territories])
    shares = (skilled[:, pool].sum(axis=0) + needing[:, pool].sum(axis=0)) / max(len(purpose.themes), 1)
    factor = (engine.memory.factor(i, j) * seen.factor(i, j)).reshape(shape).mean(axis=1)
    brings = new + shares + needs.max(axis=1) + acting[:, pool].any(axis=0)
    score = factor * (mean + BONUS * brings) / (1 + BONUSES * BONUS)
    best = np.lexsort((pool, -expected.mean(axis=1), -score))[:limit].tolist()
    describe = _Describer(engine, rows, purpose)
    return [describe(int(pool[k]), float(score[k]), likelihood[k], needs[k], bool(new[k])) for k in best]


def _pool(engine: Engine, rows: Int64s, skilled: npt.NDArray[np.bool_]) -> Int64s:
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


def _masks(engine: Engine, masks: Sequence[npt.NDArray[np.bool_]]) -> npt.NDArray[np.bool_]:
    """[masks × organisations], also of none."""
    return np.array(masks, dtype=bool).reshape(-1, len(engine.present))


def _tied(engine: Engine, pool: Int64s, rows: Int64s) -> npt.NDArray[np.bool_]:
    """Who has worked together, bool [pool, members]."""
    tied: npt.NDArray[np.bool_] = np.asarray(engine.ground.tied.to_scipy()[pool][:, rows].todense()) > 0
    return tied


def _known(expected: Floats, tied: npt.NDArray[np.bool_]) -> Floats:
    """[pool × members]: ``expected``, but the highest of it for those who have worked together."""
    return expected if tied.all() else np.where(tied, expected[~tied].max(), expected)


@dataclass(frozen=True, slots=True)
class _Describer:
    """Says why an organisation would complete the group of ``rows``."""

    engine: Engine
    rows: Int64s
    purpose: Purpose

    def __call__(self, candidate: int, score: float, likelihood: Floats, needs: Floats, new_sector: bool) -> Member:
        """``likelihood`` and ``needs`` [members]: of working with each, and of what they need or offer each other."""
        engine, names = self.engine, self.engine.history.names
        tied = [int(r) for r in self.rows if candidate in engine.ground.tied.row(int(r))]
        others = [int(r) for r in self.rows if int(r) not in tied]
        likely = max(others, key=lambda r: likelihood[np.searchsorted(self.rows, r)], default=None)
        reasons = [self._skilled(candidate), self._needing(candidate)]
        needy = int(self.rows[needs.argmax()]) if needs.any() else None
        if needy is not None:
            reasons.append(engine.explainer.need(needy, candidate))
        if tied:
            both = {"name": names[candidate], "member": names[tied[0]]}
            reasons.append(msg("%(name)s and %(member)s have, or had, a partnership together.", **both))
        if new_sector:
            reasons.append(msg("No member is of its sector yet."))
        said = [reason for reason in reasons if reason]
        why = self._of_pair(likely, candidate, said) if likely is not None and len(said) < REASONS else []
        said += why
        if acting := self._acting(candidate):
            said.append(acting)
        against = (engine.explainer.quiet(candidate), engine.memory.spared(candidate))
        about = likely if why else needy if needy in others else None
        return Member(candidate, score, tuple(said[:REASONS]), tuple(filter(None, against)), about)

    def _of_pair(self, member: int, candidate: int, said: Sequence[Message]) -> list[Message]:
        """What speaks for the two and is not ``said`` yet; where nothing is at all, how often such pairs meet."""
        engine = self.engine
        both = {"name": engine.history.names[candidate], "member": engine.history.names[member]}
        why = [one.said for one in engine.explainer.because(member, candidate) if one.said not in said]
        if not why and not said:
            chance = engine.chance(np.array([member]), np.array([candidate]))
            why = list(engine.explainer.reasons(member, candidate, float(chance[0])))
        return [msg("%(name)s and %(member)s: %(reason)s", **both, reason=one) for one in why]

    def _skilled(self, row: int) -> Message | None:
        """What the partnership is about and the organisation offers, or has worked on."""
        engine, themes = self.engine, self.purpose.themes
        if offered := self._first(themes, engine.value.offering, row):
            return msg("It offers what the partnership is about: %(theme)s.", theme=Concept(offered))
        worked_on = self._first(themes, partial(skilled_in, engine), row)
        said = msg("It has worked on what the partnership is about: %(theme)s.", theme=Concept(worked_on))
        return said if worked_on else None

    def _needing(self, row: int) -> Message | None:
        needed = self._first(self.purpose.themes, self.engine.value.needing, row)
        said = msg(
            "It needs what the partnership is about, or is where that is needed: %(theme)s.", theme=Concept(needed)
        )
        return said if needed else None

    def _acting(self, row: int) -> Message | None:
        place = self._first(self.purpose.territories, partial(acting_in, self.engine), row)
        said = msg("It is, or has worked, in %(place)s.", place=self.engine.attributes.territory_name(place))
        return said if place else None

    @staticmethod
    def _first(codes: Sequence[str], which: Callable[[str], npt.NDArray[np.bool_]], row: int) -> str:
        """The first code whose organisations (``which``) have the row among them; "" where none has."""
        return next((code for code in codes if which(code)[row]), "")
