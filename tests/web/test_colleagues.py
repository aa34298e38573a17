"""Two people in two browsers: a group that one keeps is shown to the other, and shown no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import PASSWORD, PATIENCE
from tests.web.memory import MemoryService, MemoryViews
from tests.web.test_accessibility import violations


def entered(browser: Browser, address: str, role: str) -> Page:
    """The first page of someone with a role."""
    context = browser.new_context(base_url=address)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#email", f"{role}@example.org")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    return page


@pytest.fixture
def two(browser: Browser, address: str, service: MemoryService) -> Iterator[tuple[Page, Page]]:
    """The animator and the reader."""
    service.views = MemoryViews()
    pages = entered(browser, address, "animator"), entered(browser, address, "reader")
    yield pages
    for page in pages:
        page.context.close()


def test_a_group_is_kept_and_shown_to_a_colleague_and_no_more(two: tuple[Page, Page]) -> None:
    animator, reader = two
    animator.goto("/network?level=organisations")
    boxes = animator.locator("[data-pick-row]")
    for n in range(3):
        boxes.nth(n).check()
    animator.get_by_role("button", name="Zachowaj jako grupę").click()
    expect(animator.locator("main .list li")).to_have_count(3)
    assert violations(animator) == []
    animator.fill("#name", "Trójka do rozmowy")
    animator.get_by_role("button", name="Zachowaj grupę").click()
    animator.wait_for_selector(".notice")
    expect(animator.locator("tbody tr")).to_have_count(3)

    animator.goto("/views")
    assert "grupa 3 organizacji" in animator.inner_text("main")
    animator.get_by_text("Pokaż współpracownikom").click()
    animator.get_by_label("Reader").check()
    animator.get_by_role("button", name="Zapisz").click()
    animator.wait_for_selector("text=Widzą go współpracownicy: Reader.")
    assert violations(animator) == []

    reader.goto("/views")
    assert violations(reader) == []
    link = reader.get_by_role("link", name="Trójka do rozmowy")
    address = link.get_attribute("href")
    link.click()
    reader.wait_for_selector("tbody tr")
    expect(reader.locator("tbody tr")).to_have_count(3)

    animator.get_by_role("button", name="Nie pokazuj nikomu: Trójka do rozmowy").click()
    animator.wait_for_selector("text=Zmieniono, kto widzi")
    assert reader.goto(str(address)).status == 403  # type: ignore[union-attr]
    assert "Nie masz dostępu do tego widoku" in reader.inner_text("main")
    assert violations(reader) == []
    animator.get_by_role("button", name="Cofnij").click()
    animator.wait_for_selector("text=Widzą go współpracownicy: Reader.")
    assert reader.goto(str(address)).status == 200  # type: ignore[union-attr]
