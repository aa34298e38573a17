"""What one does to a picture is taken back step by step, and stays from year to year."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient
from graphsvc_web import groups
from graphsvc_web.address import View
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.datastructures import MultiDict

from tests.web.conftest import told
from tests.web.memory import MemoryService
from tests.web.test_canvas import aalborg, chosen, drawn

YEAR = "/network?level=organisations&year=2012"


def saved(page: Page, at: int = 0) -> str:
    """The picture as SVG text: just what is seen."""
    with page.expect_download() as svg:
        page.locator("[data-do=svg]").nth(at).click()
    return svg.value.path().read_text("utf-8")


def signs(page: Page, at: int = 0) -> int:
    """How many organisations are seen."""
    return saved(page, at).split("</svg>")[0].count("<g transform")


def to_year(page: Page, key: str) -> None:
    """Move the slider, and wait until table and picture have followed."""
    page.focus("#year")
    with told(page, "drawn", "beside"):
        page.keyboard.press(key)


def test_an_organisation_has_one_number_in_the_pictures_of_all_dates(admin: FlaskClient) -> None:
    def numbers(query: str) -> dict[str, int]:
        found = admin.get(f"/api/picture?level=organisations{query}").json
        ids = {node["id"] for node in found["nodes"]}
        assert {end for edge in found["edges"] for end in (edge["from"], edge["to"])} <= ids
        return {node["url"]: node["id"] for node in found["nodes"]}

    early, late, ever = numbers("&year=2008"), numbers("&year=2012"), numbers("")
    assert len(early) < len(late)
    assert {**ever, **early} == {**ever, **late} == ever


def test_what_is_hidden_pinned_and_switched_off_stays_so_in_another_year(page: Page) -> None:
    drawn(page, YEAR)
    whole = signs(page)
    page.locator("[data-sector-toggle=school]").click()
    without = signs(page)
    assert without < whole
    page.focus(".stage")
    page.keyboard.press("ArrowRight")
    name = (chosen(page) or "").split(" – ")[0]
    page.keyboard.press("h")
    assert signs(page) == without - 1
    to_year(page, "Home")
    assert page.get_attribute("[data-sector-toggle=school]", "aria-pressed") == "false"
    assert name not in saved(page)
    page.click("[data-do=undo]")  # of what is not in this year's picture: nothing comes from nowhere
    page.click("[data-do=undo]")
    assert page.is_disabled("[data-do=undo]")
    to_year(page, "End")
    assert page.get_attribute("[data-sector-toggle=school]", "aria-pressed") == "true"


def test_each_step_is_taken_back_one_after_the_other(page: Page) -> None:
    drawn(page, YEAR)
    page.focus(".stage")
    page.keyboard.press("ArrowUp")
    whole = signs(page)
    page.focus(".stage")
    page.keyboard.press("h")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("+")
    near = signs(page)
    assert near < whole - 1
    page.keyboard.press("k")
    page.keyboard.press("z")
    assert signs(page) == whole
    page.keyboard.press("u")  # of the beginning anew
    assert signs(page) == near
    page.keyboard.press("u")
    page.keyboard.press("u")
    assert signs(page) == whole - 1
    page.focus("[data-do=undo]")
    page.keyboard.press("Enter")
    assert signs(page) == whole
    assert "Cofnięto" in (page.text_content("[data-status]") or "")
    assert page.is_disabled("[data-do=undo]")


def test_focus_goes_to_the_picture_when_nothing_is_left_to_take_back(page: Page) -> None:
    drawn(page, YEAR)
    page.locator("[data-sector-toggle=school]").click()
    page.focus("[data-do=undo]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "stage"


def test_the_legend_of_two_days_filters_both_pictures(page: Page) -> None:
    drawn(page, "/network/dates?against=2010-01-01&day=2012-01-01&q=kommune")
    before = [signs(page, at) for at in (0, 1)]
    button = page.locator("[data-sector-toggle=local_government]")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    after = [signs(page, at) for at in (0, 1)]
    assert all(a < b for a, b in zip(after, before, strict=True))


def test_two_days_have_one_legend_and_one_place_also_when_nothing_moves_slowly(page: Page) -> None:
    drawn(page, "/network/dates?against=2010-01-01&day=2012-01-01&q=kommune")
    before = [saved(page, at) for at in (0, 1)]
    button = page.locator("[data-sector-toggle=local_government]")
    button.click()
    page.locator("[data-do=undo]").nth(0).click()
    assert button.get_attribute("aria-pressed") == "true"
    assert [saved(page, at) for at in (0, 1)] == before
    page.locator("[data-do=undo]").nth(1).click()  # what the other picture took back
    assert button.get_attribute("aria-pressed") == "false"
    assert signs(page, 0) < before[0].split("</svg>")[0].count("<g transform")
    button.click()
    page.locator("[data-do=in]").nth(0).click()
    assert saved(page, 1) != before[1]


def test_the_slider_goes_before_the_day_of_the_address_and_all_beside_it_follows(page: Page) -> None:
    drawn(page, "/network?level=organisations&day=2012-05-01")
    assert page.text_content("output[for=year]") == "2012"
    to_year(page, "Home")
    assert "day=" not in page.url
    year = page.input_value("#year")
    assert year in (page.text_content("#chosen-filters") or "")
    assert page.input_value("#filter-year") == year
    assert page.input_value("#filter-day") == ""
    assert f"year={year}" in (page.locator("#downloads a").first.get_attribute("href") or "")
    assert f"31 grudnia {year}" in saved(page)


def test_circles_stay_circles_in_another_year_and_all_beside_them_says_so(page: Page) -> None:
    drawn(page, "/network")
    to_year(page, "Home")
    assert "level=" not in page.url
    expect(page.locator("#levels [aria-current]")).to_have_text("Społeczności")
    expect(page.locator("#table thead th").first).to_contain_text("Społeczność")
    assert page.request.get(page.url.replace("/network", "/api/picture")).json()["level"] == "communities"
    assert "Narysowano grupy" in (page.text_content("[data-status]") or "")
    assert page.get_attribute(".stage", "aria-label") == page.text_content("#summary")


@pytest.mark.parametrize(("by_hand", "then"), [("", "Organizacje"), ("?level=communities", "Społeczności")])
def test_a_filter_after_the_slider_keeps_the_zoom_that_was_chosen_by_hand_only(
    page: Page, by_hand: str, then: str
) -> None:
    drawn(page, f"/network{by_hand}")
    to_year(page, "ArrowLeft")
    expect(page.locator("#levels [aria-current]")).to_have_text("Społeczności")
    page.fill("#filter-q", "kommune")
    page.locator("aside").get_by_role("button", name="Pokaż", exact=True).click()
    page.wait_for_url("**q=kommune**")
    assert page.input_value("#year") == page.input_value("#filter-year")
    expect(page.locator("#levels [aria-current]")).to_have_text(then)


def test_another_language_keeps_the_year(page: Page) -> None:
    drawn(page, YEAR)
    to_year(page, "ArrowLeft")
    with page.expect_navigation():
        page.click("button[name=language]")
    assert (page.input_value("#year"), "year=2011" in page.url) == ("2011", True)


def test_what_is_chosen_has_the_figures_of_the_year(page: Page, admin: FlaskClient) -> None:
    drawn(page, YEAR)
    page.focus(".stage")
    page.keyboard.press("ArrowUp")
    name, late = (chosen(page) or "").split(" – ")
    to_year(page, "ArrowLeft")
    nodes = (admin.get("/api/picture?level=organisations&year=2011").json or {})["nodes"]
    early = next(", ".join(rest) for first, *rest in (node["title"].split("\n") for node in nodes) if first == name)
    assert early != late
    expect(page.locator("p[data-chosen]")).to_have_text(f"{name} – {early}")


def test_a_year_of_few_enough_organisations_draws_them_with_their_legend(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOST_NODES", 500)
    drawn(page, YEAR)
    assert page.locator("#too-many .notice, .legend").count() == 1
    page.focus("#year")
    page.keyboard.press("Home")
    page.wait_for_selector(".legend")
    page.wait_for_selector("#too-many .notice", state="detached")
    assert "level=organisations&year=2007" in page.url


@pytest.mark.parametrize(
    ("address", "count", "level"),
    [
        ("", 1099, "communities"),
        ("year=2007", 333, "communities"),
        ("day=2007-05-01", 90, "communities"),
        ("year=2007&q=x", 90, "organisations"),
        ("level=organisations", 1099, "organisations"),
        ("level=organisations&year=2012", 1501, "communities"),
        ("level=territories&q=x", 2, "territories"),
        ("q=x", 1501, "communities"),
        ("only=x", 1501, "organisations"),
        ("year=2012&group=1", 400, "organisations"),
    ],
)
def test_the_day_does_not_choose_the_zoom(address: str, count: int, level: str) -> None:
    assert groups.level_of(View.from_args(MultiDict(parse_qsl(address))), count, 1099) == level


def test_who_was_signed_out_signs_in_before_another_year(context: BrowserContext) -> None:
    page = context.new_page()
    drawn(page, YEAR)
    context.clear_cookies()
    page.focus("#year")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/sign-in?next=**2011")
    assert page.locator("input[type=password]").count() == 1


def test_a_narrow_file_keeps_its_source_whole_and_shows_what_is_chosen(page: Page, service: MemoryService) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    drawn(page, aalborg(service))
    page.focus(".stage")
    page.keyboard.press("ArrowUp")
    svg = saved(page)
    words = re.findall(r'<text x="14"[^>]*>([^<]*)', svg)
    assert len(words) > 1
    assert " ".join(words).endswith(page.url.split("/")[2])
    assert svg.count('stroke-width="4"') == 1
