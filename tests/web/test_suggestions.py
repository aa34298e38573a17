"""Suggestions as their pages give them: weighed, filtered, decided about, remembered, planned, tried out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app
from graphsvc_web.facets import facets
from graphsvc_web.pages.plan import Quarter, Share
from graphsvc_web.pages.scenarios import Changes
from graphsvc_web.wishes import Asked
from playwright.sync_api import Page, expect
from werkzeug.datastructures import MultiDict

from graphsvc.model.network import table
from graphsvc.model.suggested import Shown
from graphsvc.service.cache import Cache
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.memory import REST
from graphsvc.suggest.whatif import Scenario
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService

PAIR = re.compile(r'<li class="suggestion" data-pair="([^" ]+) ([^" ]+)"')


def pairs(text: str) -> list[tuple[str, ...]]:
    return PAIR.findall(text)


@pytest.fixture
def animator(app: Any) -> FlaskClient:
    return signed_in(app, "animator")


@pytest.fixture
def hub(service: MemoryService) -> str:
    """The organisation with most partners."""
    snapshot = service.snapshot()
    return snapshot.ids[max(range(snapshot.graph.rows), key=lambda i: len(snapshot.graph.row(i)))]


def test_a_page_holds_ten_and_the_next_goes_on(animator: FlaskClient) -> None:
    first, second = (pairs(animator.get(f"/suggestions?page={n}").text) for n in (1, 2))
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)


def test_weights_of_ones_own_are_those_of_a_preset(animator: FlaskClient) -> None:
    preset = animator.get("/suggestions?preset=reach_isolated").text
    own = animator.get("/suggestions?likelihood=40&isolated_reached=3&joins_components=1").text
    assert pairs(preset) == pairs(own)
    assert pairs(preset) != pairs(animator.get("/suggestions?preset=quick_wins").text)


def test_the_preset_stays_chosen_when_filters_are_sent_with_its_weights(page: Page) -> None:
    page.goto("/suggestions?preset=reach_isolated")
    page.locator(".filters .facet summary").first.click()
    page.locator(".filters [name=sector]").first.check()
    page.get_by_role("button", name="Pokaż", exact=True).click()
    page.wait_for_url("**sector=**")
    expect(page.locator("[data-preset][aria-current=true]")).to_have_attribute("data-preset", "reach_isolated")
    page.get_by_role("link", name="Zaplanuj kwartał").click()
    expect(page.locator("#preset")).to_have_value("reach_isolated")


@pytest.mark.parametrize("query", ["preset=luck", "likelihood=200", "likelihood=x&reach=1", "reach=-1"])
def test_weights_that_cannot_be_are_refused(animator: FlaskClient, query: str) -> None:
    assert animator.get(f"/suggestions?{query}").status_code == 400


def test_behind_the_last_page_is_the_last(animator: FlaskClient) -> None:
    beyond = animator.get("/suggestions?preset=quick_wins&page=99999", follow_redirects=True)
    assert beyond.request.args["preset"] == "quick_wins"
    assert beyond.request.args["page"] != "99999"
    assert pairs(beyond.text)
    assert animator.get("/suggestions/past?page=99999").status_code == 200


def test_of_one_organisation_only_the_others_sector_counts(
    animator: FlaskClient, service: MemoryService, hub: str
) -> None:
    snapshot = service.snapshot()
    sector = dict(zip(snapshot.ids, snapshot.column("sector"), strict=True))
    found = pairs(animator.get(f"/suggestions?organisation={hub}&sector=business").text)
    assert found
    assert all(a == hub and sector[b] == "business" for a, b in found)


def test_filters_that_leave_nothing_say_so(animator: FlaskClient) -> None:
    page = animator.get("/suggestions?sector=nothing")
    assert page.status_code == 200
    assert "Nic nie pasuje do tych filtrów." in page.text


def test_two_organisations_have_nothing_to_suggest(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, "reader")
    for path in ("/suggestions", "/suggestions/plan", "/suggestions/past", "/suggestions/evaluation", "/scenarios"):
        assert client.get(path).status_code == 200, path
    assert (client.get("/suggestions/pool").json or {})["links"] == []


def test_a_pair_declined_is_gone_and_comes_back_when_taken_back(app: Any, service: MemoryService) -> None:
    client = signed_in(app, "outreach")
    a, b = pairs(client.get("/suggestions").text)[3]
    here = "/suggestions/pair?" + urlencode({"a": a, "b": b})
    form = {"a": a, "b": b, "status": "ODR", "reason": "DAL", "until": "2099-01-01", "text": "Two hours by bus."}
    form |= {"next": here}
    page = client.post("/suggestions", data=form, follow_redirects=True).text
    assert "sugestia nie wróci wcześniej niż 1 stycznia 2099" in page
    kept = service.suggested.decided[-1]
    assert (kept.status, kept.reason, kept.text, str(kept.until)) == ("ODR", "DAL", "Two hours by bus.", "2099-01-01")
    address = re.search(r'action="(/suggestions/undo/[^"]+)"', page)
    assert address
    back = re.search(r'name="next" value="([^"]+)"', page)
    assert back
    assert unescape(back[1]) == here
    client.post(address[1])
    assert kept not in service.suggested.decided


def test_the_day_that_is_told_is_the_last_that_was_named(app: Any) -> None:
    client = signed_in(app, "outreach")
    a, b = pairs(client.get("/suggestions").text)[3]
    for status, until in (("ODR", "2099-01-01"), ("ODL", "2098-01-01")):
        page = client.post(
            "/suggestions", data={"a": a, "b": b, "status": status, "until": until}, follow_redirects=True
        )
        assert "sugestia nie wróci wcześniej niż 1 stycznia 2099" in page.text
    assert "nie przed 1 stycznia 2099" in client.get("/suggestions/past").text


def test_a_day_that_has_passed_is_no_day_to_wait_for(app: Any, service: MemoryService) -> None:
    client = signed_in(app, "outreach")
    a, b = pairs(client.get("/suggestions").text)[0]
    before = len(service.suggested.decided)
    page = client.post("/suggestions", data={"a": a, "b": b, "status": "ODL", "until": "1999-01-01"})
    assert (page.status_code, len(service.suggested.decided)) == (400, before)
    assert "Podaj dzień późniejszy niż dzisiejszy." in page.text


def test_what_is_ignored_sinks_and_can_be_heeded_again(app: Any, service: MemoryService) -> None:
    client = signed_in(app, "outreach")
    a, b = pairs(client.get("/suggestions").text)[0]
    page = client.post("/suggestions", data={"a": a, "b": b, "status": "ignore"}, follow_redirects=True).text
    assert (a, b) not in pairs(page)
    assert "bez decyzji" in client.get("/suggestions/past").text
    client.post(f"/suggestions/heed/{a} {b}")
    assert service.suggested.seen[min(a, b), max(a, b)].ignored == 0


def test_only_two_organisations_that_are_there_are_ignored_or_heeded(
    animator: FlaskClient, service: MemoryService, hub: str
) -> None:
    before = dict(service.suggested.seen)
    assert animator.post("/suggestions", data={"a": hub, "b": hub, "status": "ignore"}).status_code == 400
    assert animator.post("/suggestions/heed/nosuch").status_code == 400
    assert animator.post(f"/suggestions/heed/{hub} nosuch").status_code == 404
    assert service.suggested.seen == before


def test_what_is_ignored_leaves_the_first_page_too(app: Any, service: MemoryService) -> None:
    client = signed_in(app, "outreach")

    def first() -> str:
        return client.get("/").text.split('id="found"')[1].split("</li>")[0]

    before = first()
    a, b = re.findall(r"/organisations/([^\"]+)", before)
    for _ in range(3):
        client.post("/suggestions", data={"a": a, "b": b, "status": "ignore"})
    assert first() != before
    for _ in range(3):
        client.post(f"/suggestions/heed/{a} {b}")
    assert first() == before


def test_what_is_ignored_leaves_the_picture_at_once(app: Any, service: MemoryService) -> None:
    client = signed_in(app, "outreach")

    def lines() -> list[tuple[int, int]]:
        edges = client.get("/api/picture?level=organisations").json["edges"]
        return [(edge["from"], edge["to"]) for edge in edges if edge.get("suggestion")]

    before = lines()
    a, b = (service.snapshot().ids[row] for row in before[0])
    for _ in range(3):
        client.post("/suggestions", data={"a": a, "b": b, "status": "ignore"})
    assert before[0] not in lines()
    for _ in range(3):
        client.post(f"/suggestions/heed/{a} {b}")
    assert lines() == before


def test_that_it_was_passed_over_speaks_against_a_suggestion(app: Any, service: MemoryService) -> None:
    client = signed_in(app, "coordinator")
    a, b = sorted(pairs(client.get("/suggestions?preset=quick_wins").text)[0])
    on = date(2013, 1, 1)
    service.suggested.seen[a, b] = Shown(a, b, 3, 1, on, on, ("ola",), 3)
    page = client.get(f"/suggestions/pair?a={a}&b={b}").text
    file = client.get(f"/suggestions/download/csv?organisation={a}&preset=quick_wins").text
    del service.suggested.seen[a, b]
    assert all(said in page and said not in file for said in ("Ktoś postanowił pominąć", "Pokazywano to przez 3 dni"))
    assert b in file


def test_a_list_that_was_seen_is_counted(app: Any, service: MemoryService) -> None:
    client = signed_in(app, "outreach")
    a, b = pairs(client.get("/suggestions").text)[5]
    for _ in range(2):
        assert client.post("/suggestions/seen", data={"pair": [f"{a} {b}", "rubbish"]}).status_code == 204
    assert service.suggested.seen[min(a, b), max(a, b)].times == 1
    assert signed_in(app, "reader").post("/suggestions/seen", data={}).status_code == 403


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_list_and_the_plan_are_files_too(animator: FlaskClient, format: str) -> None:
    for path in (f"/suggestions/download/{format}", f"/suggestions/plan/download/{format}?budget=3"):
        file = animator.get(path)
        assert file.status_code == 200
        assert file.headers["Content-Disposition"].startswith("attachment")
    if format == "csv":
        assert len(file.text.splitlines()) == 4  # the heading and three conversations


def test_a_plan_is_started_with_who_leads_each(animator: FlaskClient, service: MemoryService) -> None:
    page = animator.get("/suggestions/plan?budget=4&share=1").text
    keys = re.findall(r'name="pair" value="([^"]+)"', page)
    assert len(keys) == 4
    ends = [end for key in keys for end in key.split(" ")]
    assert len(set(ends)) == 8  # a share of one: nobody is in two conversations
    before = len(service.suggested.decided)
    animator.post("/suggestions/plan", data={"pair": keys[:2], f"who {keys[0]}": "Ola"})
    new = service.suggested.decided[before:]
    assert [(p.status, p.assigned_to) for p in new] == [("ZAP", "Ola"), ("ZAP", "")]
    animator.post(f"/suggestions/undo/change-{new[0].id}")
    assert len(service.suggested.decided) == before


def test_a_plan_shows_and_keeps_what_the_list_was_asked_for(page: Page) -> None:
    """Weights of one's own, sectors and territory come along from the list, and stay when the plan is made anew."""
    page.goto("/suggestions/plan")
    place = page.locator("#territory option").nth(1).get_attribute("value")
    page.goto(f"/suggestions?likelihood=40&isolated_reached=3&sector=business&sector=school&territory={place}")
    page.get_by_role("link", name="Zaplanuj kwartał").click()
    form = page.locator("form.record")
    expect(page.locator("#preset option:checked")).to_have_text("Własne wagi")
    expect(form.locator("[name=territory]")).to_have_value(str(place))
    expect(form.locator("[name=sector]:checked")).to_have_count(2)
    page.fill("#budget", "3")
    page.get_by_role("button", name="Ułóż plan").click()
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["likelihood"], asked["isolated_reached"], asked["territory"]) == (["40"], ["3"], [place])
    assert asked["sector"] == ["business", "school"]
    page.select_option("#preset", "quick_wins")
    page.get_by_role("button", name="Ułóż plan").click()
    expect(page.locator("#preset")).to_have_value("quick_wins")


