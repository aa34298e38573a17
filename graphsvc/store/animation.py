"""What the animator's pages ask of the graph: demand and gaps, white spots, what ends soon, what is due, indicators.

Rows are mappings whose columns the header of the query file of the same name (``cypher/animation/``) declares.
``territory``: a code, with all below it; a region's stands for what it covers; "" for everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory
from graphsvc.model.vocabulary import scheme
from graphsvc.store.driver import Store
from graphsvc.store.record_reading import alphabetic, plain

Row = Mapping[str, Any]
YEAR, LATE = timedelta(days=365), timedelta(days=90)
BY_NAME: Mapping[str, tuple[Callable[[Row], object], *tuple[str, ...]]] = {
    "csr_matches": (lambda row: len(row["matches"]), "name"),
    "demand": (itemgetter("gap", "need"), "territory_name"),
    "diagnosis_subjects": (itemgetter("territory", "diagnoses"), "name"),
    "due": (itemgetter("due"), "name"),
    "expiring_documents": (itemgetter("valid_to"), "name"),
    "gpr_without_pes": (itemgetter("valid_to"), "territory_name"),
    "inactive": (itemgetter("last_on"), "name"),
    "pes_without_tools": (itemgetter("preparing"), "name"),
    "pipeline": (itemgetter("next_step_by", "status"), "name"),
    "renewals": (itemgetter("ends_on"), "name"),
    "survey_reminders": (lambda _row: None, "name"),
    "survey_ties": (lambda _row: None, "a_name", "b_name"),
    "white_spots": (lambda row: row["partnerships"] + row["pes"] + row["meetings"], "territory_name"),
    "who_could_fill": (itemgetter("reach", "capacity"), "name"),
}
"""What a query orders by before the names, and the columns of the names: they come in Polish order, Cypher's is not."""


