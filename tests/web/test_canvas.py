"""The picture in a real browser: drawn, zoomed, filtered, walked by keyboard, saved."""

from __future__ import annotations

import re
from time import sleep
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.conftest import hits, told
from tests.web.memory import MemoryService

SHIFT = (
    "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => { window.shift += e.value; }))"
    ".observe({type: 'layout-shift', buffered: true})"
)


def drawn(page: Page, path: str) -> None:
    """Open a page and wait for its picture, or its two."""
    page.goto(path)
    page.wait_for_selector(".stage canvas")
    for status in page.locator("[data-status]").all():
        expect(status).not_to_be_empty()


def chosen(page: Page) -> Any:
    return page.text_content("[data-chosen]")


def aalborg(service: MemoryService) -> str:
    snapshot = service.snapshot()
    return f"/organisations/{snapshot.ids[snapshot.column('name').index('Aalborg Universitet')]}"


def test_from_communities_to_members_to_an_organisation(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")  # the way in is seen, and leads there
    drawn(page, "/network")
    page.focus(".stage")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/network?group=*")
    page.wait_for_selector(".stage canvas")
    page.focus(".stage")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organisations/*")
    page.go_back()
    page.go_back()
    assert page.url.endswith("/network")


def test_the_legend_hides_a_sector_and_undo_brings_it_back(page: Page) -> None:
    drawn(page, "/network?level=organisations&year=2008")
    button = page.locator("[data-sector-toggle=school]")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    page.click("[data-do=undo]")
    assert button.get_attribute("aria-pressed") == "true"


def test_keys_choose_hide_and_undo_and_do_nothing_while_typing(page: Page, service: MemoryService) -> None:
    drawn(page, aalborg(service))
    page.focus(".stage")
    page.keyboard.press("ArrowUp")
    assert "Aalborg Universitet" in chosen(page)
    page.keyboard.press("e")
    assert chosen(page).startswith("Zaznaczono: ")
    page.keyboard.press("h")
    assert "Ukryto" in (page.text_content("[data-status]") or "")
    assert page.is_hidden("[data-chosen]")
    page.keyboard.press("u")
    assert chosen(page).startswith("Zaznaczono: ")
    page.keyboard.press("u")
    assert "Aalborg Universitet" in chosen(page)
    assert page.is_disabled("[data-do=undo]")
    page.keyboard.press("/")
    page.keyboard.type("h")
    assert page.input_value("#quick") == "h"
    assert page.is_disabled("[data-do=undo]")


def row(page: Page, name: str) -> Locator:
    """The row of an organisation in the table beside the picture."""
    return page.locator("#table tbody tr", has=page.locator("th a", has_text=name)).first


def test_rows_are_hidden_pinned_and_joined_by_their_neighbours_by_keyboard_and_say_so(page: Page) -> None:
    drawn(page, "/network?level=organisations")
    name = page.locator("#table tbody th a").first.inner_text()
    row(page, name).locator("[data-pick-row]").focus()
    page.keyboard.press("Space")
    assert name in chosen(page)
    page.keyboard.press("k")
    assert row(page, name).locator(".tag").inner_text() == "przypięte"
    page.keyboard.press("k")
    page.keyboard.press("e")
    assert page.locator("[data-pick-row]:checked").count() > 1
    page.click("#selection [data-do=hide]")
    assert row(page, name).locator(".tag").inner_text() == "ukryte na rysunku"
    assert page.locator("[data-pick-row]:checked").count() == 0
    row(page, name).locator("[data-pick-row]").check()
    page.click("#selection [data-do=hide]")
    assert row(page, name).locator(".tag").count() == 0
    assert page.locator("#table tbody .tag").count() > 0
    page.click("[data-do=undo]")
    page.click("[data-do=undo]")
    assert page.locator("#table tbody .tag").count() == 0


def test_groups_have_the_same_actions_in_their_table(page: Page) -> None:
    drawn(page, "/network")
    page.locator("[data-pick-row]").nth(1).check()
    page.click("#selection [data-do=hide]")
    assert page.locator("#table tbody tr").nth(1).locator(".tag").inner_text() == "ukryte na rysunku"
    assert page.locator("#table tbody .tag").count() == 1


def test_what_is_chosen_stays_so_when_the_year_changes(page: Page) -> None:
    drawn(page, "/network?level=organisations&year=2010")
    name = page.locator("#table tbody th a").first.inner_text()
    row(page, name).locator("[data-pick-row]").check()
    page.focus("#year")
    with told(page, "beside"):
        page.keyboard.press("ArrowRight")
    assert row(page, name).locator("[data-pick-row]").is_checked()


def test_a_path_is_found_and_told(page: Page) -> None:
    drawn(page, "/network?level=organisations")
    page.focus(".stage")
    page.keyboard.press("p")
    assert "Najpierw zaznacz dwie organizacje" in (page.text_content("[data-status]") or "")


def test_the_lasso_chooses_what_it_is_drawn_round(page: Page, service: MemoryService) -> None:
    drawn(page, aalborg(service))
    page.locator(".canvas").scroll_into_view_if_needed()
    page.click("[data-do=lasso]")
    box = page.locator("svg.lasso").bounding_box()
    assert box
    corners = [(0.02, 0.02), (0.98, 0.02), (0.98, 0.98), (0.02, 0.98)]
    points = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in corners]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()
    nodes = page.request.get(f"/api{aalborg(service)}/picture").json()["nodes"]
    assert len(nodes) > 40
    assert chosen(page).startswith(f"Zaznaczono: {len(nodes)}:")


def test_the_picture_is_saved_as_png_and_svg(page: Page, service: MemoryService) -> None:
    drawn(page, aalborg(service))
    with page.expect_download() as png:
        page.click("[data-do=png]")
    assert png.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as svg:
        page.click("[data-do=svg]")
    text = svg.value.path().read_text("utf-8")
    assert "Aalborg Universitet" in text
    assert "Źródło: sieć partnerstw" in text


OVERLAPS = """svg => {
  const place = document.body.appendChild(document.createElement('div'));
  place.innerHTML = svg;
  const all = name => [...place.querySelectorAll('svg svg ' + name)];
  const box = e => e.getBoundingClientRect();
  const meet = (a, b) => a.left + 2 < b.right && b.left + 2 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
  const names = all('text').filter(e => !['?', 'sugestia'].includes(e.textContent));
  const signs = all('g[transform]').map(box), texts = names.map(e => [e.textContent, box(e)]);
  return [texts.length, texts.filter(([, a], i) =>
    signs.some(b => meet(a, b)) || texts.some(([, b], j) => i !== j && meet(a, b))).map(([text]) => text)];
}"""


def test_names_lie_over_no_sign_and_no_other_name(page: Page) -> None:
    drawn(page, "/network?level=organisations")
    with page.expect_download() as svg:
        page.click("[data-do=svg]")
    named, over = page.evaluate(OVERLAPS, svg.value.path().read_text("utf-8"))
    assert named > 10
    assert over == []


def test_the_slider_redraws_the_picture_of_a_year(page: Page) -> None:
    drawn(page, "/network?level=organisations")
    before = page.text_content("[data-status]")
    page.focus("#year")
    page.keyboard.press("Home")
    expect(page.locator("[data-status]")).not_to_have_text(before or "")
    assert page.text_content("output") == "2007"


def test_the_table_and_the_address_follow_the_slider(page: Page) -> None:
    drawn(page, "/network?level=organisations")
    assert page.is_visible("[data-tie-toggle=suggested]")
    page.focus("#year")
    page.keyboard.press("Home")
    expect(page.locator("#table .muted").first).not_to_have_text("598 organizacji")
    assert "year=2007" in page.url
    page.wait_for_selector("[data-tie-toggle=suggested]", state="hidden")
    page.locator("[data-pick-row]").first.check()
    assert chosen(page)


def test_what_was_ticked_is_chosen_after_the_way_back(page: Page) -> None:
    drawn(page, "/network?level=organisations")
    page.locator("[data-pick-row]").first.check()
    name = chosen(page)
    page.goto("/help")
    page.go_back()
    page.wait_for_selector("[data-chosen] a")
    assert page.locator("[data-pick-row]").first.is_checked()
    assert chosen(page) == name
    assert page.inner_text("#selection [data-count]")


def forgetful(route: Route) -> None:
    """The page as for a browser that brings no ticks back, as Firefox for what is not to be stored."""
    answer = route.fetch()
    boxes = answer.text().replace('type="checkbox"', 'type="checkbox" autocomplete="off"')
    route.fulfill(response=answer, body=boxes)


def test_ticks_come_back_where_the_browser_forgets_them(page: Page) -> None:
    page.route(re.compile("/network[?]"), forgetful)
    drawn(page, "/network?level=organisations")
    boxes = page.locator("[data-pick-row]")
    boxes.nth(2).check()
    name = chosen(page)
    page.goto("/help")
    page.go_back()
    page.wait_for_selector("[data-chosen] a")
    assert (boxes.nth(2).is_checked(), chosen(page)) == (True, name)


def test_full_screen_is_offered_only_where_there_is_one(page: Page) -> None:
    drawn(page, "/network")
    expect(page.locator("[data-do=full]")).to_be_visible()
    page.add_init_script("Object.defineProperty(document, 'fullscreenEnabled', { value: false })")  # as on an iPhone
    drawn(page, "/network")
    expect(page.locator("[data-do=full]")).to_be_hidden()


@pytest.mark.parametrize(("motion", "fades"), [("reduce", False), ("no-preference", True)])
def test_pages_fade_only_for_who_wants_motion(page: Page, motion: Any, fades: bool) -> None:
    page.emulate_media(reduced_motion=motion)
    page.add_init_script("addEventListener('pagereveal', (event) => { window.fades = event.viewTransition !== null; })")
    page.goto("/help")
    page.click(".menu a")
    page.wait_for_url("**/network")
    assert page.evaluate("window.fades") is fades


def test_keys_are_listed_over_the_page_and_what_was_chosen_stays(page: Page, service: MemoryService) -> None:
    drawn(page, aalborg(service))
    page.focus(".stage")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("?")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] kbd")
    page.wait_for_load_state("networkidle")
    assert page.locator("dialog").count() == 1
    page.set_viewport_size({"width": 1280, "height": 500})
    assert page.evaluate("document.querySelector('dialog').scrollTop") == 0  # one sees where the list begins
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert "Aalborg Universitet" in chosen(page)


