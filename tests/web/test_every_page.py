"""Every page over the made-up region: no violation in light and dark, no sideways scrolling, at any width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from graphsvc.model.accounts import Account
from graphsvc.service import Service
from tests.web.conftest import window_of
from tests.web.every_page import PAGES, places
from tests.web.test_accessibility import violations
from tests.web.test_keyboard import service  # noqa: F401 a fixture

CUT = """[...document.querySelectorAll('.scroll:has(> .stacks)')].filter((e) => e.scrollWidth > e.clientWidth)
  .map((e) => e.innerText.slice(0, 80))"""
"""Tables whose rows are paragraphs and yet are wider than the screen."""


@pytest.fixture(scope="module")
def window(service: Service, browser: Browser) -> Iterator[Page]:  # noqa: F811
    """An administrator, signed in by a one-time address."""
    with window_of(browser, service, Account("all", "all@example.org", "Ola", "admin")) as page:
        yield page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_suits_everyone(window: Page, path: str) -> None:
    window.set_viewport_size({"width": 1280, "height": 900})
    window.emulate_media(color_scheme="light")
    window.goto(path.format(**places(lambda p: window.request.get(p).json())), wait_until="networkidle")
    assert violations(window) == []
    assert window.locator(".scroll:not([tabindex])").count() == 0  # Safari scrolls by keyboard only what has the focus
    window.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (640, 320):
        window.set_viewport_size({"width": width, "height": 640})
        wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, width
        assert not window.evaluate(CUT), width
    window.emulate_media(color_scheme="dark")
    assert violations(window) == []
