"""Addresses, groups and scenarios that name organisations which were merged away or deleted since."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from graphsvc.model.suggested import SavedScenario
from graphsvc.suggest.whatif import Scenario
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService

AWAY = "070f4e5b-cb08-4d52-9f5b-6a7b1f0e8c11"
LOST = "170f4e5b-cb08-4d52-9f5b-6a7b1f0e8c11"


@pytest.fixture
def animator(app: Any) -> FlaskClient:
    return signed_in(app, "animator")


@pytest.fixture
def three(service: MemoryService, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Organisations, into the first of which AWAY was merged."""
    ids = service.snapshot().ids[:3]
    monkeypatch.setattr(service, "merged", {AWAY: ids[0]})
    return ids


@pytest.mark.parametrize("page", ["/network", "/suggestions/pair", "/scenarios/new", "/api/picture", "/network/path"])
def test_an_address_leads_to_who_stands_for_an_organisation_now(
    animator: FlaskClient, three: list[str], page: str
) -> None:
    answer = animator.get(f"{page}?only={AWAY}&only={three[1]}&link={AWAY},{three[2]}&q=%C4%85")
    assert answer.status_code == 302
    parts = urlsplit(answer.location)
    assert parts.path == page
    assert parse_qs(parts.query) == {"only": three[:2], "link": [f"{three[0]},{three[2]}"], "q": ["ą"]}
    assert animator.get(f"{page}?only={LOST}").status_code != 302 or page == "/network/path"
    assert animator.post(f"{page}?only={AWAY}").status_code != 302


@pytest.mark.parametrize("path", ["/%09/evil.example/x", "//evil.example/x", "/a%0d%0ab", "/nowhere"])
def test_an_address_that_is_no_page_leads_nowhere(app: Any, three: list[str], path: str) -> None:
    answer = app.test_client().get(f"{path}?only={AWAY}")
    assert (answer.status_code in (302, 404), three[0] in answer.headers.get("Location", "")) == (True, False)
    assert "evil" not in answer.headers.get("Location", "").partition("?")[0].replace("next=", "")


def test_who_was_deleted_from_a_group_is_told(animator: FlaskClient, three: list[str]) -> None:
    told = f"Nie ma już w sieci i pominięto: {LOST}."
    assert told in animator.get(f"/network?only={three[0]}&only={LOST}").text
    assert told not in animator.get(f"/network?only={three[0]}").text


def test_a_scenario_goes_without_who_is_no_longer_there(
    animator: FlaskClient, service: MemoryService, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, _ = three
    page = animator.get(f"/scenarios/new?gone={one}&gone={LOST}&link={LOST},{two}").text
    assert f"Nie ma już w sieci i pominięto: {LOST}." in page
    assert f'name="query" value="gone={one}"' in page
    queries = {
        "Merged": f"gone={AWAY}&gone={two}",
        "Deleted": f"gone={LOST}&gone={two}",
        "One now": f"link={AWAY},{one}",
    }
    kept = {
        name: SavedScenario(name, name, "ola@example.org", datetime(2026, 1, 1, tzinfo=UTC), query)
        for name, query in queries.items()
    }
    monkeypatch.setattr(service.suggested, "kept", kept)
    page = animator.get("/scenarios").text
    assert f"Deleted: Nie ma już w sieci i pominięto: {LOST}." in page
    assert AWAY not in re.sub(r'href="[^"]*"', "", page)
    effects = [service.scenarios.effect(Scenario("", remove_organisations=gone)) for gone in ((one, two), (two,), ())]
    density = [effect.network["density"][1] for effect in effects]
    row = re.search(r"<tr><th scope=\"row\">Gęstość.*?</tr>", page)
    assert row
    told = re.findall(r'<td class="number">([\d,]+)<br>', row[0])
    assert [float(text.replace(",", ".")) for text in told] == [pytest.approx(d, abs=5e-5) for d in density]


def test_a_scenario_asks_for_both_organisations_and_keeps_what_was_typed(
    animator: FlaskClient, three: list[str]
) -> None:
    one, two, name = three[0], three[1], "Kommune"
    for asked in (f"one={name}&one.key={one}", f"two={name}&two.key={two}"):
        answer = animator.get(f"/scenarios/new?gone={three[2]}&do=link&{asked}")
        assert (answer.status_code, "a do powiązania także drugą" in answer.text) == (400, True)
        assert f'value="{name}"' in answer.text
        assert f'<input type="hidden" name="gone" value="{three[2]}">' in answer.text
    answer = animator.get(f"/scenarios/new?do=link&one.key={one}&two.key={one}")
    assert (answer.status_code, "dwóch różnych" in answer.text) == (400, True)


def test_only_as_many_as_a_scenario_holds_are_taken_and_that_is_told(
    animator: FlaskClient, service: MemoryService
) -> None:
    chosen = "&".join(f"only={id}" for id in service.snapshot().ids[:60])
    answer = animator.get(f"/network/selection?{chosen}&do=scenario", follow_redirects=True)
    assert "pierwsze 50" in answer.text
    assert "pierwsze" not in animator.get(f"/network/selection?{chosen}&do=table", follow_redirects=True).text
    everybody = chosen.replace("only=", "all=")
    assert "pierwsze 50" in animator.get(f"/network/selection?{everybody}&do=scenario", follow_redirects=True).text
