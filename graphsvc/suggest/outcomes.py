"""What became of suggestions: taken up, declined, passed over, and whether a partnership followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphsvc.model.suggested import Past, Shown
from graphsvc.snapshot.filter import date_of, rows
from graphsvc.suggest.history import History
from graphsvc.suggest.memory import DEFERRED, DONE, REFUSED, TALKING, UNDECIDED, rests_until

TAKEN_UP = (TALKING, DONE)
NEW = "NOW"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One pair (rows), the newest decision about it, how it was shown, when it was suggested first as far as is known,
    and the day on which what came of it began, or is ``planned`` to: the partnership (id) of both that the decision
    names, else their first one, if that is not before it was suggested. ``rests_until``: the day before which a pair
    that said no, or not now, isn't suggested, the last one named, see ``memory.rests_until``."""

    a: int
    b: int
    decision: Past | None
    shown: Shown | None
    first_on: date | None
    formed: date | None
    partnership: str | None = None
    planned: date | None = None
    rests_until: date | None = None

    @property
    def status(self) -> str:
        """Code of scheme suggestion_status: of the newest decision, NEW before there is one."""
        return self.decision.status if self.decision else NEW

    @property
    def undecided(self) -> bool:
        """Nobody took it up, declined it or put it off yet."""
        return self.status in UNDECIDED


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All pairs ever suggested, the newest decisions first, then what was only shown, the most often first."""

    all: tuple[Outcome, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many were suggested: taken up, declined, put off or expired, not decided about; and how many formed a
        partnership."""
        status = [o.status for o in self.all]
        taken_up, declined = sum(s in TAKEN_UP for s in status), status.count(REFUSED)
        undecided = sum(o.undecided for o in self.all)
        return {
            "suggested": len(self.all),
            "taken_up": taken_up,
            "declined": declined,
            "put_off": len(self.all) - taken_up - declined - undecided,
            "formed": sum(o.formed is not None for o in self.all),
            "undecided": undecided,
        }

    @property
    def precision(self) -> float | None:
        """Share of the suggestions that were decided about that led to a partnership; None before the first."""
        decided = [o for o in self.all if not o.undecided]
        return sum(o.formed is not None for o in decided) / len(decided) if decided else None


def outcomes(
    history: History, ids: Sequence[str], past: Sequence[Past], shown: Sequence[Shown], today: date
) -> Outcomes:
    """Match what was suggested with what the network holds. Pairs with an organisation that is gone are left out."""
    at, meetings = {id: row for row, id in enumerate(ids)}, history.meetings
    met = dict(zip(zip(meetings.a.tolist(), meetings.b.tolist(), strict=True), meetings.first.tolist(), strict=True))
    decided: dict[tuple[str, str], list[Past]] = {}
    for one in past:
        decided.setdefault((one.a, one.b), []).append(one)
    seen = {(s.a, s.b): s for s in shown}
    named = _begun(history, {one.partnership for one in past if one.partnership})
    by_times = sorted(seen, key=lambda pair: -seen[pair].times)
    found = []
    for pair in dict.fromkeys([*decided, *by_times]):
        if pair[0] in at and pair[1] in at:
            a, b = sorted((at[pair[0]], at[pair[1]]))
            decisions, looked_at = decided.get(pair, []), seen.get(pair)
            days = [d.on for d in decisions if d.on] + ([looked_at.first_on] if looked_at else [])
            newest = decisions[0] if decisions else None
            first, rests = min(days, default=None), rest(decisions)
            bare = Outcome(at[pair[0]], at[pair[1]], newest, looked_at, first, None, rests_until=rests)
            found.append(_until(_named(bare, named) or _with_day(bare, met.get((a, b))), today))
    return Outcomes(tuple(found))


def rest(decisions: Sequence[Past]) -> date | None:
    """The day before which a pair of which this was decided, newest first, isn't suggested: the last that any names,
    where the newest is a no or not now; else None."""
    if not decisions or decisions[0].status not in (REFUSED, DEFERRED):
        return None
    no = [d for d in decisions if d.status in (REFUSED, DEFERRED)]
    return max(filter(None, (rests_until(d.on, d.until) if d.on else d.until for d in no)), default=None)


def _begun(history: History, ids: Set[str]) -> dict[str, tuple[date | None, Set[int]]]:
    """When partnerships (ids) of the network began, and who is in them (rows); those that are gone are left out."""
    table, members = history.network.partnerships, history.network.memberships
    at = np.flatnonzero(pc.is_in(table["id"], pa.array(sorted(ids), pa.string())).to_numpy())
    of, who = rows(members["partnership"]), rows(members["organisation"])
    began = table.take(at)
    return {
        id: (day, set(who[of == row].tolist()))
        for row, id, day in zip(at, began["id"].to_pylist(), began["starts_on"].to_pylist(), strict=True)
    }


def _named(one: Outcome, begun: Mapping[str, tuple[date | None, Set[int]]]) -> Outcome | None:
    """With the partnership that the decision names; None where it names none that both are in."""
    name = one.decision.partnership if one.decision else None
    if one.decision is None or name is None or name not in begun or not {one.a, one.b} <= begun[name][1]:
        return None
    return replace(one, formed=begun[name][0] or one.decision.on, partnership=name)


def _with_day(one: Outcome, met: int | None) -> Outcome:
    """A partnership from before the suggestion, or of no known day, is not its fruit."""
    day = date_of(met) if met is not None and abs(met) < 200_000 else None
    since = one.first_on
    formed = day if day and since and day >= since else None
    return replace(one, formed=formed)


def _until(one: Outcome, today: date) -> Outcome:
    """What begins after today is planned."""
    return replace(one, formed=None, planned=one.formed) if one.formed and one.formed > today else one
