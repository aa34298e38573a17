"""Saved views, and what a shared link shows to people without an account."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app

from tests.web.conftest import signed_in
from tests.web.memory import MemoryService, MemoryViews


@pytest.fixture
def client(app: Any, service: MemoryService) -> FlaskClient:
    """An animator with one saved view."""
    service.views = MemoryViews()
    made = signed_in(app, "animator")
    made.post("/views", data={"name": "Szkoły", "address": "/network?sector=school&level=organisations"})
    return made


def the_id(service: MemoryService) -> str:
    return next(iter(service.views.kept))


def link(client: FlaskClient, service: MemoryService, **form: str) -> str:
    html = client.post(f"/views/{the_id(service)}/share", data={"days": "7", **form}).text
    found = re.search(r"http://localhost(/shared/[\w-]+)", html)
    assert found
    return found[1]


def test_a_view_is_kept_under_its_name_for_its_owner_only(
    app: Any, client: FlaskClient, service: MemoryService
) -> None:
    assert "/network?sector=school&amp;level=organisations" in client.get("/views").text
    other = signed_in(app, "reader")
    assert "Szkoły" not in other.get("/views").text
    assert other.post(f"/views/{the_id(service)}/delete").status_code == 404
    assert client.post("/views", data={"name": " ", "address": "/network"}).status_code == 400


def test_deleting_can_be_taken_back(client: FlaskClient, service: MemoryService) -> None:
    html = client.post(f"/views/{the_id(service)}/delete").text
    assert not service.views.kept
    name = re.search(r'name="name" value="([^"]*)"', html)
    address = re.search(r'name="address" value="([^"]*)"', html)
    assert name
    assert address
    client.post("/views", data={"name": name[1], "address": address[1].replace("&amp;", "&")})
    assert [(v.name, v.query) for v in service.views.kept.values()] == [("Szkoły", "sector=school&level=organisations")]


def test_a_view_taken_back_keeps_its_address_and_its_readers(client: FlaskClient, service: MemoryService) -> None:
    id = the_id(service)
    client.post(f"/views/{id}/readers", data={"reader": ["reader", "role:coordinator", "nobody"]})
    html = client.post(f"/views/{id}/delete").text
    fields = dict(re.findall(r'name="(id|name|address)" value="([^"]*)"', html.replace("&amp;", "&")))
    client.post("/views", data={**fields, "reader": re.findall(r'name="reader" value="([^"]*)"', html)})
    assert service.views.kept[id].readers == ("reader", "role:coordinator")


def test_colleagues_and_roles_see_what_is_shown_to_them(app: Any, client: FlaskClient, service: MemoryService) -> None:
    id, reader, coordinator = the_id(service), signed_in(app, "reader"), signed_in(app, "coordinator")
    assert reader.get(f"/views/{id}").status_code == 403
    assert "Nie masz dostępu do tego widoku" in reader.get(f"/views/{id}").text
    client.post(f"/views/{id}/readers", data={"reader": "reader"})
    assert reader.get(f"/views/{id}").location == "/network?sector=school&level=organisations"
    listed = reader.get("/views").text
    assert "Szkoły" in listed
    assert "Animator" in listed[listed.index("Szkoły") :]
    assert reader.post(f"/views/{id}/readers", data={"reader": "reader"}).status_code == 404
    assert coordinator.get(f"/views/{id}").status_code == 403
    client.post(f"/views/{id}/readers", data={"reader": "role:coordinator"})
    assert coordinator.get(f"/views/{id}").status_code == 302
    assert reader.get(f"/views/{id}").status_code == 403
    html = client.post(f"/views/{id}/readers").text
    assert "Szkoły" not in coordinator.get("/views").text
    taken_back = re.search(r'name="reader" value="([^"]*)"', html)
    assert taken_back
    assert taken_back[1] == "role:coordinator"
    assert client.get("/views/nope").status_code == 404


def test_whoever_has_the_link_sees_the_view_and_nothing_more(
    app: Any, client: FlaskClient, service: MemoryService
) -> None:
    shared = link(client, service, names="1")
    visitor = app.test_client()
    answer = visitor.get(shared)
    assert len(re.findall(r'<th scope="row"><bdi>', answer.text)) == 25
    assert "/organisations/" not in answer.text
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    picture = visitor.get(f"{shared}/picture").json
    nodes = picture["nodes"]
    assert nodes
    assert not [edge for edge in picture["edges"] if edge.get("suggestion")]
    assert all("url" not in node and node["group"] == "school" for node in nodes)
    assert visitor.get("/network").status_code == 302


def test_the_table_of_a_shared_view_is_sorted_and_paged(app: Any, client: FlaskClient, service: MemoryService) -> None:
    shared, visitor = link(client, service, names="1"), app.test_client()
    first, second = (
        re.findall(r'<th scope="row"><bdi>([^<]*)', visitor.get(f"{shared}?sort=name&page={n}").text) for n in (1, 2)
    )
    assert len(first) == len(second) == 25
    assert first[0] == "Aalborg Handelsskole"
    assert not {*first} & {*second}


def test_without_names_only_kinds_are_shown(app: Any, client: FlaskClient, service: MemoryService) -> None:
    shared = link(client, service)
    visitor = app.test_client()
    assert "Aalborg" not in visitor.get(shared).text
    assert visitor.get(shared).text.count('<th scope="row"><svg') == 25
    assert "Aalborg" not in visitor.get(f"{shared}/picture").text
    assert "szkoła lub uczelnia" in visitor.get(f"{shared}/picture").json["nodes"][0]["title"]


def test_a_password_keeps_others_out(app: Any, client: FlaskClient, service: MemoryService) -> None:
    shared = link(client, service, names="1", password="twelve characters")
    visitor = app.test_client()
    assert visitor.get(shared).status_code == 401
    assert visitor.get(f"{shared}/picture").status_code == 404
    assert visitor.post(shared, data={"password": "wrong"}).status_code == 401
    assert visitor.post(shared, data={"password": "twelve characters"}).status_code == 302
    assert visitor.get(shared).status_code == 200
    assert visitor.get(f"{shared}/picture").status_code == 200


def test_inside_another_page_the_password_opens_without_a_cookie(
    app: Any, client: FlaskClient, service: MemoryService
) -> None:
    shared = link(client, service, names="1", password="twelve characters")
    inside = {"headers": {"Sec-Fetch-Dest": "iframe"}}
    asked = app.test_client().get(shared)
    assert "frame-ancestors *" in asked.headers["Content-Security-Policy"]
    opened = app.test_client().post(shared, data={"password": "twelve characters"}, **inside).location
    visitor = app.test_client()
    assert visitor.get(opened).status_code == 200
    key = opened.split("?")[1]
    assert f"{shared}/picture?{key}" in visitor.get(opened).text
    assert visitor.get(f"{shared}/picture?{key}").status_code == 200
    assert visitor.get(f"{shared}?{key}x").status_code == 401
    again = link(client, service, names="1", password="twelve characters")
    assert visitor.get(f"{again}?{key}").status_code == 401
    assert "key=" not in app.test_client().post(again, data={"password": "twelve characters"}).location


def test_a_password_needs_no_token_of_a_form_since_other_sites_show_it(
    service: MemoryService, client: FlaskClient
) -> None:
    shared = link(client, service, names="1", password="twelve characters")
    visitor = create_app(service, limits=False).test_client()
    assert visitor.post(shared, data={"password": "twelve characters"}).status_code == 302


def test_passwords_of_a_link_cannot_be_tried_again_and_again(service: MemoryService, client: FlaskClient) -> None:
    shared = link(client, service, names="1", password="twelve characters")
    visitor = create_app(service).test_client()
    answers = [visitor.post(shared, data={"password": "wrong"}) for _ in range(21)]
    assert [a.status_code for a in answers] == [401] * 20 + [429]
    assert "Zbyt wiele prób" in answers[-1].text


def test_other_pages_are_kept_and_shown_to_colleagues_but_shared_by_no_link(
    client: FlaskClient, service: MemoryService
) -> None:
    for address in ("/map?measure=gap&area=powiat", "/network/dates?day=2012-01-01", "/measures?size=betweenness"):
        assert f'name="address" value="{address.replace("&", "&amp;")}"' in client.get(address).text
        client.post("/views", data={"name": "Inny", "address": address})
        id = next(v.id for v in service.views.kept.values() if v.name == "Inny")
        assert client.get(f"/views/{id}").location == address
        assert client.post(f"/views/{id}/share", data={"days": "7"}).status_code == 400
        client.post(f"/views/{id}/delete")


def test_without_names_the_order_tells_no_name(app: Any, client: FlaskClient, service: MemoryService) -> None:
    visitor, shared = app.test_client(), link(client, service)
    by_name, usual = (
        re.findall("<tbody>.*</tbody>", visitor.get(f"{shared}{q}").text, re.S) for q in ("?sort=name", "")
    )
    assert by_name == usual != []


def test_a_revoked_an_expired_and_an_invented_link_lead_nowhere(
    app: Any, client: FlaskClient, service: MemoryService
) -> None:
    visitor, first = app.test_client(), link(client, service, names="1")
    second = link(client, service, names="1")
    assert [visitor.get(a).status_code for a in (first, second)] == [404, 200]
    kept = service.views.kept[the_id(service)]
    service.views.save(replace(kept, expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert visitor.get(second).status_code == 404
    service.views.save(kept)
    client.post(f"/views/{kept.id}/revoke")
    assert visitor.get(second).status_code == 404
    assert visitor.get("/shared/invented").status_code == 404


def test_a_link_ends_with_the_account_of_its_owner(app: Any, client: FlaskClient, service: MemoryService) -> None:
    shared, visitor = link(client, service, names="1"), app.test_client()
    owner = service.accounts.kept[service.views.kept[the_id(service)].owner]
    service.accounts.change(owner, active=False)
    closed = [visitor.get(path).status_code for path in (shared, f"{shared}/picture")]
    service.accounts.change(owner, active=True)
    assert (closed, visitor.get(shared).status_code) == ([404, 404], 200)


def test_a_name_cannot_break_out_of_the_frame_that_is_offered(client: FlaskClient, service: MemoryService) -> None:
    kept = service.views.kept[the_id(service)]
    service.views.save(replace(kept, name='"><script>'))
    html = client.post(f"/views/{kept.id}/share", data={"days": "7"}).text
    assert 'title="&amp;#34;&amp;gt;&amp;lt;script&amp;gt;"&gt;' in html


def test_a_link_that_never_ends_is_refused(client: FlaskClient, service: MemoryService) -> None:
    assert client.post(f"/views/{the_id(service)}/share", data={"days": "99999"}).status_code == 400


def test_links_are_kept_only_as_hashes(client: FlaskClient, service: MemoryService) -> None:
    token = link(client, service, names="1").rsplit("/", 1)[1]
    assert token not in repr(service.views.kept)


def test_the_app_is_made_without_opening_anything() -> None:
    class Untouchable:
        def __getattr__(self, name: str) -> Any:
            if name == "secret_key":
                return lambda: b"key"
            raise AssertionError(name)

    assert create_app(Untouchable()).name == "graphsvc_web"  # type: ignore[arg-type]
