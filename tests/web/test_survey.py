"""Invitations and reminders of a round, by e-mail to a catcher on loopback and by hand."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from graphsvc_web.pages import survey

from graphsvc.model.organisations import Organisation
from graphsvc.model.survey import SurveyAnswer, SurveyRound
from graphsvc.service.mail import Mail
from tests.unit.service.test_mail import Catcher, catcher, settings  # noqa: F401 fixture
from tests.web.memory import MemoryService
from tests.web.test_records import client, database  # noqa: F401 fixtures

WEEK_AGO = date.today() - timedelta(days=8)


def link_in(text: str) -> str:
    found = re.search(r"(/answer/[0-9a-f]+)", text.replace("=\n", ""))
    assert found
    return found[1]


def invited(client: FlaskClient, database: MemoryService) -> tuple[SurveyRound, str]:  # noqa: F811
    """An open round to which everybody is invited, and the address of the first answer."""
    asked = database.records.save(SurveyRound(name="Runda", state="open"), "test")
    return asked, link_in(client.post(f"/surveys/{asked.id}/invite", data={"sector": "", "territory": ""}).text)


def test_who_does_not_answer_is_reminded_by_e_mail_with_a_new_link(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
    catcher: Catcher,  # noqa: F811
) -> None:
    database.mail = Mail(settings(catcher.port))  # type: ignore[attr-defined]
    database.records.save(Organisation(name="Fundacja A", email="a@example.org"), "test")
    by_hand = database.records.save(Organisation(name="Klub B"), "test")
    asked = database.records.save(SurveyRound(name="Runda", state="open", remind_after_days=7), "test")
    html = client.post(f"/surveys/{asked.id}/invite", data={"sector": "", "territory": ""}).text
    ((to, first),) = catcher.caught
    assert to == ["a@example.org"]
    assert "Klub B" in html
    assert "Przypomnij teraz" not in client.get(f"/surveys/{asked.id}").text

    for answer in list(database.records.all("SurveyAnswer", private=True)):
        assert isinstance(answer, SurveyAnswer)
        database.records.save(answer.model_copy(update={"invited_on": WEEK_AGO}), "test")
    assert "Przypomnij teraz" in client.get(f"/surveys/{asked.id}").text
    html = client.post(f"/surveys/{asked.id}/remind").text
    second = catcher.caught[1][1]
    assert link_in(second) != link_in(first)
    assert client.get(link_in(second)).status_code == 200
    assert client.get(link_in(first)).status_code == 404
    assert by_hand.name in html
    assert len(catcher.caught) == 2
    client.post(f"/surveys/{asked.id}/remind")
    assert len(catcher.caught) == 2


def test_the_form_of_an_answer_keeps_what_was_typed_when_a_draft_comes_back(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
) -> None:
    database.records.save(Organisation(name="Fundacja A"), "test")
    _, link = invited(client, database)
    html = client.post(link, data={"add": "draft", "ties-count": "1", "ties-0-id": "Klub Nieznany"}).text
    assert 'value="Klub Nieznany"' in html
    assert next(database.records.all("SurveyAnswer", private=True)).state == "invited"


def test_an_entry_of_several_lines_stays_whole_and_its_mistakes_stand_at_their_fields(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
) -> None:
    told = "Pierwszy akapit.\n\nDrugi akapit, długi: " + "x" * 300
    database.records.save(Organisation(name="Fundacja A", description=told, town="Lubin"), "test")
    _, link = invited(client, database)
    form = {"entry-name": "Fundacja A", "entry-town": "Lubin", "consent": "1", "do": "send"}
    form |= {"entry-description": told.replace("\n", "\r\n")}
    wrong = client.post(link, data=form | {"entry-website": "nic tu"})
    assert wrong.status_code == 422
    assert 'id="entry-website-wrong"' in wrong.text
    assert client.post(link, data=form).status_code == 200
    (answer,) = database.records.all("SurveyAnswer", private=True)
    assert isinstance(answer, SurveyAnswer)
    assert (answer.state, answer.corrections) == ("sent", ())
    client.post(link, data=form | {"entry-description": "Inny\r\nopis", "entry-town": "Legnica"})
    html = client.get(f"/surveys/answers/{answer.id}").text
    assert "Inny\nopis" in html
    assert "description=" not in html
    before = database.records.get(answer.organisation).record
    done = client.post(f"/surveys/answers/{answer.id}", data={"decision": "accept"}, follow_redirects=True)
    assert database.records.typed(answer.organisation, Organisation).description == "Inny\nopis"
    assert client.get(link).status_code == 409
    undo = re.search(r'action="(/undo/[^"]+)"', done.text)
    assert undo
    client.post(undo[1])
    now = database.records.typed(answer.organisation, Organisation)
    assert now.model_copy(update={"version": 0}) == before.model_copy(update={"version": 0})
    assert database.records.typed(answer.id, SurveyAnswer).state == "sent"


def test_who_is_invited_is_told_or_that_nobody_is(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
) -> None:
    database.records.save(Organisation(name="Fundacja A", territory="021101"), "test")
    asked = database.records.save(SurveyRound(name="Runda", state="open"), "test")
    again = {"sector": "", "territory": "0211011"}  # TERC has a seventh digit
    assert "/answer/" in client.post(f"/surveys/{asked.id}/invite", data=again).text
    assert "zaproszono już wcześniej" in client.post(f"/surveys/{asked.id}/invite", data=again).text
    nobody = client.post(f"/surveys/{asked.id}/invite", data=again | {"territory": "0212"})
    assert nobody.status_code == 400
    assert "sector" not in nobody.text


def test_who_is_there_today_is_invited(client: FlaskClient, database: MemoryService) -> None:  # noqa: F811
    day = date.today()
    spans = {"Bez dat": {}, "Kończy": {"active_to": day + timedelta(1)}, "Jest": {"active_from": day}}
    others = {"Był": {"active_to": day}, "Będzie": {"active_from": day + timedelta(1)}}
    for name, dates in (spans | others).items():
        database.records.save(Organisation(name=name, **dates), "test")
    asked = database.records.save(SurveyRound(name="Runda", state="open"), "test")
    html = client.post(f"/surveys/{asked.id}/invite", data={"sector": "", "territory": ""}).text
    assert [name for name in spans | others if f">{name}<" in html] == [*spans]


def test_who_is_too_many_to_invite_at_once_is_invited_next_time(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(survey, "AT_ONCE", 2)
    database.records.save_many([Organisation(name=f"Fundacja {n}") for n in range(5)], "test")
    database.records.save(Organisation(name="Dawna", active_to=date(2020, 1, 1)), "test")
    asked = database.records.save(SurveyRound(name="Runda", state="open"), "test")
    pages = [client.post(f"/surveys/{asked.id}/invite", data={"sector": "", "territory": ""}).text for _ in range(4)]
    assert [len(set(re.findall(r"/answer/[0-9a-f]{32}<", html))) for html in pages] == [2, 2, 1, 0]
    assert ["zostało: " in html for html in pages] == [True, True, False, False]
    assert ["zaproszono już wcześniej" in html for html in pages] == [False, False, False, True]


def test_a_long_round_is_shown_by_the_page_what_waits_for_review_first(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(survey, "PER_PAGE", 2)
    database.records.save_many([Organisation(name=f"Fundacja {n}") for n in range(5)], "test")
    asked = database.records.save(SurveyRound(name="Runda", state="open"), "test")
    client.post(f"/surveys/{asked.id}/invite", data={"sector": "", "territory": ""})
    one = max(database.records.all("SurveyAnswer", private=True), key=lambda a: a.id)
    assert isinstance(one, SurveyAnswer)
    database.records.save(one.model_copy(update={"state": "sent"}), "test")
    pages = [client.get(f"/surveys/{asked.id}?page={n}").text for n in (1, 2, 3, 9)]
    assert [html.count("/surveys/answers/") for html in pages] == [2, 2, 1, 1]
    assert [f"/surveys/answers/{one.id}" in html for html in pages] == [True, False, False, False]
    assert "Strona 3 z 3" in pages[3]


def test_answers_and_members_are_told_by_their_organisations(
    client: FlaskClient,  # noqa: F811
    database: MemoryService,  # noqa: F811
) -> None:
    database.records.save(Organisation(name="Fundacja A"), "test")
    asked, link = invited(client, database)
    assert "Odpowiedź na ankietę, Runda – Fundacja A" in client.get(f"/records/SurveyRound/{asked.id}").text
    html = client.post(link, data={"add": "ties", "ties-count": "0"}).text
    assert re.search(r'<label for="ties-0-id">Organizacja', html)