def test_what_is_seen_is_printed_by_itself_with_legend_and_source(page: Page, service: MemoryService) -> None:
    drawn(page, aalborg(service))
    page.emulate_media(color_scheme="dark")
    page.evaluate("window.print = () => { window.printed = document.querySelector('.printed').outerHTML; }; null")
    page.click("[data-do=print]")
    assert "Źródło: sieć partnerstw" in page.evaluate("window.printed")
    assert 'height="100%" fill="#ffffff"' in page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.is_hidden("h1")
    assert page.is_visible(".printed")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.is_visible("h1")


def test_a_page_is_printed_in_light_colours_with_its_picture(page: Page, service: MemoryService) -> None:
    page.emulate_media(color_scheme="dark")
    drawn(page, aalborg(service))
    page.evaluate("""() => {
        window.light = [];
        const canvas = document.querySelector(".stage canvas");
        const share = () => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const drawn = data.filter((_, i) => i % 4 === 0 && data[i + 3]);
            return drawn.filter((red) => red > 200).length / drawn.length;
        };
        for (const event of ["beforeprint", "afterprint"]) addEventListener(event, () => window.light.push(share()));
    }""")
    page.pdf()
    on_paper, on_screen = page.evaluate("window.light")
    assert on_paper > 2 * on_screen  # names have a rim of the colour below them
    page.emulate_media(media="print")
    assert page.eval_on_selector(".status", "e => getComputedStyle(e).color") == "rgb(81, 98, 107)"


