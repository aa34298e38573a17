"""Choosing, comparing days, paths, PDF: what the pages answer, and how they bear odd networks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app, signing
from graphsvc_web.paths import path

from graphsvc.model.network import Network, table
from graphsvc.model.organisations import Organisation
from graphsvc.snapshot import take
from tests.unit.exports.test_drawing import SEEN
from tests.web.memory import MemoryService


def client_of(network: Network) -> FlaskClient:
    """An administrator over a network of one's own."""
    service = MemoryService(network)
    service.organisations = {
        o["id"]: Organisation(id=o["id"], name=o["name"], sector="ngo") for o in network.organisations.to_pylist()
    }
    service.add_accounts("")
    app = create_app(service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client: FlaskClient = app.test_client()
    client.get(f"/sign-in/{signing.one_time_token(service.accounts, service.accounts.kept['admin'])}")
    return client


def network(names: list[str], *partnerships: tuple[int, ...]) -> Network:
    """Organisations o0, o1 … in partnerships given by their members."""
    orgs = [{"id": f"o{i}", "name": n, "sector": "ngo", "kind": "", "territory": ""} for i, n in enumerate(names)]
    made = [{"id": f"p{i}", "name": f"P{i}", "kind": "", "phase": "", "themes": []} for i in range(len(partnerships))]
    members = [{"organisation": o, "partnership": p} for p, row in enumerate(partnerships) for o in row]
    return Network(
        organisations=table("organisations", orgs),
        partnerships=table("partnerships", made),
        memberships=table("memberships", members),
    )


def test_a_path_has_the_fewest_steps() -> None:
    """0-1-2-3 in a row and 0-4-3 beside it; 5 alone."""
    snapshot = take(network(list("abcdef"), (0, 1), (1, 2), (2, 3), (0, 4), (4, 3)))
    assert path(snapshot, 0, 3) == [0, 4, 3]
    assert path(snapshot, 0, 5) == []
    assert path(snapshot, 2, 2) == [2]


def test_the_page_of_a_path_names_each_step_and_what_they_share() -> None:
    client = client_of(network(["Alfa", "Beta", "Gamma"], (0, 1), (1, 2)))
    html = client.get("/network/selection?do=path&only=o0&only=o2", follow_redirects=True).text
    assert html.index("Alfa</bdi>") < html.index("Beta</bdi>")
    assert "2 kroki" in html
    assert "P0" in html
    assert "P1" in html


def test_what_is_chosen_is_shown_alone() -> None:
    client = client_of(network(["Alfa", "Beta", "Gamma"], (0, 1), (1, 2)))
    answer = client.get("/network/selection?do=table&only=o0&only=o1")
    assert answer.location == "/network?only=o0&only=o1"
    nodes = client.get("/api/picture?only=o0&only=o1").json["nodes"]
    assert [n["title"].split("\n")[0] for n in nodes] == ["Alfa", "Beta"]
    assert client.get("/api/organisations?only=o2").json["total"] == 1


def test_nothing_chosen_says_how_to_choose() -> None:
    client = client_of(network(["Alfa"]))
    html = client.get("/network/selection?do=meeting", follow_redirects=True).text
    assert "Najpierw zaznacz organizacje" in html
    assert client.get("/network/selection?do=nonsense&only=o0").status_code == 404


def test_a_meeting_is_planned_with_the_chosen() -> None:
    client = client_of(network(["Alfa", "Beta"], (0, 1)))
    answer = client.get("/network/selection?do=meeting&only=o0&only=o1")
    assert answer.location == "/records/Meeting/new?attended=o0&attended=o1"


def test_two_days_have_the_same_places_and_say_what_changed(admin: FlaskClient) -> None:
    html = admin.get("/network/dates?against=2008-12-31&day=2010-12-31").text
    assert "31 grudnia 2008" in html
    assert "Powiązania rozpoczęte" in html
    at = []
    for day, other in (("2008-12-31", "2010-12-31"), ("2010-12-31", "2008-12-31")):
        picture = admin.get(f"/api/picture?level=organisations&active=1&day={day}&against={other}").json
        at.append({n["url"]: (n["x"], n["y"]) for n in picture["nodes"]})
    both = at[0].keys() & at[1].keys()
    assert both
    assert all(at[0][url] == at[1][url] for url in both)


def test_new_ties_of_a_year_are_marked(admin: FlaskClient) -> None:
    edges = admin.get("/api/picture?level=organisations&year=2009").json["edges"]
    assert {e["label"] for e in edges if e.get("change") == "began"} == {"+"}
    assert not [e for e in edges if e.get("suggestion")]


@pytest.mark.parametrize("query", ["day=yesterday", "against=0001-01-01", "day=2024-13-01", "against=9999-12-31"])
def test_days_that_cannot_be_are_told(admin: FlaskClient, query: str) -> None:
    assert admin.get(f"/network/dates?{query}").status_code == 400


def test_a_picture_becomes_a_pdf(app: Any, admin: FlaskClient) -> None:
    answer = admin.post("/network/picture.pdf", data=json.dumps(SEEN), content_type="application/json")
    assert answer.data.startswith(b"%PDF-")
    assert answer.mimetype == "application/pdf"
    assert admin.post("/network/picture.pdf", data="{}").status_code == 400
    assert app.test_client().post("/network/picture.pdf", data=json.dumps(SEEN)).status_code == 401


def test_the_latest_meetings_are_listed_with_a_way_to_all() -> None:
    alone = network(["Sama"])
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(12)]
    held = [{"id": f"m{n}", "kind": "ANI", "held_on": day} for n, day in enumerate(days)]
    at = [{"organisation": 0, "meeting": n} for n in range(12)]
    made = replace(alone, meetings=table("meetings", held), attendances=table("attendances", at))
    html = client_of(made).get("/organisations/o0").text
    assert html.count('href="/records/Meeting/m') == 10
    assert 'href="/records/Meeting/m11"' in html
    assert '<a href="/records/Meeting?attended=o0">Wszystkie spotkania (12)' in html


