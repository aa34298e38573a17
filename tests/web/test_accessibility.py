"""Each page by axe-core, light and dark, and at 320 pixels (1280 at 400 %)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.memory import MemoryService

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PAGES = (
    "/", "/network", "/network?level=organisations", "/network?level=territories", "/network?q=zzzzzz",
    "/organisations/{id}", "/partnerships/{partnership}", "/suggestions", "/measures", "/search?q=aalborg",
    "/import", "/accounts", "/account", "/help", "/accessibility", "/api/", "/organisations/nope", "/map", "/views", "/jobs",
)  # fmt: skip


def violations(page: Page) -> list[str]:
    """What axe-core objects to, in short."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.map("
        "v => `${v.id}: ${v.nodes.map(n => n.target).join(', ')}`))",
        RULES,
    )
    return found


def path_of(path: str, service: MemoryService) -> str:
    snapshot = service.snapshot()
    best = max(range(snapshot.graph.rows), key=lambda i: len(snapshot.graph.row(i)))
    return path.format(id=snapshot.ids[best], partnership=next(iter(service.partnerships)))


@pytest.mark.parametrize("path", PAGES)
def test_no_violation_and_no_sideways_scrolling(page: Page, service: MemoryService, path: str) -> None:
    page.goto(path_of(path, service), wait_until="networkidle")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_the_sign_in_page_too(browser: object, address: str) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(f"{address}/sign-in")
    assert violations(page) == []
    page.close()
