"""Asking the network itself: inviting, answering by a personal link without an account, reviewing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graphsvc.errors import InputError, Place, RecordError
from graphsvc.i18n import msg
from graphsvc.model.organisations import Organisation
from graphsvc.model.record_types import field_specs
from graphsvc.model.survey import SurveyAnswer, SurveyRound
from graphsvc.model.words import field_name
from graphsvc.service.mail import MailError
from graphsvc.store.record_reading import Filters
from graphsvc.store.surveys import CORRECTABLE, Invitation, Opened
from graphsvc_web.current import page_asked, service
from graphsvc_web.forms import display, posted
from graphsvc_web.forms.controls import Control, Picked, controls, typed
from graphsvc_web.language import current, ngettext, number
from graphsvc_web.listing import pages_of
from graphsvc_web.pages.records import PER_PAGE, me, offer_undo, records, tell
from graphsvc_web.rights import EDIT, PUBLIC, READ, right

bp = APIBlueprint("survey", __name__, enable_openapi=False)
ASKED = ("ties", "unlisted", "needs", "offers")
"""Fields of an answer that its form asks for, beside consent and the entry."""
AT_ONCE = 2_000
"""Organisations that one press of a button invites: each gets a link on the page, or an e-mail."""
CONSENT = "consented_at"
ENTRY = "entry-"
"""Before the names of fields of its entry in the form of an answer."""


@bp.get("/surveys/<id>")
@right(READ)
def survey(id: str) -> ResponseReturnValue:
    """One round: who answered, what they named, whom to remind."""
    return _page(id)


def _page(id: str, invited: Sequence[tuple[str, str, str]] = ()) -> str:
    rate = service().animation.survey_rate(id)
    total = sum(rate.values())
    pages = pages_of(total, PER_PAGE)
    page = page_asked(pages)
    of_it = Filters(values={"round": [id]})
    # "sent", which wait for review, is the last of the states by the alphabet
    found = records().find(
        "SurveyAnswer", of_it, sort="state", descending=True, skip=(page - 1) * PER_PAGE, limit=PER_PAGE
    )
    asked = records().typed(id, SurveyRound)
    return render_template(
        "survey.html",
        round=asked,
        over=asked.over(date.today()),
        answers=found.rows,
        table={"number": page, "pages": pages},
        rate=rate,
        answered=sum(rate[s] for s in ("sent", "accepted", "rejected") if s in rate),
        asked=total,
        ties=service().animation.survey_ties(id),
        invited=invited,
        due=len(_due(id)),
    )


@bp.post("/surveys/<id>/invite")
@right(EDIT)
def invite(id: str) -> ResponseReturnValue:
    """Invites active organisations of a sector and territory; their links are shown this once."""
    form = request.form
    values = {k: [v] for k in ("sector", "territory") if (v := form.get(k, "").strip()[:20])}
    values = {k: [v[0][:6] if k == "territory" and v[0].isdecimal() else v[0]] for k, v in values.items()}
    ids = _active(values)
    if not ids:
        raise InputError(msg("No organisation matches: nobody was invited."))
    waiting = service().surveys.uninvited(id, ids)
    invitations = service().surveys.invite(id, waiting[:AT_ONCE], me(), date.today())
    if not waiting:
        flash(_("All who match were invited before."))
    if more := len(waiting[AT_ONCE:]):
        left = number(more)
        flash(_("Not all were invited at once. Invite again for those left, of whom there are %(more)s.", more=left))
    return _page(id, _told(id, invitations))


def _active(values: Mapping[str, Sequence[str]]) -> list[str]:
    """Ids of the organisations that are there today: neither closed nor yet to begin."""
    later = (date.today() + timedelta(days=1), None)
    open_end = Filters(values=values, empty=("active_to",))
    chosen = (open_end, Filters(values=values, ranges={"active_to": later}))
    to_come = set(records().ids("Organisation", Filters(values=values, ranges={"active_from": later})))
    return [id for one in chosen for id in records().ids("Organisation", one) if id not in to_come]


def _told(round: str, invitations: Sequence[Invitation]) -> list[tuple[str, str, str]]:
    """Sends each link by e-mail where that can be done; the links that someone has to send by hand."""
    asked, by_hand = records().typed(round, SurveyRound), []
    known = records().get_many(i.answer.organisation for i in invitations)
    for invitation in invitations:
        name, email = display.title(known[invitation.answer.organisation]), invitation.answer.email
        link = url_for("survey.answer", secret=invitation.secret, _external=True)
        if not _sent(email, asked, name, link):
            by_hand.append((name, email, link))
    if sent := len(invitations) - len(by_hand):
        flash(ngettext("%(num)s e-mail was sent.", "%(num)s e-mails were sent.", sent))
    return by_hand


def _sent(email: str, asked: SurveyRound, name: str, link: str) -> bool:
    if not (service().mail.ready and email):
        return False
    text = (asked.invitation or "{link}").replace("{link}", link).replace("{organisation}", name)
    try:
        service().mail.send(email, asked.name, text if link in text else f"{text}\n\n{link}")
    except MailError as problem:
        flash(problem.render(current()))
        return False
    return True


@bp.post("/surveys/answers/<id>/remind")
@right(EDIT)
def remind(id: str) -> ResponseReturnValue:
    """A new link; the earlier one stops working."""
    invitation = service().surveys.remind(id, me(), date.today())
    return _page(invitation.answer.round, _told(invitation.answer.round, [invitation]))


@bp.post("/surveys/<id>/remind")
@right(EDIT)
def remind_due(id: str) -> ResponseReturnValue:
    """A new link to everyone in a round for whom a reminder is due."""
    invitations = [service().surveys.remind(answer, me(), date.today()) for answer in _due(id)]
    return _page(id, _told(id, invitations))


def _due(round: str) -> list[str]:
    """Ids of the answers that are waited for longer than the round allows."""
    return [row["id"] for row in service().animation.survey_reminders(date.today()) if row["round"] == round]


@bp.get("/surveys/answers/<id>")
@right(EDIT)
def review(id: str) -> ResponseReturnValue:
    """What was answered, before it counts."""
    stored = records().get(id)
    record = records().typed(id, SurveyAnswer)
    organisation = records().typed(record.organisation, Organisation)
    return render_template(
        "survey_review.html",
        answer=record,
        organisation=organisation,
        facts=display.facts(stored, private=True),
        corrections=[
            (field_name(Organisation, name), getattr(organisation, name), value)
            for name, value in record.corrected().items()
        ],
    )


@bp.post("/surveys/answers/<id>")
@right(EDIT)
def decide(id: str) -> ResponseReturnValue:
    """Takes an answer into the graph, or leaves it out."""
    record, note = records().typed(id, SurveyAnswer), request.form.get("note", "").strip()[:2000]
    if request.form.get("decision") == "accept":
        service().surveys.accept(id, me(), date.today(), note)
        offer_undo((record.organisation, id), _("The answer is in the network now."))
    else:
        service().surveys.reject(id, me(), date.today(), note)
        offer_undo(id, _("The answer is left out."))
    return redirect(url_for("survey.survey", id=record.round))


# Who answers


@bp.get("/answer/<secret>")
@right(PUBLIC)
def answer(secret: str) -> ResponseReturnValue:
    """The form behind a personal link."""
    opened = service().surveys.open(secret)
    names = records().get(opened.answer.id).names
    shown = [*_entered(_entry(opened)), *_shown(typed(opened.answer, names))]
    return _form(opened, shown, consent=bool(opened.answer.consented_at))


@bp.post("/answer/<secret>")
@right(PUBLIC)
def keep(secret: str) -> ResponseReturnValue:
    """Keeps what is typed so far, or sends it."""
    opened, form = service().surveys.open(secret), request.form
    said = {n: v for n, v in posted.read(SurveyAnswer, form).items() if n in ASKED}
    entry = {n: form.get(f"{ENTRY}{n}", "").replace("\r\n", "\n").strip() for n in CORRECTABLE}
    consent = form.get("consent") == "1"
    if wanted := form.get("add"):  # another row, or a draft that is brought back
        if wanted in ASKED:
            said[wanted].append({} if field_specs(SurveyAnswer)[wanted].part else Picked(""))
        return _form(opened, [*_entered(entry), *_shown(said)], consent=consent)
    data, wrong = posted.data(SurveyAnswer, {**typed(opened.answer, {}), **said}, records())
    known = {n: str(getattr(opened.organisation, n) or "") for n in CORRECTABLE}
    kept: dict[str, Any] = {n: data[n] for n in ASKED} | {
        "corrections": [f"{n}={v}" for n, v in entry.items() if v != known[n]],
        "entry_confirmed": form.get("confirmed") == "1",
        "consented_at": datetime.now(UTC) if consent else None,
        "language": current(),
    }
    send = form.get("do") == "send"
    try:
        if wrong:
            raise wrong[0]
        service().surveys.keep(secret, kept, send=send)
    except RecordError as problem:
        shown = [*_entered(entry), *_shown(said), Control(CONSENT, field_name(SurveyAnswer, CONSENT), "check", consent)]
        tell(shown, [_of_entry(p) for p in posted.problems_of(wrong, problem)])
        return make_response(_form(opened, shown, consent=consent, failed=True), 422)
    return render_template("answer_done.html", opened=opened, sent=send, secret=secret)


@bp.get("/answer/<secret>/organisations")
@right(PUBLIC)
def pick(secret: str) -> ResponseReturnValue:
    """Organisations by name, for who answers; names and places only."""
    service().surveys.open(secret)
    text = request.args.get("q", "").strip()[:200]
    found = posted.lookup(records(), "Organisation", text, 10) if text else []
    return jsonify(hits=[{"key": key, "name": name, "hint": hint} for key, name, hint in found])


def _entry(opened: Opened) -> dict[str, str]:
    """What is known of the organisation, with the corrections that it made so far."""
    known = {n: str(getattr(opened.organisation, n) or "") for n in CORRECTABLE}
    return known | opened.answer.corrected()


def _entered(entry: dict[str, str]) -> list[Control]:
    """The controls of its entry."""
    return [c for c in controls(Organisation, entry, current(), ENTRY) if c.name.removeprefix(ENTRY) in CORRECTABLE]


def _of_entry(problem: RecordError) -> RecordError:
    """A problem of the entry at the control of its field."""
    field = problem.place.field if problem.place else None
    there = Place(field=f"{ENTRY}{field}") if field in CORRECTABLE else problem.place
    return RecordError(problem.message, place=there, hint=problem.hint)


def _shown(said: dict[str, Any]) -> list[Control]:
    return [c for c in controls(SurveyAnswer, said, current()) if c.name in ASKED]


def _form(opened: Opened, shown: list[Control], *, consent: bool, failed: bool = False) -> str:
    return render_template(
        "answer.html",
        opened=opened,
        shown=[c for c in shown if c.name in ASKED],
        refused=[error for c in shown if c.name == CONSENT for error in c.errors],
        entry=[c for c in shown if c.name.startswith(ENTRY)],
        consent=consent,
        failed=failed,
        wrong=[(c, e) for c in shown for e in c.errors],
        pick_source=url_for("survey.pick", secret=(request.view_args or {}).get("secret", "")),
    )
