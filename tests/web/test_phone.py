"""On a phone: what is only so on a narrow screen."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.web.test_canvas import drawn


def test_what_can_be_done_with_the_chosen_is_one_line_at_the_bottom(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    drawn(page, "/network?level=organisations")
    bar = page.locator("#selection")
    assert bar.is_hidden()
    page.locator("[data-pick-row]").nth(2).check()
    box = bar.bounding_box()
    assert box
    assert box["y"] + box["height"] == 740
    assert box["height"] < 60
    bar.locator("[data-do=hide]").click()
    assert page.locator("#table tbody tr").nth(2).locator(".tag").is_visible()
    assert bar.is_hidden()
