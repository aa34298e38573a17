"""On a phone: what is only so on a narrow screen."""

from __future__ import annotations

from playwright.sync_api import Page, expect

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


def test_filters_fold_when_one_zooms_in_but_not_under_the_focus(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/network")
    assert page.is_visible("#filter-q")
    page.focus("#filter-q")
    page.set_viewport_size({"width": 640, "height": 450})
    page.wait_for_timeout(200)
    assert page.is_visible("#filter-q")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.focus("#quick")
    page.set_viewport_size({"width": 640, "height": 450})
    page.wait_for_selector("#filter-q", state="hidden")


def test_a_suggestion_says_all_its_reasons_and_who_could_introduce_them(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/suggestions")
    card = page.locator(".suggestion:has(.reasons > li:nth-child(3))").first
    reasons = card.locator(".reasons > li")
    assert [reasons.nth(k).is_visible() for k in range(reasons.count())] == [True] * reasons.count()
    page.goto("/suggestions?preset=quick_wins")
    expect(page.get_by_text("Kto mógłby je poznać ze sobą:").first).to_be_visible()


def test_long_options_widen_no_page(page: Page) -> None:
    page.goto("/map")
    assert page.locator("select").first.evaluate("(e) => getComputedStyle(e).contain") == "paint"  # Safari needs it


def test_a_change_or_an_interval_stands_behind_its_number_and_not_before_the_next_column(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    best = page.request.get("/api/organisations?sort=-partners").json()["rows"][0]["id"]
    page.goto(f"/scenarios/new?gone={best}")
    page.fill("#scenario-name", "Without the hub")
    page.get_by_role("button", name="Zachowaj scenariusz").click()
    change = page.locator("table.stacks td.number > .muted").first
    before, after = (change.evaluate(f"(e) => getComputedStyle(e, '::{end}').content") for end in ("before", "after"))
    assert (before, after) == ('" ("', '")"')
    assert change.evaluate("(e) => getComputedStyle(e.previousElementSibling).display") == "none"
    page.get_by_role("button", name="Usuń").first.click()


def test_the_many_numbers_of_a_row_stand_below_each_other(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/measures/trends")
    page.evaluate("document.querySelector('table.stacks').classList.add('wraps')")  # as the evaluation's tables
    lefts = page.eval_on_selector_all(
        "tbody tr:first-child > *", "cells => cells.map((cell) => cell.getBoundingClientRect().x)"
    )
    assert len(lefts) > 4
    assert len(set(lefts)) == 1


def test_what_an_import_would_refuse_is_read_without_a_box_and_says_where_it_is_cut(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    rows = "".join(f"P;Fundacja {i};{'organizacja ' * 20 if i % 2 else 'y' * 200}\n" for i in range(20))
    file = {"name": "t.csv", "mimeType": "text/csv", "buffer": f"Partnerstwo;Organizacja;Sektor\n{rows}".encode()}
    page.goto("/import")
    page.set_input_files("#file", file)  # type: ignore[arg-type]
    page.select_option("#profile", "partnerstwa")
    page.get_by_role("button", name="Sprawdź plik").click()
    box = page.locator(".scroll:has(td)")
    assert [len(value) for value in box.locator("bdi").all_inner_texts()] == [80] * 20
    assert {value[-1] for value in box.locator("bdi").all_inner_texts()} == {"…"}
    tall = "(e) => [e.scrollHeight - e.clientHeight, document.documentElement.scrollWidth]"
    page.get_by_role("button", name="Pokaż wszystkie wiersze (20)").click()
    assert box.evaluate(tall) == [0, 390]