def test_a_narrow_sheet_has_all_rows_of_a_table(page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    drawn(page, "/network?level=organisations")
    rows = page.locator("table.shortened tbody tr")
    assert rows.locator("visible=true").count() < rows.count()
    page.emulate_media(media="print")
    assert rows.locator("visible=true").count() == rows.count()


def test_colours_stay_apart_where_the_system_gives_its_own(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    drawn(page, "/network?level=organisations")
    legend = page.eval_on_selector_all(
        "[data-sector-toggle] .shape", "found => found.map((one) => getComputedStyle(one).color)"
    )
    assert len(set(legend)) > 1
    probes = page.evaluate(
        """() => ['paper', 'card', 'ink', 'accent', 'suggested'].map((name) => {
          const probe = Object.assign(document.createElement('span'), { className: `probe-${name}` });
          document.querySelector('.canvas').append(probe);
          return getComputedStyle(probe).color; })"""
    )
    assert len(set(probes)) == 5


def test_states_are_seen_where_the_system_gives_its_own_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    drawn(page, "/network?level=organisations")
    page.click("[data-do=lasso]")
    tabs = page.eval_on_selector_all(".tabs a", "found => found.map((one) => getComputedStyle(one).borderBottomColor)")
    assert len(set(tabs)) == 2
    pressed = page.eval_on_selector_all(".toolbar button", "found => found.map((one) => getComputedStyle(one).color)")
    assert len(set(pressed)) > 1
    page.goto("/")
    hits(page, "quick", "aal")
    page.keyboard.press("ArrowDown")
    found = page.eval_on_selector_all(
        "#quick-hits li", "all => all.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(found)) == 2
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    ink = page.eval_on_selector(".bars text", "text => getComputedStyle(text).fill")
    assert ink == "rgb(29, 42, 48)"  # not the light one of the dark colours that were chosen: the system's are light


def test_suggested_ties_are_dashed_straight_and_labelled(page: Page, service: MemoryService) -> None:
    with page.expect_response("**/picture") as answer:
        drawn(page, aalborg(service))
    ties = [edge for edge in answer.value.json()["edges"] if edge.get("suggestion")]
    assert ties
    assert all(t["dashes"] and t["smooth"] is False and t["label"] == "sugestia" for t in ties)


def test_search_offers_hits_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("aalborg univ")
    page.wait_for_selector("#quick-hits[data-of='aalborg univ'] li")
    assert page.locator("#quick-hits li").count() == 1
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#quick", "aria-activedescendant") == "quick-hits-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/organisations/*")
    assert page.text_content("h1") == "Aalborg Universitet"


def test_without_scripts_the_table_and_forms_work(browser: Any, address: str, cookies: Any) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto("/network?q=aalborg")
    assert page.locator("table tbody tr").count() > 3
    page.goto("/")
    page.fill("#quick", "vejle kommune")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=vejle*")
    context.close()


def test_nothing_is_fetched_from_elsewhere(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    drawn(page, "/network")
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_a_page_weighs_little(page: Page) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    drawn(page, "/network?level=organisations")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 400_000


def test_a_picture_is_asked_for_once_and_with_the_page(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    drawn(page, "/network?level=organisations")
    assert sum("/api/picture" in url for url in asked) == 1
    assert page.locator("link[rel=preload][as=fetch]").get_attribute("href") == "/api/picture?level=organisations"


def test_nothing_shifts_while_a_page_loads(page: Page) -> None:
    page.add_init_script(SHIFT)
    drawn(page, "/network?level=organisations")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.1


@pytest.mark.parametrize("width", [1280, 360])
def test_filters_shift_nothing_when_scripts_come_late(page: Page, service: MemoryService, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFT)
    page.route("**/app.js*", lambda route: (sleep(0.5), route.continue_()))
    service.working = True  # a page that is short below its filters
    try:
        page.goto("/suggestions")
        assert page.locator(".fold summary").first.is_visible()
        assert page.locator("#territory").is_visible() == (width == 1280)
        page.wait_for_timeout(300)
        assert page.evaluate("window.shift") == 0
    finally:
        service.working = False
