"""Reasons for and against a suggestion, in plain sentences drawn from what the model looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.i18n import Day, Message, msg, nmsg, number
from graphsvc.snapshot.csr import Int64s
from graphsvc.snapshot.filter import BEGINNING, date_of, day, days
from graphsvc.suggest.concepts import Concept
from graphsvc.suggest.features.shared import attended
from graphsvc.suggest.frequency import case_of
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import DAYS_A_YEAR, OLDEST
from graphsvc.suggest.model import Model
from graphsvc.suggest.names import almost_same
from graphsvc.suggest.pairs import Matrix, row_of
from graphsvc.suggest.value import Value

REASONS = 3
"""Sentences that a person reads before the one on how often such pairs meet."""
RECENT_YEARS = 2
"""Whole years before the latest one from which partnerships count as recent."""
NEAR_KM, FAR_KM = 60.0, 150.0
QUIET_YEARS = 3.0
INTRODUCERS = 3
RECORDS = 5
"""Records named as the evidence of a sentence."""
NOBODY_BETWEEN = msg("No common partner could introduce them.")
SAME_NAME = msg("Their names are almost the same: perhaps this is one organisation, entered twice.")


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, and the records (rows) that it counts, RECORDS of each at most; partnerships and meetings the latest
    first. None where it needs none, or ``evidence`` names them in another place."""

    said: Message
    organisations: tuple[int, ...] = ()
    partnerships: tuple[int, ...] = ()
    meetings: tuple[int, ...] = ()