def test_a_plan_says_what_each_conversation_rests_on(animator: FlaskClient) -> None:
    page = animator.get("/suggestions/plan?preset=quick_wins&budget=3").text
    assert page.count("<summary>Na czym to się opiera") == 3
    assert page.count("podobne pary rozpoczęły współpracę") == 3
    assert "Kto mógłby je poznać ze sobą" in page
    assert "krok 2, przez:" in page


def test_a_plan_that_brings_a_little_more_does_not_bring_as_much(
    animator: FlaskClient, service: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    animator.get("/suggestions")  # so that all links are worked out
    made = service.proposals.plan(Asked.from_args(MultiDict()).wish, 4, 2, None)
    more = replace(made, portfolio=replace(made.portfolio, value=1.004, one_by_one=1.0))
    monkeypatch.setattr(type(service.proposals), "plan", lambda *_: more)
    text = animator.get("/suggestions/plan?budget=4").text
    assert "o 0,4% więcej" in text
    assert "tyle samo" not in text


def test_what_a_pair_rests_on_is_one_press_from_wherever_it_is_named(page: Page, hub: str) -> None:
    """From guests of a meeting, from who could join a partnership and from an organisation's page."""
    for where in ("/meetings/invite?guests=4", "/organisations/" + hub):
        page.goto(where)
        page.get_by_role("link", name="Na czym to się opiera").first.click()
        expect(page.locator("h1")).to_have_text("Na czym to się opiera")
        expect(page.locator("details.proof[open]").get_by_text("W liczbach")).to_be_visible()
        expect(page.get_by_role("button", name="Rozpocznij rozmowę")).to_be_visible()


def test_what_is_small_is_not_rounded_to_nothing(
    animator: FlaskClient, service: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = pairs(animator.get("/suggestions").text)[0]
    made, why = service.proposals.pair(a, b)
    small = replace(made, probability=3.2e-6), replace(why, shorter=3.2e-6)
    monkeypatch.setattr(type(service.proposals), "pair", lambda *_: small)
    assert animator.get(f"/suggestions/pair?a={a}&b={b}").text.count("0,00032") == 2


def test_a_pair_that_is_none_is_said_to_be_none(animator: FlaskClient, service: MemoryService, hub: str) -> None:
    snapshot = service.snapshot()
    partner = snapshot.ids[int(snapshot.graph.row(snapshot.index[hub])[0])]
    told = {partner: "Te organizacje współpracują, współpracowały albo", hub: "dwóch różnych organizacji"}
    for other, said in told.items():
        assert said in animator.get(f"/suggestions/pair?a={hub}&b={other}").text
    assert animator.get(f"/suggestions/pair?a={hub}&b=nope").status_code == 404
    assert animator.get("/suggestions/pair").status_code == 404


def test_two_that_may_be_one_can_be_compared(app: Any, service: MemoryService) -> None:
    """By whom may put them together; others read the warning alone."""
    names = service.network.organisations["name"].to_pylist()
    a, b = (service.snapshot().ids[row] for row, name in enumerate(names) if name == "Aarhus Universitet")
    link = f'<a href="/organisations/{a}/duplicates">Porównaj je</a>'
    told = {role: signed_in(app, role).get(f"/suggestions/pair?a={a}&b={b}").text for role in ("animator", "reader")}
    assert all("Nazwy są prawie takie same" in page for page in told.values())
    assert {role: link in page for role, page in told.items()} == {"animator": True, "reader": False}


def test_not_now_without_a_day_waits_too(animator: FlaskClient, service: MemoryService) -> None:
    a, b = pairs(animator.get("/suggestions").text)[-1]
    animator.post("/suggestions", data={"a": a, "b": b, "status": "ODL", "until": ""})
    new = service.suggested.decided[-1]
    assert (new.status, new.until) == ("ODL", date.today() + timedelta(days=REST))
    animator.post(f"/suggestions/undo/change-{new.id}")


def test_parting_two_says_that_one_leaves_what_they_share(
    animator: FlaskClient, service: MemoryService, hub: str
) -> None:
    snapshot = service.snapshot()
    partner = snapshot.ids[int(snapshot.graph.row(snapshot.index[hub])[0])]
    assert "druga wychodzi ze wszystkich" in animator.get(f"/scenarios/new?cut={hub},{partner}").text
    assert "druga wychodzi ze wszystkich" not in animator.get(f"/scenarios/new?gone={hub}").text
    assert "nie jest nowe" in animator.get(f"/scenarios/new?link={hub},{partner}").text


def test_a_mistake_in_a_form_names_its_field_and_leads_back(animator: FlaskClient) -> None:
    """By what the page calls it, and to the page as it was; from elsewhere nothing leads anywhere but here."""
    came = "/suggestions/plan?preset=quick_wins&budget=7"
    wrong = "/suggestions/plan/download/csv?who=Ola&where=&many=3"
    page = animator.get(wrong, headers={"Referer": f"http://localhost{came}"})
    assert page.status_code == 400
    assert "pole Terytorium: Do liczby rozmów potrzebne jest terytorium" in page.text
    assert f'href="{came.replace("&", "&amp;")}">Wróć do poprzedniej strony' in page.text
    post = {"a": "", "b": "", "status": "none"}
    sent = animator.post("/suggestions", data=post, headers={"Referer": "http://localhost/suggestions"}).text
    assert 'href="/suggestions">Wróć do poprzedniej strony' in sent
    foreign = ("https://example.org/x", "http://localhost//example.org/x", "http://[", "")
    for elsewhere in (*foreign, f"http://localhost{wrong}"):
        assert "Wróć do poprzedniej" not in animator.get(wrong, headers={"Referer": elsewhere}).text


def test_animators_lead_what_is_theirs_up_to_what_they_can() -> None:
    shares = (Share("Ola", "X", 1), Share("Jan", "X", 5), Share("Ewa", "Y", 1))
    quarter = Quarter(9, 2, shares)
    assert quarter.per_territory == {"X": 6, "Y": 1}
    assert quarter.leads(["X", "Y", "X", "Y"]) == ["Ola", "Ewa", "Jan", ""]


@pytest.mark.parametrize(
    "query", ["budget=0", "budget=many", "share=0", "who=a&where=x&many=-1", "who=a&where=&many=3"]
)
def test_a_plan_of_no_sense_is_refused(animator: FlaskClient, query: str) -> None:
    assert animator.get(f"/suggestions/plan?{query}").status_code == 400


def test_a_mistake_in_a_plan_leaves_what_was_written(animator: FlaskClient) -> None:
    answer = animator.get("/suggestions/plan?budget=6&share=x&who=Anna&where=&many=3")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    for name, value in (("budget", "6"), ("who", "Anna"), ("many", "3")):
        assert re.search(rf'name="{name}"[^>]* value="{value}"', answer.text), name
    assert 'id="chosen"' not in answer.text


def test_a_scenario_is_tried_kept_put_away_and_brought_back(
    animator: FlaskClient, service: MemoryService, hub: str
) -> None:
    """Taking the best connected organisation away leaves one less, and at least as many without a partner."""
    page = animator.get(f"/scenarios/new?gone={hub}").text
    effect = service.scenarios.effect(Scenario("", remove_organisations=(hub,)))
    before, after = effect.network["organisations"]
    assert before - after == 1
    assert effect.network["isolated"][1] >= effect.network["isolated"][0]
    assert effect.efficiency[1] < effect.efficiency[0]
    assert service.organisation(hub).name.split()[0] in page
    animator.post("/scenarios", data={"name": "Without the hub", "query": f"gone={hub}"})
    (id,) = service.suggested.kept
    assert "Without the hub" in animator.get("/scenarios").text
    animator.post(f"/scenarios/{id}/delete")
    assert not service.suggested.kept
    animator.post(f"/scenarios/back/{id}")
    assert list(service.suggested.kept) == [id]


def test_a_scenario_of_nothing_is_not_kept_nor_a_link_parted_that_is_none(
    animator: FlaskClient, service: MemoryService, hub: str
) -> None:
    before = dict(service.suggested.kept)
    for query in ("", "garbage", f"org={hub}"):
        answer = animator.post("/scenarios", data={"name": "Nothing", "query": query})
        assert (answer.status_code, "nic jeszcze nie zmienia" in answer.text) == (400, True)
    assert service.suggested.kept == before
    a, b = pairs(animator.get("/suggestions").text)[0]
    answer = animator.get(f"/scenarios/new?do=cut&one.key={a}&two.key={b}")
    assert (answer.status_code, "nie współpracują" in answer.text) == (400, True)
    snapshot = service.snapshot()
    partner = snapshot.ids[int(snapshot.graph.row(snapshot.index[hub])[0])]
    assert animator.get(f"/scenarios/new?do=cut&one.key={hub}&two.key={partner}").status_code == 302


def test_a_new_organisation_is_taken_out_with_its_links_and_the_others_keep_theirs(
    animator: FlaskClient, service: MemoryService, hub: str
) -> None:
    changes = Changes(link=(f"new-1,{hub}", f"new-3,{hub}", "new-2,new-3"), gone=("new-2",), new=("A", "B", "C"))
    links = [f"new-2,{hub}", "new-1,new-2"]
    assert changes.without("new", "A") == {"link": links, "gone": ["new-1"], "new": ["B", "C"]}
    page = animator.get("/scenarios/new", query_string=urlencode(replace(changes, gone=()).args, doseq=True)).text
    out = next(unescape(h) for h in re.findall(r'href="(/scenarios/new[^"]*)"', page) if "new=A" not in h)
    assert animator.get(out).status_code == 200


def test_a_new_organisation_has_a_sector_of_the_vocabulary(
    animator: FlaskClient, service: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The centre's own codes among them."""
    answer = animator.get("/scenarios/new?new=New|cluster")
    assert (answer.status_code, "„cluster” nie należy do tej listy" in answer.text) == (400, True)
    own = service.vocabulary().with_overrides({"organisation_sector": {"cluster": {"pl": "klaster"}}})
    monkeypatch.setattr(service, "vocabulary", lambda: own)
    assert animator.get("/scenarios/new?new=New|cluster").status_code == 200


def test_names_of_scenarios_reorder_no_text(animator: FlaskClient, service: MemoryService, hub: str) -> None:
    animator.post("/scenarios", data={"name": "\u202eX\x00\x07", "query": f"gone={hub}"})
    (id,) = (id for id, kept in service.suggested.kept.items() if kept.name == "X")
    animator.post(f"/scenarios/{id}/delete")
    assert "new=Y" in animator.get("/scenarios/new?do=new&name=%E2%80%AEY").location


def test_a_reason_that_can_not_be_read_is_refused(animator: FlaskClient, service: MemoryService) -> None:
    a, b = pairs(animator.get("/suggestions").text)[-1]
    before = list(service.suggested.decided)
    answer = animator.post("/suggestions", data={"a": a, "b": b, "status": "ODR", "text": "no\x00"})
    assert (answer.status_code, "U+0000" in answer.text) == (400, True)
    plan = {"pair": f"{a} {b}", f"who {a} {b}": "Ola\u202e"}
    assert animator.post("/suggestions/plan", data=plan).status_code == 400
    assert service.suggested.decided == before


def test_chosen_organisations_are_all_linked(animator: FlaskClient, service: MemoryService) -> None:
    a, b, c = service.snapshot().ids[:3]
    answer = animator.get(f"/scenarios/new?org={a}&org={b}&org={c}&do=link-all")
    assert answer.location.count("link=") == 3
    assert "org=" not in answer.location
    many = "&".join(f"org={id}" for id in service.snapshot().ids[:11])
    answer = animator.get(f"/scenarios/new?{many}&do=link-all")
    assert (answer.status_code, "nie 55" in answer.text) == (400, True)


def test_guests_fit_the_meeting_and_go_into_its_form(animator: FlaskClient) -> None:
    page = animator.get("/meetings/invite?guests=5").text
    assert len(re.findall(r'name="attended" value="[^"]+"', page)) == 5
    page = animator.get("/meetings/invite?guests=5&sector=school").text
    assert set(re.findall(r'<td><svg[^>]*data-sector="(\w+)"', page)) == {"school"}
    (scope,) = re.findall(r'name="scope" value="(\w+)"', page)
    form = animator.get(f"/records/Meeting/new?scope={scope}").text
    assert re.search(f'<option value="{scope}" selected>sektor', form)
    none = animator.get("/meetings/invite?guests=5&theme=nothing")
    assert (none.status_code, 'class="nothing"' in none.text) == (200, True)


def test_members_that_would_complete_a_partnership_are_not_in_it(animator: FlaskClient, service: MemoryService) -> None:
    record = next(p for p in service.partnerships.values() if len(p.members) > 2)
    page = animator.get(f"/partnerships/{record.id}/complete").text
    main = page.split('<ol class="plain ranked">')[1].split("</ol>")[0]
    assert not any(f"/organisations/{m.id}" in re.findall(r"<h2.*?</h2>", main, re.S)[0] for m in record.members)


def test_who_left_a_partnership_is_no_member_who_is_to_join_is_not_asked_and_one_that_is_over_is_not_added_to(
    app: Any, service: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = max(service.partnerships.values(), key=lambda p: len(p.members))
    stay, left, comes = record.members[:3]
    client, past, future = signed_in(app, "coordinator"), date(2012, 1, 1), date(2999, 1, 1)
    members = (stay, left.model_copy(update={"until": past}), comes.model_copy(update={"since": future}))
    for ends_on in (None, date(2014, 1, 1)):
        new = record.model_copy(update={"members": members, "ends_on": ends_on})
        monkeypatch.setitem(service.partnerships, record.id, new)
        page = client.get(f"/partnerships/{record.id}/complete").text
        assert "partnerstwo 1 członka" in page
        assert f"/organisations/{comes.id}" not in "".join(re.findall(r"<h2.*?</h2>", page, re.S))
        over = "Zakończyło się 1 stycznia 2014" in page
        assert over == bool(ends_on) != ("Dodaj do partnerstwa" in page)


def test_who_is_to_begin_a_planned_partnership_counts_as_its_members(
    app: Any, service: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, future = max(service.partnerships.values(), key=lambda p: len(p.members)), date(2999, 1, 1)
    planned = tuple(m.model_copy(update={"since": future}) for m in record.members[:2])
    new = record.model_copy(update={"members": planned, "starts_on": future, "ends_on": None})
    monkeypatch.setitem(service.partnerships, record.id, new)
    page = signed_in(app, "coordinator").get(f"/partnerships/{record.id}/complete").text
    assert "partnerstwo 2 członków" in page
    assert '<ol class="plain ranked">' in page


def test_what_is_closed_is_over_also_where_no_day_is_known(
    app: Any, service: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, client = max(service.partnerships.values(), key=lambda p: len(p.members)), signed_in(app, "coordinator")
    for phase, said in (("F4", "– trwa"), ("FZ", "– zakończone")):
        new = record.model_copy(update={"phase": phase, "ends_on": None})
        monkeypatch.setitem(service.partnerships, record.id, new)
        assert said in client.get(f"/partnerships/{record.id}").text
        page = client.get(f"/partnerships/{record.id}/complete").text
        assert ("Już się zakończyło" in page, "Dodaj do partnerstwa" in page) == (phase == "FZ", phase != "FZ")


@pytest.mark.parametrize(("path", "there"), [("", "#found li[data-pair]"), ("/plan", "#chosen")])
def test_what_is_still_worked_out_comes_by_itself(
    page: Page, animator: FlaskClient, service: MemoryService, path: str, there: str
) -> None:
    service.working, service.polled = True, False
    try:
        animator.get(f"/suggestions{path}")
        assert not service.polled  # by who opens it; only by the page that waits
        page.goto(f"/suggestions{path}")
        expect(page.locator("[data-later]")).to_contain_text("właśnie powstają")
        expect(page.locator(there)).to_have_count(0)
        page.wait_for_event("requestfinished", lambda request: request.resource_type == "fetch")
    finally:
        service.working = False
    expect(page.locator(there).first).to_be_visible()
    assert service.polled  # the work must not stand still for it


def test_what_is_still_learnt_is_not_called_too_little(animator: FlaskClient, service: MemoryService) -> None:
    still, short = "Program dopiero uczy się z historii tej sieci", "Własna historia jest za krótka"
    service.untaught = True
    try:
        learning = animator.get("/suggestions").text
    finally:
        service.untaught = False
    assert (still in learning, short in learning, 'data-later="around"' in learning) == (True, False, True)
    learnt = animator.get("/suggestions").text
    assert (still in learnt, short in learnt, 'data-later="around"' in learnt) == (False, True, False)


def test_what_no_pair_would_bring_is_said(animator: FlaskClient) -> None:
    """The Danish network has neither needs nor social economy entities."""
    lacking = re.compile(r'id="lacking">([^<]*)</p>')
    (said,) = lacking.findall(animator.get("/suggestions?preset=fill_service_gaps").text)
    assert said.split("kolejności: ")[1] == "Zaspokojone potrzeby, Pokryte białe plamy."
    assert not lacking.findall(animator.get("/suggestions?preset=quick_wins").text)


def test_a_list_of_before_stays_until_the_new_one_is_there_and_nobody_reads_in_it(
    page: Page, service: MemoryService
) -> None:
    service.anew = True
    try:
        page.goto("/suggestions")
        expect(page.locator("#later")).to_contain_text("sprzed ostatniej zmiany")
        expect(page.locator("#found li[data-pair]")).not_to_have_count(0)
        page.locator("#found .proof summary").first.click()
    finally:
        service.anew = False
    with page.expect_response("**/suggestions"):
        pass  # it has asked, and been told that the new list is there
    expect(page.locator("#later")).to_be_visible()
    page.locator("#found .proof summary").first.click()
    page.evaluate("document.activeElement.blur()")
    expect(page.locator("#later")).to_have_count(0)


def test_a_new_list_leaves_alone_what_is_beside_it(page: Page, service: MemoryService) -> None:
    """What was said can be taken back, and what is ticked, open and in focus stays so."""
    page.goto("/suggestions")
    page.locator("#found button[value=ignore]").first.click()
    page.wait_for_selector("[data-saved]")
    service.anew = True
    try:
        page.reload()
        page.goto("/suggestions?preset=quick_wins")
        page.locator("#found button[value=ignore]").first.click()
        expect(page.locator("#later")).to_contain_text("sprzed ostatniej zmiany")
        page.locator("details.facet summary").first.click()
        page.locator("input[name=sector]").first.check()
    finally:
        service.anew = False
    expect(page.locator("#later")).to_have_count(0)
    expect(page.locator("input[name=sector]").first).to_be_checked()
    expect(page.locator("input[name=sector]").first).to_be_focused()
    page.locator("[data-saved] button").click()
    expect(page.locator("main")).to_contain_text("Cofnięto")


def test_an_organisation_s_page_does_not_wait_for_its_suggestions(page: Page, service: MemoryService, hub: str) -> None:
    service.working = True
    try:
        page.goto(f"/organisations/{hub}")
        expect(page.locator("#whom")).to_contain_text("właśnie powstają")
    finally:
        service.working = False
    expect(page.locator("#whom li").first).to_be_visible()


def test_sliders_reorder_at_once_and_the_address_follows(page: Page) -> None:
    page.goto("/suggestions")
    page.wait_for_selector("[data-weigh][data-at-hand]")
    before = page.locator("#found li[data-pair]").first.get_attribute("data-pair")
    page.evaluate(
        "() => { const s = document.querySelector('#weight-reach');"
        "document.querySelectorAll('.weights input').forEach(o => { o.value = o === s ? 3 : 0; });"
        "s.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    at_once = page.locator("#found li[data-pair]").first.get_attribute("data-pair")
    assert at_once != before
    page.wait_for_url("**/suggestions?likelihood=0&reach=3")
    expect(page.locator("#found .waiting")).to_have_count(0)
    assert page.locator("#found li[data-pair]").first.get_attribute("data-pair") == at_once


def test_presets_set_the_sliders(page: Page) -> None:
    page.goto("/suggestions")
    page.wait_for_selector("[data-weigh][data-at-hand]")
    page.click("[data-preset=business_outreach]")
    assert page.input_value("#weight-pes_business") == "3"
    page.wait_for_url("**/suggestions?preset=business_outreach")


@pytest.mark.parametrize(("day", "said"), [("", "Wybierz dzień"), ("31.12.2010", "nie jest datą")])
def test_a_test_needs_its_day(animator: FlaskClient, day: str, said: str) -> None:
    answer = animator.post("/suggestions/evaluation", data={"split": day})
    assert answer.status_code == 400
    assert said in answer.text


def test_a_suggestion_says_what_the_link_would_change(animator: FlaskClient) -> None:
    text = animator.get("/suggestions").text
    assert text.count("Dzięki powiązaniu efektywność sieci") == 10
    assert "oszacowano" not in text
    assert re.search(r"\d+ (para|pary|par) organizacji znajd", text)


def test_who_says_where_they_work_is_offered_in_suggestions_and_plans(app: Any, service: MemoryService) -> None:
    client = signed_in(app, "coordinator")
    code = facets(service.snapshot()).territories[0].value
    assert client.post("/account/territory", data={"territory": "nowhere"}).status_code == 400
    assert client.post("/account/territory", data={"territory": code}).status_code == 302
    try:
        assert f'<option value="{code}" selected>' in client.get("/account").text
        assert f'<option value="{code}">Coordinator: ' in client.get("/suggestions").text
        assert 'name="who" list="people" maxlength="100" value="Coordinator"' in client.get("/suggestions/plan").text
    finally:
        client.post("/account/territory", data={"territory": ""})


def test_what_the_noes_have_taught_is_said(app: Any, service: MemoryService, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three pairs found each other too far apart, and one said that it is asked too often."""
    network, today = service.network, date.today()
    known = np.flatnonzero(~np.isnan(Attributes(network).place[:, 0]))[:6].tolist()
    far = [(known[k], known[k + 1], "DAL") for k in (0, 2, 4)]
    said = [
        {"a": a, "b": b, "status": "ODR", "reason": reason, "on": today}
        for a, b, reason in [*far, (known[0], known[2], "OBC")]
    ]
    monkeypatch.setattr(service, "network", replace(network, outreach=table("outreach", said)))
    monkeypatch.setattr(service, "cache", Cache(200))
    service.suggested.note([(service.snapshot().ids[0], service.snapshot().ids[1])], "ola", today)
    page = signed_in(app, "reader").get("/suggestions/past").text
    assert re.search(r"pary odległe o \d+ km lub więcej są niżej na liście", page)
    assert page.count("albo druga strona zgłosiła, że jest zbyt często proszona o rozmowy") == 2