def test_five_thousand_ties_are_paged() -> None:
    count = 5000
    names = ["Węzeł", *(f"Organizacja {i}" for i in range(count))]
    client = client_of(network(names, *((0, i + 1) for i in range(count))))
    answer = client.get("/organisations/o0")
    assert answer.status_code == 200
    assert answer.text.count("data-pick-row") == 25
    assert "Strona 1 z 200" in answer.text
    assert "60 najnowszych z 5" in answer.text
    assert len(answer.data) < 200_000
    assert len(client.get("/api/organisations/o0/picture").json["nodes"]) <= 67


def test_a_network_of_one_has_its_pages() -> None:
    client = client_of(network(["Sama"]))
    for address in ("/", "/network", "/network/dates", "/organisations/o0", "/measures", "/map"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "👩‍🌾 Zagroda", "שלום Żuraw", "ż" * 300])
def test_odd_names_are_text_on_every_page(name: str) -> None:
    client = client_of(network([name, "Beta"], (0, 1)))
    for address in ("/", "/network", "/network/dates", "/organisations/o0", "/organisations/o1", "/search?q=z"):
        html = client.get(address).text
        assert "<script>alert" not in html, address
    assert "organisations/o0" in client.get("/organisations/o1").text


def test_the_list_below_the_picture_has_the_suggestions_drawn_in_it(admin: FlaskClient, service: MemoryService) -> None:
    ids = service.snapshot().ids
    chosen = "&".join(f"only={id}" for id in ids[:100])
    for address in ("level=organisations", f"level=organisations&{chosen}"):
        drawn = admin.get(f"/api/picture?{address}").json["edges"]
        listed = admin.get(f"/network?{address}").text.count('class="suggestion"')
        assert listed == sum(bool(edge.get("suggestion")) for edge in drawn)
        assert listed <= 12
