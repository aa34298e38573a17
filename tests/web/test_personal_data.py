"""Contact data and answers to surveys: who sees them, by whichever address; that it is noted; that they are erased."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from graphsvc_web import create_app

from graphsvc import config
from graphsvc.model.meetings import Contact
from graphsvc.model.organisations import ContactPerson, Organisation
from graphsvc.model.record_types import RECORD_TYPES
from graphsvc.model.survey import SurveyAnswer, SurveyRound
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService
from tests.web.test_records import database  # noqa: F401 fixture

ROLES = ("reader", "outreach", "animator", "admin")


@pytest.fixture
def app(database: MemoryService) -> Any:  # noqa: F811
    made = create_app(database, limits=False)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture
def of(database: MemoryService) -> Organisation:  # noqa: F811
    return database.records.save(Organisation(name="Fundacja A"), "test")


@pytest.fixture
def person(database: MemoryService, of: Organisation) -> ContactPerson:  # noqa: F811
    today = date.today()
    one = ContactPerson(organisation=of.id, name="Ewa Skryta", phone="512 000 111", review_on=today)
    return database.records.save(one, "test")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What was noted, as (action, id)."""
    monkeypatch.setattr("graphsvc.logs.config.load", lambda: config.Settings(data_dir=tmp_path))
    path = tmp_path / "logs" / "access.jsonl"

    def lines() -> list[tuple[str, str]]:
        found = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
        return [(line["action"], line["record"]) for line in found]

    return lines


def test_no_other_type_in_the_address_leads_to_a_record(app: Any, person: ContactPerson, of: Organisation) -> None:
    for role in ROLES:
        window = signed_in(app, role)
        for label in RECORD_TYPES.keys() - {"ContactPerson"}:
            for what in ("", "/edit", "/history"):
                answer = window.get(f"/records/{label}/{person.id}{what}")
                assert answer.status_code in (403, 404), (role, label, what)
                assert "Skryta" not in answer.text
            for what, form in (("delete", {}), ("restore", {"version": "1"}), ("erase", {"sure": "1"}), ("edit", {})):
                assert window.post(f"/records/{label}/{person.id}/{what}", data=form).status_code in (403, 404)
        assert window.post(f"/records/ContactPerson/{of.id}/erase", data={"sure": "1"}).status_code in (403, 404)
        assert window.post(f"/records/Contact/{of.id}/delete").status_code in (403, 404)
    assert "Skryta" in signed_in(app, "animator").get(f"/records/ContactPerson/{person.id}").text
    assert "Fundacja A" in signed_in(app, "reader").get(f"/records/Organisation/{of.id}").text


def test_nobody_else_is_told_that_they_are_there(app: Any, person: ContactPerson, of: Organisation) -> None:
    pages = ("/work", f"/records/Organisation/{of.id}", "/work/due", f"/records/Contact?organisation={person.id}")
    for role, sees in (("reader", False), ("outreach", False), ("animator", True)):
        told = [signed_in(app, role).get(page).text for page in pages]
        assert [person.id in html for html in told[:3]] == [sees] * 3
        assert not any("Skryta" in html for html in (told[3], *(told if not sees else ())))


def test_who_reaches_them_is_noted(app: Any, person: ContactPerson, of: Organisation, log: Any) -> None:
    window = signed_in(app, "animator")
    own = f"/records/ContactPerson/{person.id}"
    for path in ("/records/ContactPerson", own, f"{own}/edit", f"{own}/history", "/api/records/ContactPerson?q=skryta"):
        before = len(log())
        assert window.get(path).status_code == 200
        assert log()[before:] == [("read", person.id)], path
    for path in ("/work", "/work/deleted", f"/records/Organisation/{of.id}", f"/organisations/{of.id}/split"):
        before, html = len(log()), window.get(path).text
        assert ("Skryta" in html, log()[before:] == [("read", person.id)]) in ((True, True), (False, False)), path
    window.post(f"{own}/edit", data={"name": "Ewa S.", "version": "1"})
    window.post(f"{own}/delete")
    window.post(f"{own}/erase", data={"sure": "1"})
    assert [action for action, _id in log()[-3:]] == ["change", "delete", "erase"]


def test_what_was_deleted_is_found_to_be_brought_back_or_erased(app: Any, person: ContactPerson) -> None:
    window, own = signed_in(app, "animator"), f"/records/ContactPerson/{person.id}"
    window.post(f"{own}/delete")
    assert own not in window.get("/records/ContactPerson").text
    assert own in window.get("/work/deleted").text
    assert "/erase" in window.get(own).text
    window.post(f"{own}/erase", data={"sure": "1"})
    assert own not in window.get("/work/deleted").text
    assert window.get(own).status_code == 404
    assert signed_in(app, "reader").get("/work/deleted").status_code == 403


def test_answers_and_notes_are_for_who_works_with_them(
    app: Any,
    database: MemoryService,  # noqa: F811
    of: Organisation,
) -> None:
    asked = database.records.save(SurveyRound(name="Runda"), "test")
    said = SurveyAnswer(round=asked.id, organisation=of.id, corrections=("email=ewa@example.org",), token_hash="a" * 64)
    answer = database.records.save(said, "test")
    database.records.save(Contact(organisation=of.id, held_on=date.today(), note="Pani Ewa choruje"), "test")
    for role, may in (("reader", False), ("animator", True)):
        window, status = signed_in(app, role), 200 if may else 403
        own = f"/records/SurveyAnswer/{answer.id}"
        for path in ("/records/SurveyAnswer", own, f"/surveys/answers/{answer.id}", "/records/Contact/export.csv"):
            assert window.get(path).status_code == status, (role, path)
        assert ("ewa@example.org" in window.get(f"/surveys/answers/{answer.id}").text) == may
        table = window.get("/records/SurveyAnswer/export.csv")
        assert table.status_code == status
        assert "ewa@" not in table.text
        assert answer.token_hash not in window.get(own).text + table.text
