"""Every page over the made-up region: no violation in light and dark, no sideways scrolling, at any width."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from graphsvc_web import create_app, signing
from playwright.sync_api import Browser, Page
from waitress import create_server

from graphsvc.model.accounts import Account
from graphsvc.service import Service
from tests.web.conftest import PATIENCE
from tests.web.every_page import PAGES, places
from tests.web.test_accessibility import violations
from tests.web.test_keyboard import service  # noqa: F401 a fixture


@pytest.fixture(scope="module")
def window(service: Service, browser: Browser) -> Iterator[Page]:  # noqa: F811
    """An administrator, signed in by a one-time address."""
    service.accounts.save(Account("all", "all@example.org", "Ola", "admin"))
    token = signing.one_time_token(service.accounts, service.accounts.by_id("all"))  # type: ignore[arg-type]
    server = create_server(create_app(service, limits=False), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.effective_port}")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/sign-in/{token}")
    yield page
    context.close()
    server.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_suits_everyone(window: Page, path: str) -> None:
    window.set_viewport_size({"width": 1280, "height": 900})
    window.emulate_media(color_scheme="light")
    window.goto(path.format(**places(lambda p: window.request.get(p).json())), wait_until="networkidle")
    assert violations(window) == []
    window.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (640, 320):
        window.set_viewport_size({"width": width, "height": 640})
        wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, width
    window.emulate_media(color_scheme="dark")
    assert violations(window) == []
