"""A survey round from the invitation to the graph."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest

from graphsvc.errors import ConflictError, NotFoundError, RecordError
from graphsvc.model.organisations import Need, Offer, Organisation
from graphsvc.model.survey import SurveyAnswer, SurveyRound
from graphsvc.store.animation import Animation
from graphsvc.store.driver import Store
from graphsvc.store.records import Records
from graphsvc.store.surveys import Surveys

DAY = date(2026, 10, 1)
YES = {"consented_at": datetime(2026, 10, 2, 9, tzinfo=UTC)}


@pytest.fixture
def surveys(store: Store) -> Surveys:
    organisations = [
        Organisation(id="o1", name="Fundacja", sector="ngo", email="a@example.org", needs=(Need(code="LOK"),)),
        Organisation(id="o2", name="Spółdzielnia", sector="social_economy"),
    ]
    rounds = [SurveyRound(id="r", name="Runda", state="open"), SurveyRound(id="old", name="Stara", state="closed")]
    Records(store).save_many([*organisations, *rounds], by="test")
    return Surveys(store)


def test_each_organisation_is_invited_once_and_opens_its_own_answer(surveys: Surveys, store: Store) -> None:
    first = surveys.invite("r", ["o1", "o2", "no-such"], "ewa", DAY)
    assert [i.answer.organisation for i in first] == ["o1", "o2"]
    assert surveys.invite("r", ["o1"], "ewa", DAY) == []
    opened = surveys.open(first[0].secret)
    assert (opened.organisation.id, opened.round.id, opened.answer.email) == ("o1", "r", "a@example.org")
    asked = Animation(store).survey_answers("r")
    assert sorted((a["organisation"], a["state"]) for a in asked) == [("o1", "invited"), ("o2", "invited")]
    assert first[0].secret not in str(Records(store).history(opened.answer.id))
    with pytest.raises(ConflictError, match="not open"):
        surveys.invite("old", ["o1"], "ewa", DAY)


def test_a_reminder_carries_a_new_link(surveys: Surveys) -> None:
    (invited,) = surveys.invite("r", ["o1"], "ewa", DAY)
    reminded = surveys.remind(invited.answer.id, "ewa", date(2026, 10, 8))
    assert reminded.answer.reminded == 1
    with pytest.raises(NotFoundError):
        surveys.open(invited.secret)
    assert surveys.open(reminded.secret).answer.reminded_on == date(2026, 10, 8)


def test_an_answer_is_kept_while_written_sent_with_consent_and_enters_the_graph_when_accepted(
    surveys: Surveys, store: Store
) -> None:
    (invited,) = surveys.invite("r", ["o1"], "ewa", DAY)
    typed = {
        "ties": [{"id": "o2", "closeness": "4", "trust": "3", "value": "2"}],
        "corrections": ["town=Legnica", "website=example.org"],
        "needs": [{"code": "LOK"}, {"code": "FIN", "level": 3}],
        "offers": [{"code": "WOLO"}],
        "unlisted": ["Klub"],
        "state": "accepted",
    }
    begun = surveys.keep(invited.secret, typed)
    assert (begun.state, begun.ties[0].closeness) == ("begun", "4")
    with pytest.raises(RecordError, match="Without consent"):
        surveys.keep(invited.secret, {}, send=True)
    sent = surveys.keep(invited.secret, YES, send=True)
    assert (sent.state, sent.unlisted) == ("sent", ("Klub",))
    animation = Animation(store)
    assert animation.survey_ties("r", states=["accepted"]) == []
    accepted = surveys.accept(sent.id, "ewa", DAY)
    assert (accepted.town, accepted.website, accepted.confirmed_by) == ("Legnica", "https://example.org", "Runda")
    assert [n.code for n in accepted.needs] == ["LOK", "FIN"]
    assert [o.code for o in accepted.offers] == ["WOLO"]
    assert [(r["a"], r["b"]) for r in animation.survey_ties("r", states=["accepted"])] == [("o1", "o2")]
    with pytest.raises(ConflictError, match="reviewed already"):
        surveys.keep(invited.secret, typed)
    with pytest.raises(ConflictError, match="nothing to review"):
        surveys.accept(sent.id, "ewa", DAY)


def test_what_can_not_be_taken_is_said_and_nothing_of_a_rejected_answer_enters(surveys: Surveys, store: Store) -> None:
    (invited,) = surveys.invite("r", ["o1"], "ewa", DAY)
    for wrong in (
        {"corrections": ["krs=1"]},
        {"corrections": ["website=javascript:x"]},
        {"ties": [{"id": "no-such"}]},
        {"ties": [{"id": "o2", "trust": "9"}]},
        {"unlisted": ["x" * 301]},
    ):
        with pytest.raises(RecordError):
            surveys.keep(invited.secret, wrong)
    sent = surveys.keep(invited.secret, {**YES, "corrections": ["town=Lubin"]}, send=True)
    surveys.reject(sent.id, "ewa", DAY, "Pomyłka")
    assert Records(store).typed("o1", Organisation).town == ""
    assert Records(store).typed(sent.id, SurveyAnswer).review_note == "Pomyłka"


def test_consent_taken_back_takes_the_answer_back(surveys: Surveys) -> None:
    (invited,) = surveys.invite("r", ["o1"], "ewa", DAY)
    surveys.keep(invited.secret, YES, send=True)
    assert surveys.keep(invited.secret, YES).state == "sent"
    assert surveys.keep(invited.secret, {"consented_at": None}).state == "begun"
    with pytest.raises(ConflictError):
        surveys.accept(invited.answer.id, "ewa", DAY)


def test_a_link_ends_with_the_last_day_of_its_round(surveys: Surveys, store: Store) -> None:
    (invited,) = surveys.invite("r", ["o1"], "ewa", DAY)
    asked = Records(store).typed("r", SurveyRound)
    for days, opens in ((0, True), (-1, False)):
        last = date.today() + timedelta(days=days)
        asked = Records(store).save(asked.model_copy(update={"closes_on": last}), "ewa")
        with nullcontext() if opens else pytest.raises(NotFoundError):
            surveys.open(invited.secret)


def test_what_was_offered_once_and_is_again_counts(surveys: Surveys, store: Store) -> None:
    one = Records(store).typed("o1", Organisation)
    past = Offer(code="TEL", until=date(2025, 12, 31))
    Records(store).save(one.model_copy(update={"offers": (past, Offer(code="WOL"))}), "ewa")
    (invited,) = surveys.invite("r", ["o1"], "ewa", DAY)
    surveys.keep(invited.secret, YES | {"offers": [{"code": "TEL"}, {"code": "WOL"}]}, send=True)
    on = surveys.open(invited.secret).answer.sent_at.date()
    done = surveys.accept(invited.answer.id, "ewa", DAY)
    assert [(o.code, o.since, o.until) for o in done.offers] == [
        ("TEL", None, past.until),
        ("WOL", None, None),
        ("TEL", on, None),
    ]
