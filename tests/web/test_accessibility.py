"""Each page by axe-core, light and dark, and at 640 and 320 pixels (1280 at 200 and 400 %)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.memory import MemoryService

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PAGES = (
    "/", "/network", "/network?level=organisations", "/network?level=territories", "/network?q=zzzzzz",
    "/organisations/{id}", "/partnerships/{partnership}", "/suggestions", "/suggestions?organisation={id}",
    "/suggestions?sector=nothing", "/suggestions/past", "/suggestions/plan", "/suggestions/evaluation", "/scenarios",
    "/scenarios/new?gone={id}", "/partnerships/{partnership}/complete", "/meetings/invite?guests=5",
    "/measures", "/search?q=aalborg", "/import", "/accounts", "/account", "/help", "/accessibility", "/api/",
    "/organisations/nope", "/map", "/views", "/jobs", "/measures/roles",
    "/measures/gaps", "/measures/robustness", "/measures/trends", "/measures/change", "/network/dates",
    "/network/path?only={id}&only={other}",
    "/network?only={id}&only={other}",
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
    other = snapshot.ids[snapshot.graph.row(best)[0]]
    return path.format(id=snapshot.ids[best], other=other, partnership=next(iter(service.partnerships)))


@pytest.mark.parametrize("path", PAGES)
def test_no_violation_and_no_sideways_scrolling(page: Page, service: MemoryService, path: str) -> None:
    page.goto(path_of(path, service), wait_until="networkidle")
    assert faults(page) == []


def faults(page: Page) -> list[str]:
    """What axe-core objects to in light and in dark colours, and widths at which the page scrolls sideways."""
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += violations(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{width} px")
    return found


def test_the_choice_of_columns_too(page: Page) -> None:
    rows = f"{'Bardzo długi nagłówek ' * 5};Kto;\nDla seniorów;{'organizacja' * 20};x\n"
    page.goto("/import")
    file = {"name": "t.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.set_input_files("#file", file)  # type: ignore[arg-type]
    page.select_option("#profile", "")
    page.get_by_role("button", name="Sprawdź plik").click()
    page.wait_for_url("**/import/columns?key=*")
    assert faults(page) == []
    page.get_by_role("button", name="Sprawdź plik").click()
    expect(page.locator("#problems")).to_be_focused()
    assert faults(page) == []


def test_the_sign_in_page_too(browser: object, address: str) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(f"{address}/sign-in")
    assert violations(page) == []
    page.close()
