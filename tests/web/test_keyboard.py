"""By keyboard alone: find five businesses that could partner with a social cooperative, and start talking to two."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from graphsvc.config import Settings
from graphsvc.model.accounts import Account
from graphsvc.service import Service
from graphsvc.service.demo import load_demo
from graphsvc.store.driver import Store
from tests.conftest import EMPTY
from tests.web.conftest import window_of

COOPERATIVE = "Spółdzielnia Socjalna „Otwarty Szlak”"
FOCUSED = """() => { const e = document.activeElement;
  return (e.getAttribute('aria-label') || e.textContent || '').replace(/\\s+/g, ' ').trim(); }"""
SEEN = """() => { const s = getComputedStyle(document.activeElement);
  return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }"""
MOST = 150


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says the words; the focus is seen all the way."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        said = page.evaluate(FOCUSED)
        if said:
            assert page.evaluate(SEEN), said
        if words in said:
            return
    raise AssertionError(f"{words} can't be reached with Tab on {page.url}")


def walk(page: Page, saw: Callable[[str], Any]) -> list[str]:
    """The whole way from the first page on; ``saw`` is told each step. Gives the names of the businesses found."""
    page.keyboard.press("/")
    page.keyboard.type("otwarty szlak")
    page.wait_for_selector("#quick-hits[data-of='otwarty szlak'] li")
    saw("1 search")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organisations/*")
    saw("2 the cooperative")
    tab_to(page, "Partnerzy z biznesu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suggestions?*")
    page.wait_for_selector(".suggestion [data-sector=business]")
    saw("3 businesses")
    found = page.locator(".suggestion .pair").all_inner_texts()
    for turn in range(2):
        tab_to(page, "Rozpocznij rozmowę")
        saw(f"{4 + 3 * turn} at the button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_selector("[data-saved]")
        saw(f"{5 + 3 * turn} the conversation is noted")
        tab_to(page, "Zapisz")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_selector(".suggestion [data-sector=business]")
        saw(f"{6 + 3 * turn} back among the businesses")
    return found


@pytest.fixture(scope="module")
def service(shared_store: Store, neo4j_server: Settings) -> Iterator[Service]:
    """The made-up region."""
    with shared_store.session() as session:
        session.run(EMPTY).consume()
    made = Service(shared_store, neo4j_server)
    load_demo(made, "region")
    made.learn(lambda: None)
    made.warm()
    while not made.worked_out():  # a page that waits for it is opened anew under one's hands
        time.sleep(0.1)
    yield made
    made.close()


@pytest.fixture(scope="module")
def window(service: Service, browser: Browser) -> Iterator[Page]:
    """The business outreach officer, signed in by a one-time address."""
    with window_of(browser, service, Account("keys", "ewa@example.org", "Ewa", "outreach")) as page:
        yield page


def test_five_businesses_are_found_and_two_conversations_begun(window: Page, service: Service) -> None:
    before = service.records.counts().get("Outreach", 0)
    found = walk(window, lambda step: None)
    assert len(found) >= 5
    assert all(COOPERATIVE in pair for pair in found)
    assert service.records.counts()["Outreach"] == before + 2


def test_a_conversation_taken_back_leads_to_where_it_was_started(window: Page) -> None:
    best = window.request.get("/api/organisations?sort=-partners").json()["rows"][0]["id"]
    window.goto(f"/organisations/{best}")
    window.locator("#whom form button").first.click()
    window.locator("[data-saved] button").click()
    window.wait_for_url(f"**/organisations/{best}")
    assert "Cofnięto." in window.inner_text("main")
