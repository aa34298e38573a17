"""Networks that no designer drew, in a real browser: odd names, one organisation, five thousand partners."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from graphsvc_web import signing
from playwright.sync_api import Browser, Page

from graphsvc.model.network import Network
from graphsvc.model.organisations import Organisation
from graphsvc.render.look import clean
from tests.web.conftest import PATIENCE, served
from tests.web.memory import MemoryService
from tests.web.test_accessibility import violations
from tests.web.test_view import network

ODD = ["👩‍🌾 Zagroda", "שלום Żuraw", "ż" * 300, "<img src=x onerror=alert(1)>", "\u202eabc\u202c"]
PAGES = (
    "/", "/network?level=organisations", "/network?level=organisations&table=ties", "/network/dates",
    "/organisations/o0",
    "/organisations/o2", "/network/path?only=o0&only=o4", "/search?q=z", "/measures", "/measures/roles", "/map",
)  # fmt: skip


@contextmanager
def opened(browser: Browser, made: Network) -> Iterator[Page]:
    """A page 320 pixels wide over a network, signed in; nothing may go wrong in its scripts."""
    service = MemoryService(made)
    service.organisations = {
        o["id"]: Organisation(id=o["id"], name=clean(o["name"]), sector="ngo") for o in made.organisations.to_pylist()
    }
    service.add_accounts("")
    token = signing.one_time_token(service.accounts, service.accounts.kept["admin"])
    with served(service) as address:
        context = browser.new_context(base_url=address, viewport={"width": 320, "height": 640})
        context.set_default_timeout(PATIENCE)
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(f"/sign-in/{token}")
        yield page
        context.close()
        assert wrong == []


def problems(page: Page, path: str) -> list[object]:
    """What is wrong with a page once it is drawn: violations, sideways scrolling."""
    page.goto(path, wait_until="networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [(path, found) for found in [*violations(page), *([f"{wide} px too wide"] if wide > 0 else [])]]


def test_odd_names_break_no_page(browser: Browser) -> None:
    with opened(browser, network(ODD, (0, 1, 2), (2, 3), (3, 4), (3, 4))) as page:
        assert [found for path in PAGES for found in problems(page, path)] == []


@pytest.mark.parametrize("path", ["/", "/network", "/network/dates", "/organisations/o0", "/measures", "/map"])
def test_one_organisation_is_a_network(browser: Browser, path: str) -> None:
    with opened(browser, network(["Sama"])) as page:
        assert problems(page, path) == []


def test_a_hub_of_five_thousand_shows_its_closest_and_says_so(browser: Browser) -> None:
    count = 5000
    names = ["Węzeł", *(f"Organizacja {i}" for i in range(count))]
    with opened(browser, network(names, *((0, i + 1) for i in range(count)))) as page:
        assert problems(page, "/organisations/o0") == []
        assert "z 5" in (page.text_content("[data-status]") or "")
        assert problems(page, "/network?level=organisations&table=organisations&page=999") == []
        assert "Strona 201 z 201" in (page.text_content(".pager") or "")


@pytest.mark.parametrize("path", ["/", "/organisations/o0"])
def test_where_all_work_together_a_press_says_why_nothing_is_suggested(browser: Browser, path: str) -> None:
    with opened(browser, network(["A", "B", "C", "D"], (0, 1, 2, 3))) as page:
        assert problems(page, path) == []
        page.get_by_role("link", name="Zobacz dlaczego").click()
        assert "już" in (page.text_content("#found .nothing") or "")
