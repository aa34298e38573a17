"""Then and now: diagnoses of two dates, survey rounds one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graphsvc.model.survey import SurveyRound
from graphsvc_web.current import service
from graphsvc_web.language import current
from graphsvc_web.rights import READ, right
from graphsvc_web.templating import area_name

bp = APIBlueprint("compare", __name__, enable_openapi=False)
MOST = 2_000
ANSWERED = ("sent", "accepted")
"""States of answers whose ties count."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What two diagnoses say of one area; levels 1 to 3, None where one says nothing of it."""

    area: str
    what: str
    before: int | None
    after: int | None

    @property
    def words(self) -> str:
        """The change, read aloud."""
        if self.before is None or self.after is None:
            return str(_("found only now") if self.before is None else _("not looked at any more"))
        if self.before == self.after:
            return str(_("as before"))
        return str(_("higher") if self.after > self.before else _("lower"))


@bp.get("/work/diagnosis-compare")
@right(READ)
def diagnoses() -> ResponseReturnValue:
    """The needs and potentials of one territory or organisation on two dates, and the areas nobody looked at."""
    subjects = service().animation.diagnosis_subjects()
    asked = request.args.get("subject", "")[:100]
    subject = next((s for s in subjects if s["subject"] == asked), next(iter(subjects), None))
    days = service().animation.diagnoses(subject["subject"]) if subject else []
    known = [d["made_on"] for d in days]
    first, second = _day("first", known, known[-1:]), _day("second", known, known[:1])
    rows = (
        service().animation.diagnosis_compare(subject["subject"], first, second) if subject and first and second else []
    )
    return render_template(
        "diagnosis_compare.html",
        subjects=subjects,
        subject=subject,
        days=[(day, [d["name"] for d in days if d["made_on"] == day]) for day in dict.fromkeys(known)],
        first=first,
        second=second,
        changes=[_change(row) for row in rows],
        blank=_blank({row["area"] for row in rows}),
    )


def _day(name: str, known: Sequence[date], otherwise: Sequence[date]) -> date | None:
    asked = request.args.get(name, "")
    return next((d for d in known if d.isoformat() == asked), next(iter(otherwise), None))


def _change(row: Row) -> Change:
    return Change(area_name(row), row["what"], row["before"], row["after"])


def _blank(found: set[str]) -> list[str]:
    """The areas of the Act on social services centres of which neither diagnosis says anything: white spots."""
    words = service().vocabulary()
    covered = found | {a for c in words.scheme("service") if c.code in found for a in c.extra.get("area", ())}
    return [c.label(current()) for c in words.scheme("service_area") if c.code not in covered]


@bp.get("/surveys/<id>/compare")
@right(READ)
def surveys(id: str) -> ResponseReturnValue:
    """Two rounds of asking: how many answered, which ties stayed, came and went."""
    later = service().records.typed(id, SurveyRound)
    rounds = [s.record for s in service().records.find("SurveyRound", sort="opens_on", limit=MOST).rows]
    others = [r for r in rounds if isinstance(r, SurveyRound) and _before(r, later)]
    asked = request.args.get("earlier", later.previous or "")
    earlier = next((r for r in others if r.id == asked), next(reversed(others), None))
    return render_template(
        "survey_compare.html",
        later=later,
        earlier=earlier,
        others=others,
        rounds=[_round(r) for r in (earlier, later) if r],
        ties=service().animation.survey_compare(earlier.id, id) if earlier else {},
        answered=_answered(id),
    )


def _before(one: SurveyRound, later: SurveyRound) -> bool:
    """Whether a round is an earlier one; of rounds without a date nobody can say, so they count."""
    return one.id != later.id and not (one.opens_on and later.opens_on and one.opens_on > later.opens_on)


def _round(one: SurveyRound) -> dict[str, Any]:
    """How a round went: asked, answered, ties named by one side and by both."""
    rate, ties = service().animation.survey_rate(one.id), service().animation.survey_ties(one.id)
    both = sum(t["mutual"] for t in ties)
    answered = sum(rate.get(s, 0) for s in (*ANSWERED, "rejected"))
    return {
        "round": one,
        "asked": sum(rate.values()),
        "answered": answered,
        "both": both,
        "one": len(ties) - both,
    }


def _answered(round: str) -> set[str]:
    """Ids of the organisations that answered."""
    return {row["organisation"] for row in service().animation.survey_answers(round) if row["state"] in ANSWERED}