class Explainer:
    """Knows the network of a day by name; ``model`` has counted how often similar pairs got together, ``value`` gives
    what links would bring as of the day of needs and offers."""

    def __init__(self, ground: Ground, model: Model, value: Callable[[], Value]) -> None:
        self._ground, self._model, self._value = ground, model, value
        self._names = ground.past.history.names
        self._members = ground.past.memberships

    @cached_property
    def _regions(self) -> list[str]:
        return self._ground.attributes.region_names

    @cached_property
    def _recent(self) -> sparse.csr_array:
        """[organisations × regions]: recent partnerships."""
        return self._ground.activity((self._ground.past.age <= self._recent_age).astype(float))

    @cached_property
    def _recent_year(self) -> int:
        return self._year_of(0) - RECENT_YEARS

    @cached_property
    def _recent_age(self) -> float:
        """Years; below 0 where no day is on record, so that nothing is said to have begun lately."""
        if self._ground.past.dated is None:
            return -1.0
        return (self._ground.past.end - day(date(self._recent_year, 1, 1))) / DAYS_A_YEAR

    def _year_of(self, age: float) -> int:
        """The year in which a partnership of this age began."""
        return date_of(self._ground.past.end - max(round(age * DAYS_A_YEAR), 1)).year

    @cached_property
    def _kinds(self) -> Int64s:
        """The kind of each organisation as it is written down, as a number."""
        return np.unique(self._ground.attributes.recorded_kinds, return_inverse=True)[1]

    @cached_property
    def _there(self) -> npt.NDArray[np.bool_]:
        """Organisations that are there by the day, bool [organisations]."""
        ground = self._ground
        return ((ground.past.history.registered < ground.end) | (ground.degree > 0)) & ~ground.ended

    def reasons(self, a: int, b: int, probability: float) -> tuple[Message, ...]:
        """Up to REASONS sentences, the most telling first, and how often such pairs meet."""
        said, frequency = tuple(reason.said for reason in self.because(a, b)), self._frequency(probability)
        return (*said, frequency) if frequency else said

    def because(self, a: int, b: int) -> tuple[Reason, ...]:
        """The sentences of ``reasons`` but the last, each with what it counts."""
        ways = (
            (self._common, a, b),
            (self._founded, a, b),
            (self._founded, b, a),
            (self._need, a, b),
            (self._need, b, a),
            (self._meetings, a, b),
            (self._activity, a, b),
            (self._alike, a, b),
            (self._distance, a, b),
            (self._activity, b, a),
            (self._alike, b, a),
            (self._theme, a, b),
            (self._home, a, b),
        )
        found = (way(one, other) for way, one, other in ways)
        return tuple(islice((reason for reason in found if reason is not None), REASONS))

    def against(self, a: int, b: int) -> tuple[Message, ...]:
        """What speaks against it; may be empty."""
        found = (
            self.same_name(a, b),
            self._far(a, b),
            self.quiet(a),
            self.quiet(b),
            None if self.introducers(a, b) or self.by_founder(a, b) else NOBODY_BETWEEN,
        )
        return tuple(reason for reason in found if reason is not None)

    def introducers(self, a: int, b: int) -> tuple[int, ...]:
        """Common partners that are there; the best are those with strong ties to both, and few to others."""
        return tuple(row for row in self._between(a, b) if self._there[row])[:INTRODUCERS]

    def by_founder(self, a: int, b: int) -> tuple[int, ...]:
        """Who founded one of the two and has worked with the other, where it is no common partner."""
        found = (self._founder_between(unit, other) for unit, other in ((a, b), (b, a)))
        return tuple(founder for founder in found if founder is not None)

    def _founder_between(self, unit: int, other: int) -> int | None:
        """The nearest of the unit's founders that has worked with the other and not with the unit."""
        ties = self._ground.tied
        founders = (f for f in self._ground.attributes.founders(unit) if f not in (unit, other) and self._there[f])
        return next((f for f in founders if f in ties.row(other) and f not in ties.row(unit)), None)

    def _founded(self, a: int, b: int) -> Reason | None:
        """Who founded a has worked with b; said where they have no common partner."""
        founder = None if self._between(a, b) else self._founder_between(a, b)
        if founder is None:
            return None
        names = {"founder": self._names[founder], "name": self._names[a], "other": self._names[b]}
        if founder == self._ground.attributes.founders(a)[0]:
            said = msg("%(founder)s, which founded %(name)s, has worked with %(other)s.", **names)
        else:
            said = msg("%(founder)s, which founded the founder of %(name)s, has worked with %(other)s.", **names)
        return Reason(said, organisations=(founder,))

    def _between(self, a: int, b: int) -> list[int]:
        """Common partners, the best first."""
        ties, recent = self._ground.tied, self._ground.recent
        common, at_a, at_b = np.intersect1d(ties.row(a), ties.row(b), assume_unique=True, return_indices=True)
        # both graphs have the same ties, only the weights differ
        to_a, to_b = recent.weights_of(a)[at_a], recent.weights_of(b)[at_b]
        order = np.lexsort((common, -np.minimum(to_a, to_b)))
        found: list[int] = common[order].tolist()
        return found

    def _frequency(self, probability: float) -> Message | None:
        """Counted, never the model's own number: pairs of similar likelihood in the history it learnt from."""
        case = case_of(self._model.judge.cases, probability)
        if case is None:
            return None
        rate = round(case.pairs / max(case.met, 1))
        counted: dict[str, Message] = {"met": number(case.met), "pairs": number(case.pairs)}
        if case.estimated:
            rate, near = (int(float(f"{n:.3g}")) for n in (rate, case.pairs))
            counted["pairs"] = msg("about %(n)s", n=number(near))
        cases = (
            msg("in 1 of %(rate)s cases (%(met)s of %(pairs)s)", rate=number(rate), **counted)
            if rate > 1
            else msg("in %(met)s of %(pairs)s cases", **counted)
        )
        if self._model.prior:
            return msg(
                "In the partnerships that the program has learnt from (Denmark), similar pairs got together %(cases)s.",
                cases=cases,
            )
        since = Day(date_of(self._model.judge.since).isoformat())
        return msg("In the year from %(day)s similar pairs got together %(cases)s.", day=since, cases=cases)

    def need(self, a: int, b: int) -> Message | None:
        """What one of the two needs, or where it is, and the other offers."""
        found = self._need(a, b) or self._need(b, a)
        return found.said if found else None

    def _need(self, a: int, b: int) -> Reason | None:
        """What a, or where it is, needs and b offers."""
        met = self._value().areas_met(a, b)
        if not met:
            return None
        area, own = met[0]
        names = {"name": self._names[b], "other": self._names[a], "area": Concept(area)}
        if own:
            return Reason(msg("%(name)s offers what %(other)s needs: %(area)s.", **names))
        return Reason(msg("%(name)s offers what is needed where %(other)s is: %(area)s.", **names))

    @cached_property
    def _attended(self) -> Matrix:
        return attended(self._ground)[0]

    @cached_property
    def _held(self) -> Int64s:
        """The day of each meeting."""
        return days(self._ground.past.history.network.meetings["held_on"], BEGINNING).astype(np.int64)

    def _meetings(self, a: int, b: int) -> Reason | None:
        both = np.intersect1d(row_of(self._attended, a)[0], row_of(self._attended, b)[0]).astype(np.int64)
        if not len(both):
            return None
        said = nmsg("They were at %(n)s meeting together.", "They were at %(n)s meetings together.", len(both))
        return Reason(said, meetings=tuple(both[np.argsort(-self._held[both], kind="stable")][:RECORDS].tolist()))

    def same_name(self, a: int, b: int) -> Message | None:
        """Said of two that may be one organisation, entered twice: their names are almost the same, and where both say
        in which territory they are, one is within the other."""
        known = self._ground.attributes
        one, other = known.home_codes[a], known.home_codes[b]
        apart = one and other and not (known.within(one, other) or known.within(other, one))
        return SAME_NAME if not apart and almost_same(self._names[a], self._names[b]) else None

    def _common(self, a: int, b: int) -> Reason | None:
        common = sorted(self._between(a, b), key=lambda row: not self._there[row])
        if not common:
            return None
        best = [self._names[row] for row in common[:2]]
        if len(common) == 1:
            return Reason(msg("Both have worked with %(x)s.", x=best[0]))
        if len(common) == 2:
            return Reason(msg("Both have worked with %(x)s and %(y)s.", x=best[0], y=best[1]))
        return Reason(
            nmsg(
                "Both have worked with %(x)s, %(y)s and %(n)s more.",
                "Both have worked with %(x)s, %(y)s and %(n)s more.",
                len(common) - 2,
                x=best[0],
                y=best[1],
            )
        )

    def _activity(self, a: int, b: int) -> Reason | None:
        """b's recent partnerships where a works."""
        counts = dict(zip(*row_of(self._recent, b), strict=True))
        where = row_of(self._ground.region_shares, a)[0]
        found = [(counts[r], -r) for r in where if r < len(self._regions) and counts.get(r, 0) >= 1]
        if not found:
            return None
        region = -max(found)[1]
        began = self._about(b, self._ground.attributes.partnership_regions, region)
        began = began[self._ground.past.age[began] <= self._recent_age]
        said = nmsg(
            "%(name)s has begun %(n)s partnership in %(region)s since %(year)s.",
            "%(name)s has begun %(n)s partnerships in %(region)s since %(year)s.",
            len(began),
            name=self._names[b],
            region=self._regions[region],
            year=self._recent_year,
        )
        return Reason(said, partnerships=tuple(began[:RECORDS].tolist()))

    def _about(self, row: int, matrix: Matrix, column: int) -> Int64s:
        """Partnerships (rows) of an organisation with an entry in a column of [partnerships × …], the latest first."""
        own = self._members.row(row)
        own = own[matrix[own][:, [column]].toarray().ravel() > 0]
        latest: Int64s = own[np.argsort(self._ground.past.age[own], kind="stable")]
        return latest

    def _alike(self, a: int, b: int) -> Reason | None:
        """Partners of b that are of a's kind."""
        kind = self._kinds[a]
        partners = self._ground.tied.row(b)
        alike = (self._kinds == kind) & self._there
        alike[[a, b]] = False
        with_b = partners[alike[partners]]
        if len(with_b) < 2 or not self._ground.attributes.recorded_kinds[a]:
            return None
        said = msg(
            "%(name)s has worked with %(n)s of %(all)s organisations of the same kind as %(other)s.",
            name=self._names[b],
            n=len(with_b),
            all=np.count_nonzero(alike),
            other=self._names[a],
        )
        strongest = np.argsort(-self._ground.recent.to_scipy()[[b]][:, with_b].toarray().ravel(), kind="stable")
        return Reason(said, organisations=tuple(with_b[strongest][:RECORDS].tolist()))

    def kilometres(self, a: int, b: int) -> float:
        """Between two organisations; NaN where it is not known well enough of both where they are."""
        known = self._ground.attributes
        return float(known.apart(np.array([a]), np.array([b]))[0]) if known.place_is_fine[[a, b]].all() else np.nan

    def _distance(self, a: int, b: int) -> Reason | None:
        km = self.kilometres(a, b)
        if not km < NEAR_KM:
            return None
        return Reason(self._apart(a, b, km))

    def _far(self, a: int, b: int) -> Message | None:
        km = self.kilometres(a, b)
        return self._apart(a, b, km) if km > FAR_KM else None

    def _apart(self, a: int, b: int, km: float) -> Message:
        """No more exact than what is known of where they are."""
        known = self._ground.attributes
        if known.place_is_own[[a, b]].all():
            near = msg("They are less than a kilometre apart.")
            return near if km < 1 else msg("They are %(km)s km apart.", km=round(km))
        if km >= 1:
            return msg("They are about %(km)s km apart.", km=round(km))
        one, other = known.home_codes[a], known.home_codes[b]
        if one == other and known.is_small(one):
            return msg("Both are in %(region)s.", region=known.territory_name(one))
        return msg("They are about a kilometre apart.") if one and other else msg("They are in the same town or gmina.")

    def quiet(self, row: int) -> Message | None:
        """Said of an organisation that joined nothing for QUIET_YEARS or ever; None of another, and where it is not
        known of each partnership when it joined."""
        past = self._ground.past
        if not len(self._members.row(row)):
            return msg("%(name)s has no partnership yet.", name=self._names[row])
        age = (past.end - int(past.last_joined[row])) / DAYS_A_YEAR
        if not QUIET_YEARS <= age < OLDEST or past.history.joined[row] == BEGINNING:
            return None
        return msg("%(name)s last joined a partnership in %(year)s.", name=self._names[row], year=self._year_of(age))

    def _theme(self, a: int, b: int) -> Reason | None:
        themes = self._ground.themes
        both = set(row_of(themes, a)[0]) & set(row_of(themes, b)[0])
        if not both:
            return None
        theme, topics = min(both), self._ground.attributes.partnership_topics
        about = np.concatenate([self._about(row, topics, theme)[:2] for row in (a, b)])
        said = msg("Both have worked on: %(theme)s.", theme=Concept(self._ground.attributes.theme_names[theme]))
        return Reason(said, partnerships=tuple(dict.fromkeys(about.tolist())))

    def _home(self, a: int, b: int) -> Reason | None:
        """Said only where no distance is."""
        if self.kilometres(a, b) < NEAR_KM:
            return None
        home = self._ground.attributes.home
        both = set(row_of(home, a)[0]) & set(row_of(home, b)[0])
        return Reason(msg("Both are in %(region)s.", region=self._regions[min(both)])) if both else None