class Animation:
    """Every method raises DatabaseError when the database does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _rows(self, name: str, **params: Any) -> list[Row]:
        rows: list[Row] = [plain(r.data()) for r in self._store.read(f"animation/{name}", **params)]
        return _by_name(rows, *BY_NAME[name]) if name in BY_NAME else rows

    def _places(self, territory: str) -> list[str]:
        if not territory:
            return []
        return [str(r["code"]) for r in self._rows("covered", code=territory)]

    def _gminas(self, territory: str) -> list[str]:
        """Codes of the gminas of a powiat or gmina; of what is larger, those of its powiats of which a gmina is on
        record."""
        places, tree = self._places(territory), poland()
        known = {str(row["code"]) for row in self._rows("gminas", places=places)}
        small = {place for place in places if len(place) >= 4}
        within = small or {code[:4] for code in known}
        return sorted(known.union(*(tree.gminas(p) for p in within if p in tree.by_code)))

    # Forms a and f, task b: meetings and debates

    def meeting_coverage(self, day: date, territory: str = "") -> list[Row]:
        """By powiat and sector: how many organisations, how many met and debated in the year up to the day."""
        return self._rows("meeting_coverage", day=day, since=day - YEAR, places=self._places(territory))

    # Form b, task a: diagnosis

    def white_spots(self, day: date, territory: str = "") -> list[Row]:
        """What each gmina has, the emptiest first; meetings of the year up to the day. See ``_gminas``."""
        places, whole = self._places(territory), poland().by_code
        rows = self._rows("white_spots", day=day, today=date.today(), since=day - YEAR, places=places)
        missing = set(self._gminas(territory)) - {row["territory"] for row in rows}
        return [*map(_blank, sorted((whole[code] for code in missing), key=lambda t: alphabetic(t.name))), *rows]

    def diagnoses(self, subject: str) -> list[Row]:
        """The diagnoses of a territory (code) or organisation (id), newest first."""
        return self._rows("diagnosis_days", subject=subject)

    def diagnosis_subjects(self) -> list[Row]:
        """What there are diagnoses of, territories first, the most often diagnosed first."""
        return self._rows("diagnosis_subjects")

    def diagnosis_compare(self, subject: str, first: date, second: date) -> list[Row]:
        """Needs and potentials as last diagnosed by each of two days; None where one says nothing of it."""
        return self._rows("diagnosis_compare", subject=subject, first=first, second=second)

    # Form c, task d: partnerships

    def renewals(self, day: date, territory: str = "") -> list[Row]:
        """Partnerships whose end is near by their own reminder, or past without being closed."""
        return self._rows("renewals", day=day, places=self._places(territory))

    # Form d: civic dialogue

    def consultations(self, since: date, territory: str = "") -> list[Row]:
        """Consultations begun since a day, with how many took part and what became of their comments."""
        return self._rows("consultations", since=since, places=self._places(territory))

    # Form e, task j: demand for social services

    def demand(self, day: date, territory: str = "", *, di_only: bool = False) -> list[Row]:
        """Need × supply by gmina and area, the largest gap first; ``di_only``: de-institutionalised services."""
        return self._rows("demand", day=day, places=self._places(territory), di_only=di_only)

    def who_could_fill(self, area: str, territory: str, day: date, limit: int = 20) -> list[Row]:
        """Organisations that offer what a gmina (code) lacks, the nearest first."""
        return self._rows("who_could_fill", area=area, territory=territory, day=day, limit=limit)

    # Form f: strategic planning

    def expiring_documents(self, day: date, days: int = 180, territory: str = "") -> list[Row]:
        """Strategic documents that are valid for at most so many days more."""
        until = day + timedelta(days=days)
        return self._rows("expiring_documents", day=day, until=until, places=self._places(territory))

    # Task c: initiative groups

    def pipeline(self, day: date, territory: str = "") -> list[Row]:
        """Initiatives by status (G1 … G5), the next step soonest first."""
        return self._rows("pipeline", day=day, places=self._places(territory))

    # Task e: promotion

    def pes_without_tools(self, day: date, territory: str = "") -> list[Row]:
        """PES without a promotion tool that is ready or in use."""
        return self._rows("pes_without_tools", day=day, places=self._places(territory))

    # Task g: motivation

    def inactive(self, day: date, territory: str = "", *, months: int = 6) -> list[Row]:
        """Organisations in which nothing happened for so many months, those never heard of first."""
        since = day - timedelta(days=round(months * 30.44))
        return self._rows("inactive", day=day, since=since, places=self._places(territory))

    # Task h: revitalisation

    def gpr_without_pes(self, day: date, territory: str = "") -> list[Row]:
        """Gminas with a valid revitalisation programme in which no PES has a part."""
        return self._rows("gpr_without_pes", day=day, places=self._places(territory))

    # Task i: business and CSR

    def csr_matches(self, day: date, territory: str = "", limit: int = 5) -> list[Row]:
        """Open offers of business with the PES that look for or need the same, at most ``limit`` each."""
        return self._rows("csr_matches", day=day, places=self._places(territory), limit=limit)

    # All of it

    def due(self, day: date, ahead: int = 0) -> list[Row]:
        """What is to be done by so many days after a day, the most overdue first; nothing that is so for over LATE."""
        return self._rows("due", since=day - LATE, until=day + timedelta(days=ahead))

    def kpis(self, since: date, day: date, territory: str = "") -> dict[str, float | None]:
        """The indicators K01 … K15 of a time; shares are 0 to 1, None where there is nothing to count."""
        broad = {s.code: s.extra["broad"] for s in scheme("organisation_sector")}
        where = {"places": self._places(territory), "gminas": self._gminas(territory)}
        rows = self._rows("kpis", since=since, day=day, today=date.today(), **where, broad=broad)
        nothing: dict[str, float | None] = dict.fromkeys(scheme("kpi").codes, 0.0)
        return nothing | {row["code"]: row["value"] for row in rows}

    # Asking the network itself

    def survey_rate(self, round: str) -> dict[str, int]:
        """How many answers of a round are in each state (scheme answer_state)."""
        found = {row["state"]: row["answers"] for row in self._rows("survey_rate", round=round)}
        return {code: found.get(code, 0) for code in scheme("answer_state").codes}

    def survey_answers(self, round: str) -> list[Row]:
        """Every organisation that was asked in a round, with the state of its answer."""
        return self._rows("survey_answers", round=round)

    def survey_ties(self, round: str, states: Sequence[str] = ("sent", "accepted")) -> list[Row]:
        """Ties that a round named, each pair once; ``mutual`` where both sides name the other."""
        return self._rows("survey_ties", round=round, states=list(states))

    def survey_compare(self, earlier: str, later: str) -> dict[str, list[Row]]:
        """Ties named in both rounds (``kept``), only in the later (``new``), only in the earlier (``gone``)."""
        old = {(r["a"], r["b"]): r for r in self.survey_ties(earlier)}
        new = {(r["a"], r["b"]): r for r in self.survey_ties(later)}
        return {
            "kept": [new[pair] for pair in new if pair in old],
            "new": [new[pair] for pair in new if pair not in old],
            "gone": [old[pair] for pair in old if pair not in new],
        }

    def survey_of_token(self, token_hash: str, day: date) -> Row | None:
        """The answer (``id``, ``round``, ``organisation``) that a personal link opens while its round is open."""
        return next(iter(self._rows("survey_of_token", token_hash=token_hash, day=day)), None)

    def survey_reminders(self, day: date) -> list[Row]:
        """Answers of open rounds for which a reminder is due."""
        return self._rows("survey_reminders", day=day)


def _by_name(rows: Sequence[Row], before: Callable[[Row], object], *names: str) -> list[Row]:
    """Rows that ``before`` does not tell apart, which follow each other, by their names."""

    def polish(row: Row) -> list[str]:
        return [alphabetic(row[name] or "") for name in names]

    return [row for _before, alike in groupby(rows, before) for row in sorted(alike, key=polish)]


def _blank(gmina: Territory) -> Row:
    """The row of a gmina of which nothing is on record."""
    own = {"territory": gmina.code, "territory_name": gmina.name, "population": gmina.population, "diagnosed_on": None}
    return own | dict.fromkeys(("pes", "partnerships", "meetings", "needs"), 0)
