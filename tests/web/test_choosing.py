"""What pages choose among all suggestions, and what keys, sliders and second thoughts do to them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import signed_in
from tests.web.memory import MemoryService
from tests.web.test_suggestions import pairs


@pytest.fixture
def animator(app: Any) -> FlaskClient:
    return signed_in(app, "animator")


def fetched(route: Route) -> bool:
    return route.request.resource_type == "fetch"


def test_the_best_of_a_filter_are_found_where_none_is_among_the_best_of_all(
    animator: FlaskClient, service: MemoryService
) -> None:
    """Between two NGOs, and of the hub with businesses alone."""
    sectors = dict(zip(service.snapshot().ids, service.network.organisations["sector"].to_pylist(), strict=True))
    found = (animator.get("/api/suggestions?sector=ngo&limit=5").json or {})["suggestions"]
    assert len(found) == 5
    assert {sectors[s[end]] for s in found for end in "ab"} == {"ngo"}
    who = found[0]["a"]  # the filter is about the others
    of_one = f"/api/suggestions?for_organisation={who}&sector=business&limit=20"
    found = (animator.get(of_one).json or {})["suggestions"]
    assert len(found) == 20
    assert {s["a"] for s in found} == {who}
    assert {sectors[s["b"]] for s in found} == {"business"}
    assert (animator.get(f"{of_one}&day=2010-01-01").json or {})["suggestions"] == []


def test_what_was_ignored_leaves_the_page_of_its_organisation(animator: FlaskClient, service: MemoryService) -> None:
    a, b = pairs(animator.get("/suggestions?preset=quick_wins").text)[0]

    def others() -> list[str]:
        found = (animator.get(f"/api/suggestions?for_organisation={a}&limit=6").json or {})["suggestions"]
        return [s["b"] for s in found]

    before = others()
    assert b in before
    animator.post("/suggestions", data={"a": a, "b": b, "status": "ignore"})
    animator.post("/suggestions", data={"a": a, "b": b, "status": "ignore"})
    try:
        assert [other for other in before if other != b] == others()[:5]
        shown = animator.get(f"/organisations/{a}").text
        assert b not in re.findall(r"/suggestions/pair\?[^\"]*", shown.partition('id="suggestions"')[2])
    finally:
        service.suggested.seen.pop((min(a, b), max(a, b)))


def test_nothing_is_worked_out_in_a_page(animator: FlaskClient, service: MemoryService) -> None:
    service.working = True
    try:
        assert (animator.get("/suggestions/pool").json or {})["links"] == []
        for path in ("/suggestions/download/csv?preset=quick_wins", "/suggestions/plan/download/csv?budget=3"):
            answer = animator.get(path)
            assert (answer.status_code, urlsplit(answer.location).path) in {
                (302, "/suggestions"),
                (302, "/suggestions/plan"),
            }
            assert parse_qs(urlsplit(answer.location).query)
        assert (animator.get("/api/suggestions").json or {})["suggestions"] == []
    finally:
        service.working = False


def test_two_are_not_in_two_conversations(animator: FlaskClient, service: MemoryService) -> None:
    a, b = pairs(animator.get("/suggestions").text)[0]
    before = len(service.suggested.decided)
    answer = animator.post("/suggestions/plan", data={"pair": [f"{a} {b}", f"{b} {a}"]})
    assert answer.status_code == 400
    assert "Niczego nie zapisano" in answer.text
    assert len(service.suggested.decided) == before


def test_enter_in_their_words_decides_nothing(page: Page, service: MemoryService) -> None:
    page.goto("/suggestions")
    before = len(service.suggested.decided)
    form = page.locator("form.decide:has([value=ODR])").first
    form.locator("summary").click()
    form.locator("[name=text]").fill("Nie chcą")
    for field in ("text", "until", "reason"):
        form.locator(f"[name={field}]").press("Enter")
    page.locator("#weight-efficiency").fill("0.5")  # the list is made anew
    expect(page.locator("#to-plan")).to_have_attribute("href", re.compile("efficiency=0.5"))
    expect(form.locator("[name=text]")).to_have_value("Nie chcą")
    expect(form.locator("[name=text]")).to_be_visible()
    assert len(service.suggested.decided) == before
    form.locator("[value=ODR]").press("Enter")
    page.wait_for_selector("[data-saved]")
    (new,) = service.suggested.decided[before:]
    assert (new.status, new.text) == ("ODR", "Nie chcą")
    service.suggested.decided.remove(new)


def test_a_late_answer_leaves_the_focus_to_who_writes(page: Page) -> None:
    held: list[Route] = []
    page.route("**/suggestions?*", lambda route: held.append(route) if fetched(route) else route.continue_())
    page.goto("/suggestions")
    page.wait_for_selector("[data-weigh][data-at-hand]")
    page.locator("#weight-efficiency").fill("0.5")
    page.wait_for_url("**efficiency=0.5*")
    form = page.locator("li:not(.waiting) form.decide:has([value=ODR])").first
    form.locator("summary").click()
    form.locator("[name=text]").press_sequentially("Nie ")
    with page.expect_response("**/suggestions?*"):
        held[0].continue_()
    page.keyboard.type("chcą")
    expect(form.locator("[name=text]")).to_have_value("Nie chcą")
    expect(page.locator("#to-plan")).not_to_have_attribute("href", re.compile("efficiency"))
    page.focus("#quick")
    expect(page.locator("#to-plan")).to_have_attribute("href", re.compile("efficiency=0.5"))
    expect(page.locator("#quick")).to_have_value("")


def test_a_list_that_does_not_come_is_told_and_asked_for_again(page: Page) -> None:
    page.goto("/suggestions")
    page.wait_for_selector("[data-weigh][data-at-hand]")
    page.route("**/suggestions?*", lambda route: route.fulfill(status=429), times=1)
    page.locator("#weight-efficiency").fill("3")
    expect(page.locator("#unanswered")).to_be_visible()
    expect(page.locator("#unanswered")).to_be_hidden()
    expect(page.locator("#found .waiting")).to_have_count(0)


def test_sliders_weigh_at_once_only_what_the_fields_ask_for(page: Page) -> None:
    page.goto("/suggestions")
    page.wait_for_selector("[data-weigh][data-at-hand]")
    place = page.locator("#territory option").nth(1).get_attribute("value")
    page.select_option("#territory", place)
    with page.expect_response("**/suggestions/pool?*") as pool:
        page.locator("#weight-efficiency").fill("3")
    links = {f"{link[0]} {link[1]}" for link in pool.value.json()["links"]}
    expect(page.locator("#to-plan")).to_have_attribute("href", re.compile("efficiency=3"))
    page.wait_for_selector("[data-weigh][data-at-hand]")
    at_once = page.evaluate(
        "() => { const s = document.querySelector('#weight-reach'); s.value = 3;"
        "s.dispatchEvent(new Event('input', {bubbles: true}));"
        "return [...document.querySelectorAll('#found li[data-pair]')].map((li) => li.dataset.pair); }"
    )
    assert at_once
    assert set(at_once) <= links


def test_another_language_keeps_what_the_sliders_say(page: Page) -> None:
    page.goto("/suggestions?sector=business")
    page.locator("#weight-efficiency").fill("3")
    page.wait_for_url("**efficiency=3*")
    with page.expect_navigation():
        page.click("button[name=language]")
    assert ("efficiency=3" in page.url, page.input_value("#weight-efficiency")) == (True, "3")
    assert page.get_attribute("#weight-efficiency", "value") == "3"  # Firefox sends what stands there


def test_the_way_to_a_plan_follows_the_sliders(page: Page) -> None:
    page.goto("/suggestions?sector=business")
    page.locator("#weight-efficiency").fill("3")
    expect(page.locator("#to-plan")).to_have_attribute("href", re.compile("efficiency=3"))
    expect(page.locator("#clear")).to_have_attribute("href", re.compile("efficiency=3"))
