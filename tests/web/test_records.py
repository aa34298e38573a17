"""Forms, lists and history of records over a real Neo4j, as an animator would use them."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app
from graphsvc_web.followed import names_of
from graphsvc_web.forms import controls, display, posted
from graphsvc_web.pages import work
from openpyxl import load_workbook
from werkzeug.datastructures import MultiDict

from graphsvc.model.base import stable_id
from graphsvc.model.diagnosis import Diagnosis
from graphsvc.model.meetings import Meeting, NotedNeed
from graphsvc.model.network import Network
from graphsvc.model.organisations import ContactPerson, Need, Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.record_types import RECORD_TYPES
from graphsvc.model.survey import SurveyRound
from graphsvc.model.territories import Territory
from graphsvc.store import importing
from graphsvc.store.animation import Animation
from graphsvc.store.driver import Store
from graphsvc.store.import_taking_back import PastImports
from graphsvc.store.record_reading import Stored
from graphsvc.store.records import Records
from graphsvc.store.surveys import Surveys
from graphsvc.store.vocabularies import Vocabularies
from tests.integration.store import sample
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService


@pytest.fixture
def database(store: Store, password_hash: str) -> MemoryService:
    """Accounts in memory, records in the database."""
    service = MemoryService(Network())
    service.records = Records(store)
    service.animation = Animation(store)
    service.surveys = Surveys(store)
    service.vocabularies = Vocabularies(store)
    service.add_accounts(password_hash)
    return service


@pytest.fixture
def client(database: MemoryService) -> FlaskClient:
    """An animator."""
    app = create_app(database, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    return signed_in(app, "animator")


def fields(html: str) -> dict[str, str]:
    """Names and values of the inputs of a form."""
    return dict(re.findall(r'<input[^>]* name="([\w.-]+)" value="([^"]*)"', html))


def test_demand_calls_a_service_as_the_centre_does(client: FlaskClient, database: MemoryService) -> None:
    gmina = Territory(code="021101", name="Lubin", level="gmina", needs=(Need(code="OPI"),))
    database.records.save(gmina, "test")
    database.vocabularies.change("service", {"OPI": {"pl": "pomoc sąsiedzka", "en": "neighbours"}}, "test")
    assert "pomoc sąsiedzka" in client.get("/work/demand").text


def test_every_type_has_a_list_and_a_form(client: FlaskClient) -> None:
    for label in RECORD_TYPES:
        assert client.get(f"/records/{label}").status_code == 200, label
        assert client.get(f"/records/{label}/new").status_code == 200, label
    assert client.get("/records/Nonsense").status_code == 404


def test_a_meeting_is_written_down_with_who_came_and_what_they_need(
    client: FlaskClient, database: MemoryService
) -> None:
    guest = database.records.save(Organisation(name="Spółdzielnia Żuraw"), "test")
    form = {
        "name": "Spotkanie w Lubinie",
        "held_on": "2026-03-12",
        "form": "ANI",
        "scope": "GS",
        "territory": "Lubin",
        "territory.key": "021101",
        "attended": "spoldzielnia zuraw",
        "attended.key": "",
        "needs-count": "1",
        "needs-0-code": "",
        "agenda": "Powitanie\nRozmowa",
        "version": "0",
    }
    answer = client.post("/records/Meeting/new", data=form)
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "Spotkanie w Lubinie" in page
    assert "Spółdzielnia Żuraw" in page
    assert "12 marca 2026" in page
    meeting = next(database.records.all("Meeting"))
    assert isinstance(meeting, Meeting)
    assert (meeting.attended, meeting.territory, meeting.agenda) == ((guest.id,), "021101", "Powitanie\nRozmowa")
    assert "Spotkanie w Lubinie" in client.get("/records/Meeting?q=lubinie&form=ANI&from=2026-01-01").text
    assert "Spotkanie w Lubinie" not in client.get("/records/Meeting?to=2025-12-31").text


def test_a_partnership_that_a_conversation_led_to_is_named_in_it_and_both_are_taken_back(
    client: FlaskClient, database: MemoryService
) -> None:
    pair = tuple(database.records.save(Organisation(name=name), "test").id for name in ("Tokarnia", "ZAZ Żuraw"))
    talk = database.records.save(
        Outreach(pair=pair, status="PRZ", score=0.102, next_on=date(2026, 12, 15), decided_on=date(2026, 12, 1)), "test"
    )
    page = client.get(f"/records/Outreach/{talk.id}").text
    assert f"/suggestions/pair?a={talk.pair[0]}&amp;b={talk.pair[1]}" in page
    assert "10,2%" in page
    assert "Tokarnia – ZAZ Żuraw, 1 grudnia 2026" in page
    path = f"/records/Partnership/new?outreach={talk.id}&next=/suggestions/past"
    saved = client.post(path, data={"name": "Meble", "members-count": "0", "version": "0"})
    assert saved.location == "/suggestions/past"
    partnership = next(database.records.all("Partnership"))
    after = database.records.get(talk.id).record
    assert isinstance(after, Outreach)
    assert after.partnership == partnership.id
    with client.session_transaction() as kept:
        change = kept["undo"]["change"]
    client.post(f"/undo/{change}")
    again = database.records.get(talk.id).record
    assert isinstance(again, Outreach)
    assert again.partnership is None
    assert not list(database.records.all("Partnership"))


def test_needs_told_at_a_meeting_are_carried_to_the_gmina_where_they_count(
    client: FlaskClient, database: MemoryService
) -> None:
    needs = (NotedNeed(code="OPI"), NotedNeed(code="TEL"))
    met = Meeting(name="S", held_on=date(2026, 3, 12), territory="021101", needs=needs)
    meeting = database.records.save(met, "test")
    page = client.get(f"/records/Meeting/{meeting.id}").text
    (carry,) = re.findall(r'href="(/records/Territory/[^"]+edit[^"]+)"', page)
    assert "Zapisz je we wpisie: Lubin (gmina miejska, powiat lubiński)" in page
    form = client.get(carry.replace("&amp;", "&")).text
    assert re.findall(r'<option value="(\w+)" selected', form.partition('name="needs-0-code"')[2])[0] == "OPI"
    gmina = database.records.typed(stable_id("territory", "021101"), Territory)
    database.records.save(gmina.model_copy(update={"needs": (Need(code="OPI"), Need(code="TEL"))}), "test")
    assert "Zapisz je we wpisie" not in client.get(f"/records/Meeting/{meeting.id}").text


def test_a_row_that_is_added_begins_with_what_is_usual(client: FlaskClient, database: MemoryService) -> None:
    form = {"name": "D", "made_on": "2026-03-12", "territory": "Lubin", "territory.key": "021101", "version": "0"}
    added = client.post("/records/Diagnosis/new", data=form | {"add": "findings", "findings-count": "0"}).text
    assert re.findall(r'<option value="(\w+)" selected', added.partition('name="findings-0-what"')[2])[0] == "need"
    empty = form | {"findings-count": "1", "findings-0-what": "need", "findings-0-code": ""}
    assert client.post("/records/Diagnosis/new", data=empty).status_code == 302  # a row left as it began is none
    assert [d.findings for d in database.records.all("Diagnosis") if isinstance(d, Diagnosis)] == [()]


def test_a_neighbour_that_is_known_by_its_code_alone_has_its_name_and_no_page(client: FlaskClient) -> None:
    kunice = Territory(code="020904", name="Kunice", level="gmina", borders=("021102", "020905"))
    stored = Stored(kunice, {"021102": "021102", "020905": "Legnickie Pole"})
    with client.application.test_request_context():
        told = dict(display.facts(stored, private=False))["Sąsiaduje z"]
        typed = controls.typed(kunice, stored.names)["borders"]
    assert [(name, bool(url)) for name, url in told] == [
        ("Lubin (gmina wiejska, powiat lubiński)", False),
        ("Legnickie Pole", True),
    ]
    assert [p.text for p in typed] == [name for name, _ in told]


def test_areas_that_come_with_a_first_need_are_nothing_that_was_done(
    client: FlaskClient, database: MemoryService
) -> None:
    met = Meeting(name="O opiece", held_on=date(2026, 3, 12), needs=(NotedNeed(code="WYT"),))
    database.records.save(met, "test")
    done = client.get("/work").text.partition("Ostatnie zmiany")[2]
    assert "O opiece" in done
    assert "opieka wytchnieniowa" not in done


def test_an_empty_overview_leads_to_where_its_rows_are_noted(client: FlaskClient) -> None:
    assert 'href="/records/Initiative"' in client.get("/work/groups").text


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(client: FlaskClient) -> None:
    form = {"name": "Fundacja", "nip": "1234567890", "active_from": "2026-05-01", "active_to": "2026-04-01"}
    answer = client.post("/records/Organisation/new", data=form)
    assert answer.status_code == 422
    assert 'id="nip-wrong"' in answer.text
    assert 'value="1234567890"' in answer.text
    assert 'value="Fundacja"' in answer.text
    again = client.post("/records/Organisation/new", data={**form, "nip": ""})
    assert 'id="active_to-wrong"' in again.text


def test_an_organisation_that_is_not_in_the_list_is_told(client: FlaskClient) -> None:
    form = {"name": "P", "members-count": "1", "members-0-id": "Nieznana", "members-0-id.key": "", "version": "0"}
    answer = client.post("/records/Partnership/new", data=form)
    assert answer.status_code == 422
    assert "„Nieznana” nie ma na liście." in answer.text
    assert '<a href="/records/Organisation/new" target="_blank"' in answer.text  # the way to add it
    form = {"name": "S", "held_on": "2026-05-01", "attended": "Nieznana", "attended.key": "", "version": "0"}
    answer = client.post("/records/Meeting/new", data=form)
    assert "1 rzecz do poprawy" in answer.text  # not that something is lacking too
    assert '<a href="/records/Organisation/new" target="_blank"' in answer.text


def test_a_form_takes_all_of_many_lines(app: Any) -> None:
    form = MultiDict({"members-count": "1200", "attended": [str(n) for n in range(1200)]})
    for n in range(1200):
        form.update({f"members-{n}-id": f"Klub {n}", f"members-{n}-id.key": str(n)})
    with app.test_request_context():
        assert [row["id"].key for row in posted.read(Partnership, form)["members"]] == [str(n) for n in range(1200)]
        assert len(posted.read(Meeting, form)["attended"]) == 1200


def test_another_line_can_be_added_without_losing_anything(client: FlaskClient) -> None:
    html = client.post("/records/Partnership/new", data={"name": "P", "members-count": "0", "add": "members"}).text
    assert 'name="members-0-id"' in html
    assert fields(html)["name"] == "P"


def test_two_people_at_once_see_each_others_changes(client: FlaskClient, database: MemoryService) -> None:
    saved = database.records.save(Organisation(name="Stara nazwa"), "test")
    form = fields(client.get(f"/records/Organisation/{saved.id}/edit").text)
    database.records.save(saved.model_copy(update={"name": "Nazwa Ewy"}), "Ewa")
    mine = {**form, "name": "Nazwa Jana", "sector": "ngo"}
    answer = client.post(f"/records/Organisation/{saved.id}/edit", data=mine)
    assert answer.status_code == 409
    assert "Ewa" in answer.text
    assert "Nazwa Ewy" in answer.text
    assert 'value="Nazwa Jana"' in answer.text
    again = {**mine, "version": fields(answer.text)["version"]}
    assert client.post(f"/records/Organisation/{saved.id}/edit", data=again).status_code == 302
    assert database.records.typed(saved.id, Organisation).name == "Nazwa Jana"


def test_an_address_tells_the_name_of_no_other_record_than_an_organisation(database: MemoryService) -> None:
    gone = database.records.save(Organisation(name="Fundacja Dawna"), "test")
    person = database.records.save(ContactPerson(name="Anna Prywatna", organisation=gone.id), "test")
    database.records.delete(gone.id, "test")
    app = create_app(database, limits=False)
    with app.test_request_context():
        assert names_of([gone.id, person.id]) == ["Fundacja Dawna", person.id]


def test_work_offers_only_what_may_be_written(database: MemoryService) -> None:
    app = create_app(database, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    assert "/records/Meeting/new" in signed_in(app, "animator").get("/work").text
    for role in ("reader", "outreach"):
        assert "/records/Meeting/new" not in signed_in(app, role).get("/work").text


def test_the_conflict_names_who_is_new_in_either_version(client: FlaskClient, database: MemoryService) -> None:
    """Not by an id: it is the moment to decide whose version stays."""
    first, theirs, yours = (database.records.save(Organisation(name=n), "test") for n in ("Ala", "Bela", "Cela"))
    saved = database.records.save(Partnership(name="P", members=(Member(id=first.id),)), "test")
    form = fields(client.get(f"/records/Partnership/{saved.id}/edit").text)
    both = (Member(id=first.id), Member(id=theirs.id))
    database.records.save(saved.model_copy(update={"members": both}), "test")
    form |= {"members-1-id": yours.name, "members-1-id.key": yours.id, "members-count": "2"}
    page = client.post(f"/records/Partnership/{saved.id}/edit", data=form).text
    told = re.search(r"Twoja wersja.*?</table>", page, re.S)
    assert told
    assert ("Bela" in told[0], "Cela" in told[0], yours.id in told[0]) == (True, True, False)


def test_the_history_tells_who_changed_what_and_takes_it_back(client: FlaskClient, database: MemoryService) -> None:
    saved = database.records.save(Organisation(name="Pierwsza"), "Ewa")
    form = fields(client.get(f"/records/Organisation/{saved.id}/edit").text)
    client.post(f"/records/Organisation/{saved.id}/edit", data={**form, "name": "Druga", "sector": "ngo"})
    history = client.get(f"/records/Organisation/{saved.id}/history").text
    assert history.index("Druga") < history.index("Ewa")
    undo = re.search(r'action="(/undo/[^"]+)"', history)
    assert undo
    client.post(undo[1])
    assert database.records.typed(saved.id, Organisation).name == "Pierwsza"


def test_deleting_is_at_once_and_can_be_taken_back(client: FlaskClient, database: MemoryService) -> None:
    saved = database.records.save(Organisation(name="Do usunięcia"), "test")
    answer = client.post(f"/records/Organisation/{saved.id}/delete")
    assert "/undo/" not in client.get("/work", headers={"Sec-Fetch-Dest": "empty"}).text  # a script of another tab
    page = client.get(answer.location).text
    undo = re.search(r'action="(/undo/[^"]+)"', page)
    assert undo
    assert database.records.get(saved.id).archived
    client.post(undo[1])
    assert not database.records.get(saved.id).archived


def test_the_page_of_what_was_deleted_leads_to_what_is_left_of_it(
    client: FlaskClient, database: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, merged, kept = (database.records.save(Organisation(name=name), "test") for name in "ABC")
    together = database.records.save(Partnership(name="P", members=(Member(id=kept.id),)), "test")
    for one in (gone, merged):
        monkeypatch.setitem(database.organisations, one.id, one)
    monkeypatch.setitem(database.partnerships, together.id, together)
    assert client.get(f"/organisations/{gone.id}").status_code == 200
    database.records.delete(gone.id, "test")
    database.records.delete(together.id, "test")
    database.records.merge(kept.id, merged.id, "test")
    assert client.get(f"/organisations/{merged.id}").location == f"/organisations/{kept.id}"
    for path, label, id in (("organisations", "Organisation", gone.id), ("partnerships", "Partnership", together.id)):
        answer = client.get(f"/{path}/{id}")
        assert answer.location == f"/records/{label}/{id}"
        page = client.get(answer.location).text
        assert "Ten wpis usunięto" in page
        assert "Dodaj:" not in page
        history = client.get(f"/records/{label}/{id}/history").text
        assert ("Cofnij" in history, "Przywróć tę wersję" in history) == (True, False)
    for path in (f"/records/Organisation/{merged.id}", f"/records/Organisation/{merged.id}/history"):
        page = client.get(path).text
        assert ("scalono z inną" in page, f"/{kept.id}" in page) == (True, True)
        assert ("Ten wpis usunięto" in page, 'action="/undo/' in page) == (False, False)


def test_several_are_changed_in_one_step(client: FlaskClient, database: MemoryService) -> None:
    ids = [database.records.save(Organisation(name=f"O {i}"), "test").id for i in range(3)]
    form: dict[str, Any] = {"id": ids[:2], "field": "sector", "value:sector": "school"}
    assert client.post("/records/Organisation/bulk", data=form).status_code == 302
    assert [database.records.typed(i, Organisation).sector for i in ids] == ["school", "school", "other"]
    assert client.post("/records/Organisation/bulk", data={"field": "sector"}).status_code == 400
    assert "pole Sektor: " in client.post("/records/Organisation/bulk", data={**form, "value:sector": "kosmos"}).text
    assert "pole field" not in client.post("/records/Organisation/bulk").text
    assert client.get("/records/Organisation/nobody").status_code == 404
    undo = re.search(r'action="(/undo/[^"]+)"', client.get("/records/Organisation").text)
    assert undo
    client.post(undo[1])
    assert [database.records.typed(i, Organisation).sector for i in ids] == ["other"] * 3


def test_a_template_filled_in_is_imported_and_an_export_changes_nothing(
    client: FlaskClient, database: MemoryService
) -> None:
    book = load_workbook(io.BytesIO(client.get("/records/Organisation/template.xlsx").data))
    sheet = book["Organisation"]
    titles = [c.value for c in sheet[1]]
    sheet.append(["Fundacja Iskra" if t == "Nazwa" or t == "Name" else None for t in titles])
    filled = io.BytesIO()
    book.save(filled)
    sent = {"file": (io.BytesIO(filled.getvalue()), "o.xlsx"), "only_check": "1"}
    checked = client.post("/records/Organisation/import", data=sent)
    assert (checked.status_code, "Nowych wpisów: 1." in checked.text and "już jest" not in checked.text) == (200, True)
    codes = book["codes (ignore)"]
    assert {c.value for c in codes["A"][1:]} >= {"Sektor", "Statusy: code"}
    assert not database.records.counts()["Organisation"]
    client.post("/records/Organisation/import", data={"file": (io.BytesIO(filled.getvalue()), "o.xlsx")})
    before = list(database.records.all("Organisation"))
    assert [r.name for r in before if isinstance(r, Organisation)] == ["Fundacja Iskra"]
    exported = client.get("/records/Organisation/export.csv").data
    client.post("/records/Organisation/import", data={"file": (io.BytesIO(exported), "o.csv")})
    after = list(database.records.all("Organisation"))
    assert [r.model_dump(exclude={"version"}) for r in after] == [r.model_dump(exclude={"version"}) for r in before]


def test_an_import_is_taken_back_in_one_step(client: FlaskClient, database: MemoryService) -> None:
    old = database.records.save(Organisation(name="Stara", town="Lubin"), "test")
    table = f"id,name,town\n{old.id},Stara,Legnica\n,Nowa,Lubin\n,Inna,Lubin\n".encode()
    only = {"file": (io.BytesIO(table), "o.csv"), "only_check": "1"}
    checked = client.post("/records/Organisation/import", data=only).text
    assert "Nowych wpisów: 2. 1 wpis już jest i dostanie to, co podaje wiersz." in checked
    client.post("/records/Organisation/import", data={"file": (io.BytesIO(table), "o.csv")})
    assert database.records.counts()["Organisation"] == 3
    undo = re.search(r'action="(/undo-import/[^"]+)"', client.get("/records/Organisation").text)
    assert undo
    client.post(undo[1])
    assert [r.town for r in database.records.all("Organisation") if isinstance(r, Organisation)] == ["Lubin"]
    assert database.records.counts()["Organisation"] == 1


def test_an_import_that_changes_nothing_offers_nothing_to_take_back(
    client: FlaskClient, database: MemoryService
) -> None:
    database.records.save(Organisation(name="Stara"), "test")
    exported = client.get("/records/Organisation/export.csv").data
    check = {"file": (io.BytesIO(exported), "o.csv"), "only_check": "1"}
    assert "Nowych" not in client.post("/records/Organisation/import", data=check).text
    client.post("/records/Organisation/import", data={"file": (io.BytesIO(exported), "o.csv")})
    assert "/undo-import/" not in client.get("/records/Organisation").text


def test_what_is_added_in_a_filtered_list_is_of_what_the_list_shows(client: FlaskClient) -> None:
    page = client.get("/records/Meeting?form=DEB&q=x").text
    assert 'href="/records/Meeting/new?form=DEB"' in page
    assert re.search(r'<option value="DEB" selected', client.get("/records/Meeting/new?form=DEB").text)


def test_partnerships_are_found_by_their_start(client: FlaskClient, database: MemoryService) -> None:
    for name, day in (("Dawne", date(2020, 5, 1)), ("Nowe", date(2024, 5, 1))):
        database.records.save(Partnership(name=name, starts_on=day), "test")
    html = client.get("/records/Partnership?from=2024-01-01&to=2024-12-31").text
    assert ("Nowe" in html, "Dawne" in html) == (True, False)
    assert re.search(r"<label for=\"list-from\">[^<]*: od", html)


def test_a_list_says_whose_records_it_is_kept_to_and_stays_so(client: FlaskClient, database: MemoryService) -> None:
    mine, other = (database.records.save(Organisation(name=n), "test") for n in ("Klub", "Koło"))
    for name, guest in (("Narada", mine), ("Warsztat", other)):
        database.records.save(Meeting(name=name, held_on=date(2026, 1, 1), attended=(guest.id,)), "test")
    html = client.get(f"/records/Meeting?attended={mine.id}").text
    assert "Narada" in html
    assert "Warsztat" not in html
    assert "Kto uczestniczył: <bdi>Klub</bdi>" in html
    assert f'type="hidden" name="attended" value="{mine.id}"' in html
    assert f"/records/Meeting/new?attended={mine.id}" in html
    assert 'href="/records/Meeting"' in html


def test_long_lists_of_a_form_are_folded_and_say_what_they_hold(client: FlaskClient, database: MemoryService) -> None:
    ids = [database.records.save(Organisation(name=f"Klub {n}"), "test").id for n in range(3)]
    members = tuple(Member(id=id) for id in ids)
    saved = database.records.save(Partnership(name="P", themes=("TEL",), members=members), "test")
    page = client.get(f"/records/Partnership/{saved.id}/edit").text
    assert re.search(r'<details class="field wide boxed" id="themes"><summary>Tematy <span class="muted">tele', page)
    assert re.findall(r'<details class="part"( open)?><summary>(.*?)</summary>', page) == [
        ("", f"{n + 1}. Klub {n}") for n in range(3)
    ]
    said = {name: value for name, value in fields(page).items() if not name.endswith("-remove")}
    added = client.post(f"/records/Partnership/{saved.id}/edit", data={**said, "add": "members"}).text
    assert re.findall(r'<details class="part"( open)?>', added) == ["", "", "", " open"]
    assert re.search(r'id="members-3-id"[^>]* autofocus', added)
    assert added.count(" autofocus") == 1


def test_a_row_of_needs_says_what_to_fill_in(client: FlaskClient) -> None:
    form = {"name": "Kotla", "add": "findings"}
    page = client.post("/records/Diagnosis/new", data={"findings-count": "0", **form}).text
    assert "Obszar" in page
    assert "Poziom (od 1 – mały do 3 – duży)" in page


def test_a_need_says_what_its_numbers_are(client: FlaskClient, database: MemoryService) -> None:
    need = Need(code="TEL", level=3, scale=40, since=date(2025, 3, 24))
    saved = database.records.save(Organisation(name="Klub", needs=(need,)), "test")
    page = client.get(f"/records/Organisation/{saved.id}/history").text
    assert "teleopieka, poziom: 3, liczba osób, których dotyczy: 40, od: 24 marca 2025" in page


def test_the_history_of_a_list_shows_what_came_and_what_went(client: FlaskClient, database: MemoryService) -> None:
    needs = tuple(Need(code=code, level=1) for code in ("TEL", "OPI"))
    saved = database.records.save(Organisation(name="Klub", needs=needs[:1]), "test")
    database.records.save(saved.model_copy(update={"needs": needs}), "test")
    newest = client.get(f"/records/Organisation/{saved.id}/history").text.split("<tbody>")[1]
    assert "usługi opiekuńcze w miejscu zamieszkania, poziom: 1" in newest
    assert "teleopieka" not in newest


def test_the_history_names_who_is_no_member_any_more(client: FlaskClient, database: MemoryService) -> None:
    left, stays = database.records.save_many([Organisation(name="Była"), Organisation(name="Jest")], "test")
    both = database.records.save(Partnership(name="P", members=(Member(id=left.id), Member(id=stays.id))), "test")
    database.records.save(both.model_copy(update={"members": both.members[1:]}), "test")
    newest = client.get(f"/records/Partnership/{both.id}/history").text.split("<tbody>")[1]
    assert "Była" in newest
    assert left.id not in newest


def test_a_bad_row_is_told_and_nothing_is_saved(client: FlaskClient, database: MemoryService) -> None:
    file = (io.BytesIO(b"name,nip\nDobra,\nZla,1234567890\n"), "o.csv")
    answer = client.post("/records/Organisation/import", data={"file": file})
    assert answer.status_code == 422
    assert "1234567890" in answer.text
    assert not database.records.counts()["Organisation"]


def test_contacts_of_people_stay_inside(database: MemoryService) -> None:
    app = create_app(database, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    assert signed_in(app, "reader").get("/records/ContactPerson").status_code == 403
    assert signed_in(app, "admin").get("/records/ContactPerson/export.csv").status_code == 403


def test_what_was_said_in_conversations_leaves_in_a_file_only_with_who_leads_them(database: MemoryService) -> None:
    app = create_app(database, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    for role, status in (("reader", 403), ("outreach", 200), ("animator", 200)):
        client = signed_in(app, role)
        assert client.get("/records/Outreach/export.csv").status_code == status
        assert ("/records/Outreach/export.csv" in client.get("/records/Outreach").text) == (status == 200)
        assert client.get("/records/Organisation/export.csv").status_code == 200


def test_the_work_page_leads_to_every_form_and_task(client: FlaskClient) -> None:
    html = client.get("/work").text
    links = re.findall(r'<li><a href="(/[^"]+)">', html)
    assert len(links) > 25
    for link in sorted(set(links)):
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_what_was_confirmed_is_no_longer_stale(client: FlaskClient, database: MemoryService) -> None:
    saved = database.records.save(Organisation(name="Dawno niepytana"), "test")
    database.organisations[saved.id] = saved
    assert "Dawno niepytana" in client.get("/work/stale").text
    assert client.post(f"/work/confirm/{saved.id}").status_code == 302
    assert f"/work/confirm/{saved.id}" not in client.get("/work/stale").text


def test_pages_of_what_went_stale_stay_in_the_territory(
    client: FlaskClient, database: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOST", 1)
    for name in ("Pierwsza", "Druga"):
        database.records.save(Organisation(name=name, territory="021101"), "test")
    pages = re.findall(r'rel="next" href="([^"#]+)', client.get("/work/stale?territory=021101").text)
    assert [unescape(page) for page in pages] == ["/work/stale?territory=021101&page=2"]


def test_an_organisation_answers_by_its_personal_link(client: FlaskClient, database: MemoryService) -> None:
    me, friend = (database.records.save(Organisation(name=n, town="Lubin"), "test") for n in ("Fundacja A", "Klub B"))
    round = database.records.save(SurveyRound(name="Runda 1", state="open", consent="Zgoda"), "test")
    html = client.post(f"/surveys/{round.id}/invite", data={"sector": "", "territory": ""}).text
    links = re.findall(r"http://localhost(/answer/[0-9a-f]+)", html)
    assert len(set(links)) == 2
    visitor = create_app(database, limits=False).test_client()
    visitor.application.config["WTF_CSRF_ENABLED"] = False
    link = next(a for a in dict.fromkeys(links) if 'value="Fundacja A"' in visitor.get(a).text)
    assert visitor.get(f"{link}/organisations?q=klub").json["hits"][0]["key"] == friend.id
    form = {
        **{k: v for k, v in fields(visitor.get(link).text).items() if k.startswith("entry-")},
        "entry-town": "Legnica",
        "confirmed": "1",
        "ties-count": "1",
        "ties-0-id": "Klub B",
        "ties-0-id.key": friend.id,
        "needs-count": "0",
        "offers-count": "0",
    }
    assert visitor.post(link, data={**form, "do": "send"}).status_code == 422
    assert visitor.post(link, data={**form, "do": "keep"}).status_code == 200
    assert 'value="Klub B"' in visitor.get(link).text
    assert visitor.post(link, data={**form, "do": "send", "consent": "1"}).status_code == 200
    answer = next(
        a for a in database.records.all("SurveyAnswer", private=True) if getattr(a, "organisation", "") == me.id
    )
    assert "Legnica" in client.get(f"/surveys/answers/{answer.id}").text
    assert database.records.typed(me.id, Organisation).town == "Lubin"
    client.post(f"/surveys/answers/{answer.id}", data={"decision": "accept"})
    assert database.records.typed(me.id, Organisation).town == "Legnica"
    assert "Klub B" in client.get(f"/surveys/{round.id}").text
    assert visitor.get("/answer/0123456789abcdef").status_code == 404


def test_a_member_that_would_complete_a_partnership_stands_in_its_form(
    client: FlaskClient, database: MemoryService
) -> None:
    there, asked = (database.records.save(Organisation(name=name), "test") for name in ("Klub A", "Klub B"))
    kept = database.records.save(Partnership(name="Razem", members=(Member(id=there.id),)), "test")
    form = fields(client.get(f"/records/Partnership/{kept.id}/edit?members={asked.id}").text)
    assert [form[f"members-{n}-id.key"] for n in (0, 1)] == [there.id, asked.id]
    assert form["members-1-id"] == "Klub B"
    assert [m.id for m in database.records.typed(kept.id, Partnership).members] == [there.id]


def test_a_warning_names_its_field_as_the_form_does_and_does_not_call_it_needed(
    client: FlaskClient, database: MemoryService
) -> None:
    a, b = (database.records.save(Organisation(name=name), "test") for name in "AB")
    form = {"name": "Razem", "phase": "F3", "members-count": "2", "renew_before_days": "60"}
    for k, one in enumerate((a, b)):
        form |= {f"members-{k}-id": one.name, f"members-{k}-id.key": one.id, f"members-{k}-role": "PAR"}
    html = client.post("/records/Partnership/new", data=form, follow_redirects=True).text
    assert "Zwróć uwagę: Dokument: Tu jeszcze nic nie wpisano." in unescape(html)


@pytest.mark.parametrize(
    ("days", "since"),
    [({}, False), ({"starts_on": -90}, True), ({"starts_on": -90, "ends_on": -1}, False), ({"starts_on": 9}, False)],
)
def test_who_joins_a_partnership_that_goes_on_joins_it_today(
    client: FlaskClient, database: MemoryService, days: dict[str, int], since: bool
) -> None:
    """Not when it began: then what was suggested would have come true before it was suggested."""
    today = date.today()
    there, asked = (database.records.save(Organisation(name=name), "test") for name in ("Klub A", "Klub B"))
    dates = {name: today + timedelta(days=n) for name, n in days.items()}
    kept = database.records.save(Partnership(name="Razem", members=(Member(id=there.id),), **dates), "test")
    form = fields(client.get(f"/records/Partnership/{kept.id}/edit?members={asked.id}").text)
    assert form["members-1-since"] == (today.isoformat() if since else "")
    begun = fields(client.get(f"/records/Partnership/new?members={there.id}&members={asked.id}").text)
    assert [begun[f"members-{n}-since"] for n in (0, 1)] == ["", ""]
    for address in (f"{kept.id}/edit?members={asked.id}", f"new?members={there.id}&members={asked.id}"):
        assert client.get(f"/records/Partnership/{address}").text.count('value="PAR" selected') == 2


def test_what_the_program_notes_is_not_asked_for_and_stays(client: FlaskClient, database: MemoryService) -> None:
    ends = [database.records.save(Organisation(name=n), "test").id for n in ("Spółdzielnia Żuraw", "Firma Kruk")]
    kept = database.records.save(Outreach(pair=tuple(ends), score=0.25, shown=3), "test")
    html = client.get(f"/records/Outreach/{kept.id}/edit").text
    assert 'name="score"' not in html
    assert 'name="shown"' not in html
    client.post(
        f"/records/Outreach/{kept.id}/edit",
        data={"version": fields(html)["version"], "pair": ["Żuraw", "Kruk"], "pair.key": ends, "status": "ZAP"},
    )
    changed = database.records.typed(kept.id, Outreach)
    assert (changed.status, changed.score, changed.shown) == ("ZAP", 0.25, 3)


def test_a_form_says_beforehand_what_it_needs(client: FlaskClient) -> None:
    assert "wypełnij jedno z dwóch" in client.get("/records/Diagnosis/new").text
    assert "wybierz obie" in client.get("/records/Outreach/new").text


def test_a_partnership_begins_with_the_chosen_members(client: FlaskClient, database: MemoryService) -> None:
    ends = [database.records.save(Organisation(name=n), "test").id for n in ("Spółdzielnia Żuraw", "Firma Kruk")]
    asked = client.get(f"/network/selection?do=partnership&only={ends[0]}&only={ends[1]}").location
    html = client.get(asked).text
    assert [fields(html)[f"members-{n}-id.key"] for n in range(2)] == ends


def test_an_import_is_taken_back_from_the_page_of_imports(database: MemoryService, store: Store) -> None:
    database.past_imports = PastImports(store)
    app = create_app(database, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, "coordinator")
    assert "Ostatnio zaimportowane" not in client.get("/import").text
    plan = sample.circle(4, 2)
    importing.write(store, plan)
    shown = client.get("/import").text
    assert "sample.csv" in shown
    assert fields(shown)["id"] == plan.id
    gone = client.post("/import/take-back", data={"id": plan.id}, follow_redirects=True).text
    assert "Import cofnięto: usunięto 2 partnerstwa; usunięto 4 organizacje." in gone
    assert "2 partnerstwa · cofnięty" in gone
    assert client.post("/import/take-back", data={"id": plan.id}).status_code == 404
    assert signed_in(app, "animator").post("/import/take-back", data={"id": plan.id}).status_code == 403
