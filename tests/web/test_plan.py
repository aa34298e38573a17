"""The plan of a quarter: its form, its file, and how its conversations are started."""

from __future__ import annotations

import html
import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from graphsvc_web.facets import facets
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.web.conftest import signed_in
from tests.web.memory import MemoryService


@pytest.fixture
def animator(app: object) -> FlaskClient:
    return signed_in(app, "animator")


@pytest.fixture
def place(service: MemoryService) -> str:
    code: str = facets(service.snapshot()).territories[0].value
    return code


@pytest.mark.parametrize("name", ["format", "endpoint", "_anchor", "_method", "_scheme", "_external"])
def test_an_argument_that_means_something_elsewhere_means_nothing(animator: FlaskClient, name: str) -> None:
    page = animator.get(f"/suggestions/plan?budget=2&{name}=x")
    assert page.status_code == 200
    assert 'href="/suggestions/plan/download/csv?budget=2&amp;share=2"' in page.text


def test_the_file_is_of_the_plan_on_the_page(animator: FlaskClient, service: MemoryService, place: str) -> None:
    """Also with a name that no table could hold."""
    query = (
        f"likelihood=40&isolated_reached=3&budget=3&share=1&who=A%01B&where={place}&many=2&who=&where={place}&many=1"
    )
    page = animator.get(f"/suggestions/plan?{query}").text
    leads = re.findall(r'name="who [^"]+" list="people" maxlength="100" value="([^"]*)"', page)
    assert leads == ["A B", "A B", ""]
    links = [html.unescape(link) for link in re.findall(r'href="(/suggestions/plan/download/[^"]+)"', page)]
    asked = {"likelihood": ["40"], "isolated_reached": ["3"], "budget": ["3"], "share": ["1"]}
    rows = {"who": ["A B", ""], "where": [place, place], "many": ["2", "1"]}
    for link in links:
        assert parse_qs(urlsplit(link).query, keep_blank_values=True) == asked | rows
    sheet = load_workbook(BytesIO(animator.get(links[0]).data)).worksheets[0]
    head, *found = sheet.iter_rows(values_only=True)
    assert [row[head.index("who")] or "" for row in found] == leads
    service.anew = True
    try:
        back = animator.get(links[0]).location
    finally:
        service.anew = False
    assert parse_qs(urlsplit(back).query, keep_blank_values=True) == asked | rows


def test_a_plan_is_printed_with_its_table(page: Page) -> None:
    page.goto("/suggestions/plan?budget=3")
    page.emulate_media(media="print")
    assert page.locator("main tbody tr:visible").count() == 3
    assert page.is_visible("main tbody input[name^=who]")
    assert not page.locator("main :is(button, a.button, [type=checkbox], .proof, #budget):visible").count()


def test_a_plan_is_printed_with_its_reasons(page: Page) -> None:
    page.goto("/suggestions/plan?budget=3")
    page.set_viewport_size({"width": 794, "height": 1123})  # paper, narrower than the window was
    page.emulate_media(media="print")
    expect(page.locator("main tbody .reasons:visible")).to_have_count(3)


def test_enter_in_a_name_starts_nothing(page: Page) -> None:
    page.goto("/suggestions/plan?budget=2")
    form = page.locator("form:has([name=pair])")
    form.evaluate("""form => form.addEventListener("submit", event => {
        event.preventDefault();
        form.dataset.sent = event.submitter.textContent;
    })""")
    form.get_by_label("Kto z nimi rozmawia").first.fill("Ola")
    page.keyboard.press("Enter")
    assert form.get_attribute("data-sent") is None
    form.get_by_role("button", name="Rozpocznij zaznaczone").press("Enter")
    assert form.get_attribute("data-sent") == "Rozpocznij zaznaczone"
