"""Who may do what, signing in and out, and what keeps other sites out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app, rights, signing
from graphsvc_web.first import ADMINISTRATOR, first_way_in, way_in

from graphsvc.errors import NotFoundError
from graphsvc.model.network import Network
from tests.web.conftest import PASSWORD, signed_in
from tests.web.memory import MemoryService


def signed_in_by_address(app: Any, service: MemoryService, role: str) -> FlaskClient:
    client: FlaskClient = app.test_client()
    client.get(f"/sign-in/{signing.one_time_token(service.accounts, service.accounts.kept[role])}")
    return client


def test_every_route_declares_the_right_it_needs(app: Any) -> None:
    known = set().union(*rights.ROLES.values())
    undeclared = [rule.rule for rule in app.url_map.iter_rules() if rights.needed(app, rule.endpoint) not in known]
    assert undeclared == []


def test_nobody_keeps_a_page_of_who_is_signed_in(app: Any) -> None:
    assert signed_in(app, "reader").get("/work").headers["Cache-Control"] == "private, no-store"
    assert app.test_client().get("/help").headers["Cache-Control"] == "private, no-cache"


def test_a_route_without_a_right_is_refused(empty_service: MemoryService) -> None:
    made = create_app(empty_service, limits=False)
    made.add_url_rule("/forgotten", view_func=lambda: "secret")
    assert made.test_client().get("/forgotten").status_code == 403


def test_only_pages_for_everyone_open_without_signing_in(app: Any) -> None:
    client = app.test_client()
    open_pages = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments and client.get(rule.rule).status_code == 200
    }
    assert open_pages == {"/sign-in", "/healthz", "/help", "/accessibility"}


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("reader", "/network", 200),
        ("reader", "/import", 403),
        ("animator", "/import", 403),
        ("coordinator", "/import", 200),
        ("coordinator", "/accounts", 403),
        ("admin", "/accounts", 200),
    ],
)
def test_a_role_opens_what_it_has_a_right_to(app: Any, role: str, path: str, status: int) -> None:
    assert signed_in(app, role).get(path).status_code == status


def test_a_reader_does_not_decide(app: Any, service: MemoryService) -> None:
    a, b = service.snapshot().ids[:2]
    form = {"a": a, "b": b, "status": "ZAP"}
    assert signed_in(app, "reader").post("/suggestions", data=form).status_code == 403
    assert signed_in(app, "outreach").post("/suggestions", data=form).status_code == 302
    last = service.suggested.decided[-1]
    assert ({last.a, last.b}, last.status, last.by) == ({a, b}, "ZAP", "Outreach")


def test_signing_in_leads_on_to_the_page_asked_for_and_nowhere_else(app: Any) -> None:
    client = app.test_client()
    assert client.get("/network?q=x").location == "/sign-in?next=/network?q%3Dx"
    form = {"email": "READER@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data={**form, "next": "/network?q=x"}).location == "/network?q=x"
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert app.test_client().post("/sign-in", data={**form, "next": elsewhere}).location == "/"


@pytest.mark.parametrize(("email", "password"), [("reader@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_password_and_an_unknown_person_look_the_same(app: Any, email: str, password: str) -> None:
    answer = app.test_client().post("/sign-in", data={"email": email, "password": password})
    assert answer.status_code == 401
    assert "nie pasują do siebie" in answer.text


def test_signing_out_ends_the_session_and_what_was_copied_of_it(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client, copy = signed_in(app, "reader"), app.test_client()
    copy.set_cookie("graphsvc_session", client.get_cookie("graphsvc_session").value)
    assert copy.get("/search").status_code == 200
    others = signed_in(app, "reader")
    client.post("/sign-out")
    assert [one.get("/search").status_code for one in (client, copy, others)] == [302, 302, 200]
    assert signed_in(app, "reader").get("/search").status_code == 200


def test_signing_out_everywhere_ends_all_sessions_of_the_person(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    assert signed_in_by_address(app, empty_service, "reader").post("/sign-out/everywhere").status_code == 400
    app.config["WTF_CSRF_ENABLED"] = False
    first, second, somebody = signed_in(app, "reader"), signed_in(app, "reader"), signed_in(app, "animator")
    assert first.get("/sign-out/everywhere").status_code == 405
    assert 'action="/sign-out/everywhere"' in first.get("/account").text
    assert first.post("/sign-out/everywhere").location == "/sign-in"
    assert [one.get("/search").status_code for one in (first, second, somebody)] == [302, 302, 200]


def test_an_account_that_is_opened_again_has_no_old_session_or_address(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    admin, reader = signed_in(app, "admin"), signed_in(app, "reader")
    token = signing.one_time_token(empty_service.accounts, empty_service.accounts.kept["reader"])
    for action in ("close", "open"):
        admin.post("/accounts/reader", data={"action": action, "role": "reader"})
    assert reader.get("/search").status_code == 302
    assert app.test_client().get(f"/sign-in/{token}").status_code == 410
    assert signed_in(app, "reader").get("/search").status_code == 200


def test_a_new_one_time_address_and_a_new_password_end_earlier_addresses(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    person = empty_service.accounts.kept["reader"]
    first, second = (signing.one_time_token(empty_service.accounts, person) for _ in range(2))
    assert app.test_client().get(f"/sign-in/{first}").status_code == 410
    form = {"current": PASSWORD, "password": "a longer new password"}
    assert signed_in(app, "reader").post("/account", data=form).status_code == 302
    assert app.test_client().get(f"/sign-in/{second}").status_code == 410


def test_over_https_cookies_go_by_https_only(app: Any) -> None:
    form = {"email": "reader@example.org", "password": PASSWORD}
    for scheme, secure in (("http", False), ("https", True)):
        answer = app.test_client().post("/sign-in", data=form, base_url=f"{scheme}://localhost")
        assert ("Secure" in answer.headers["Set-Cookie"]) == secure


def test_a_password_chosen_while_all_sessions_are_ended_is_not_set(
    empty_service: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    thief, owner = signed_in(app, "reader"), signed_in(app, "reader")
    hashed = signing.hash_password

    def slowly(password: str) -> str:
        assert owner.post("/sign-out/everywhere").status_code == 302
        return hashed(password)

    monkeypatch.setattr(signing, "hash_password", slowly)
    form = {"current": PASSWORD, "password": "a longer new password"}
    assert thief.post("/account", data=form).status_code == 409
    assert [one.get("/search").status_code for one in (thief, owner)] == [302, 302]
    assert signed_in(app, "reader").get("/search").status_code == 200


def test_a_closed_account_and_a_new_password_end_sessions(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    first, second = signed_in(app, "reader"), signed_in(app, "reader")
    form = {"current": PASSWORD, "password": "a longer new password"}
    assert first.post("/account", data=form).status_code == 302
    assert (first.get("/search").status_code, second.get("/search").status_code) == (200, 302)
    empty_service.close_account("reader")
    assert first.get("/search").status_code == 302


def test_a_one_time_address_signs_in_once(app: Any, service: MemoryService) -> None:
    token = signing.one_time_token(service.accounts, service.accounts.kept["animator"])
    assert app.test_client().head(f"/sign-in/{token}").status_code == 204
    first, second = app.test_client(), app.test_client()
    assert first.get(f"/sign-in/{token}").status_code == 302
    assert first.get("/search").status_code == 200
    assert second.get(f"/sign-in/{token}").status_code == 410
    assert second.get("/search").status_code == 302


def test_an_old_one_time_address_does_not_sign_in(app: Any, service: MemoryService) -> None:
    token = signing.one_time_token(service.accounts, service.accounts.kept["animator"], timedelta(seconds=-1))
    assert app.test_client().get(f"/sign-in/{token}").status_code == 410


def test_an_administrator_invites_and_changes_but_not_themselves(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    admin = signed_in(app, "admin")
    answer = admin.post("/accounts", data={"email": "new@example.org", "name": "New", "role": "animator"})
    link = answer.text.split("/sign-in/")[1].split("<")[0]
    invited = app.test_client()
    assert invited.get(f"/sign-in/{link}", follow_redirects=True).request.path == "/account"
    account = empty_service.accounts.by_email("new@example.org")
    assert account is not None
    admin.post(f"/accounts/{account.id}", data={"role": "reader", "action": "role"})
    admin.post(f"/accounts/{account.id}", data={"role": "admin", "action": "close"})  # the page was opened long ago
    changed = empty_service.accounts.kept[account.id]
    assert (changed.role, changed.active) == ("reader", False)
    taken = admin.post("/accounts", data={"email": "NEW@example.org", "name": "Second", "role": "coordinator"})
    assert taken.status_code == 409
    assert "NEW@example.org ma już konto" in taken.text
    assert 'value="Second"' in taken.text  # what was typed stays
    assert (
        '<option value="coordinator" selected>'
        in taken.text.partition('<select id="role"')[2].partition("</select>")[0]
    )
    assert admin.post("/accounts/admin", data={"role": "reader", "action": "role"}).status_code == 400


@pytest.fixture
def newcomer(empty_service: MemoryService) -> FlaskClient:
    """Came in by the address of an invitation, and has not chosen a password yet."""
    person = empty_service.accounts.kept["admin"]
    empty_service.accounts.add(replace(person, password_hash=None, must_change_password=True))
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    return signed_in_by_address(app, empty_service, "admin")


def test_who_has_to_choose_a_password_is_led_to_it_and_then_to_where_they_wanted(newcomer: FlaskClient) -> None:
    assert newcomer.get("/search?q=a&sort=name").location == "/account?next=/search?q%3Da%26sort%3Dname"
    page = newcomer.get("/account?next=/search?q%3Da").text
    assert "Najpierw ustaw własne hasło" in page
    assert 'href="/network"' not in page
    assert "/account/territory" not in page
    assert "/sign-out/everywhere" not in page
    assert newcomer.post("/account?next=/search", data={"password": "short"}).status_code == 400
    chosen = {"password": "a password of my own"}
    assert newcomer.post("/account?next=/search?q%3Da", data=chosen).location == "/search?q=a"
    assert newcomer.get("/search?q=a").status_code == 200
    assert "Najpierw ustaw" not in newcomer.get("/account").text


def test_no_page_works_before_a_password_is_chosen(newcomer: FlaskClient) -> None:
    app: Any = newcomer.application
    own = {"accounts.password", "accounts.change_password", "accounts.sign_out"}
    bind, known = app.url_map.bind("localhost"), {"format": "csv", "about": "roles"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in own or rights.needed(app, rule.endpoint) == rights.PUBLIC:
            continue
        path = bind.build(rule.endpoint, {name: known.get(name, "x") for name in rule.arguments})
        for method in rule.methods & {"GET", "POST", "DELETE"}:
            answer = newcomer.open(path, method=method)
            led = method == "GET" and not path.startswith("/api/")
            assert (answer.status_code, (answer.location or "")[:14]) == ((302, "/account?next=") if led else (403, ""))
    assert newcomer.post("/preferences", data={"language": "en"}).status_code == 302
    assert newcomer.get("/static/app.css").status_code == 200
    assert newcomer.post("/sign-out").location == "/sign-in"
    assert newcomer.get("/account").location == "/sign-in?next=/account"


by_programs = pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/search?q=a", {}),
        ("/map/values", {"Accept": "application/json"}),
        ("/suggestions", {"Sec-Fetch-Dest": "empty", "Accept": "*/*"}),
    ],
)


@by_programs
def test_programs_are_told_to_sign_in(app: Any, path: str, headers: Any) -> None:
    answer = app.test_client().get(path, headers=headers)
    assert (answer.status_code, answer.json) == (
        401,
        {"error": "Zaloguj się", "advice": "Ta część jest tylko dla zalogowanych osób.", "near": []},
    )
    by_person = {"Sec-Fetch-Dest": "document", "Accept": "text/html,*/*;q=0.8"}
    assert app.test_client().get("/suggestions", headers=by_person).location == "/sign-in?next=/suggestions"


@by_programs
def test_programs_are_told_that_a_password_is_missing(newcomer: FlaskClient, path: str, headers: Any) -> None:
    answer = newcomer.get(path, headers=headers)
    assert (answer.status_code, answer.json) == (
        403,
        {
            "error": "Najpierw ustaw własne hasło.",
            "advice": "Zrób to na stronie swojego konta, a potem spróbuj jeszcze raz.",
            "near": [],
        },
    )


def test_a_form_sent_before_a_password_is_chosen_leads_to_it_and_back(newcomer: FlaskClient) -> None:
    answer = newcomer.post("/records/Meeting/new", data={"name": "x"})
    assert answer.status_code == 403
    assert 'href="/account?next=/records/Meeting/new"' in answer.text


def test_passwords_are_kept_as_argon2id_and_short_ones_refused(empty_service: MemoryService) -> None:
    assert (empty_service.accounts.kept["admin"].password_hash or "").startswith("$argon2id$")
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    form = {"current": PASSWORD, "password": "short"}
    assert signed_in(app, "reader").post("/account", data=form).status_code == 400


def test_a_form_without_its_token_is_refused(service: MemoryService) -> None:
    app = create_app(service, limits=False)
    answer = app.test_client().post("/sign-in", data={"email": "admin@example.org", "password": PASSWORD})
    assert answer.status_code == 400


def test_repeated_attempts_to_sign_in_are_slowed_down(empty_service: MemoryService) -> None:
    app = create_app(empty_service)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    answers = [client.post("/sign-in", data={"email": "x", "password": "y"}).status_code for _ in range(21)]
    assert answers == [401] * 20 + [429]


def test_nothing_changes_by_looking(app: Any, admin: FlaskClient, service: MemoryService) -> None:
    before = (dict(service.accounts.kept), list(service.suggested.decided), service.network)
    ids = {"id": service.snapshot().ids[0], "format": "csv", "filename": "app.css", "token": "x", "about": "roles"}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            admin.get(app.url_map.bind("localhost").build(rule.endpoint, {k: ids.get(k, "x") for k in rule.arguments}))
    assert (dict(service.accounts.kept), list(service.suggested.decided), service.network) == before


def test_pages_allow_no_script_or_style_from_elsewhere_or_inline(admin: FlaskClient) -> None:
    headers = admin.get("/network").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_session_cookies_are_kept_from_scripts(app: Any) -> None:
    answer = app.test_client().post("/sign-in", data={"email": "reader@example.org", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_tokens_are_kept_only_as_hashes(service: MemoryService) -> None:
    token = signing.one_time_token(service.accounts, service.accounts.kept["reader"])
    assert token not in repr(service.accounts.tokens)
    assert service.accounts.take_token(signing.token_hash(token), datetime.now(UTC)) is not None


def test_the_first_start_makes_an_administrator_with_a_one_time_password() -> None:
    service = MemoryService(Network())
    first = first_way_in(service.accounts, "http://localhost")
    (made,) = service.accounts.all()
    assert (made.role, made.must_change_password) == ("admin", True)
    assert signing.matches(made, first.password)
    app = create_app(service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": ADMINISTRATOR, "password": first.password})
    assert client.get(answer.location).location == "/account?next=/"
    client.post("/account", data={"password": "a password of my own"})
    again = app.test_client().post("/sign-in", data={"email": ADMINISTRATOR, "password": first.password})
    assert again.status_code == 401
    assert first_way_in(service.accounts, "http://localhost").address == "http://localhost/"


def test_who_never_came_in_gets_an_address_at_each_start() -> None:
    service = MemoryService(Network())
    first_way_in(service.accounts, "")
    again = first_way_in(service.accounts, "")
    assert (again.address.startswith("/sign-in/"), again.password) == (True, "")


def test_a_forgotten_password_is_helped_on_the_command_line(app: Any, service: MemoryService) -> None:
    assert app.test_client().get(way_in(service.accounts, "ANIMATOR@example.org")).status_code == 302
    with pytest.raises(NotFoundError, match=r"animator@example\.org") as wrong:
        way_in(service.accounts, "animatr@example.org")
    assert wrong.value.near[0] == "animator@example.org"


def test_who_forgot_the_password_chooses_another_by_a_one_time_address(app: Any, service: MemoryService) -> None:
    """Without the old one, once: in this session alone, and not after it is chosen."""
    before = service.accounts.by_email("animator@example.org")
    assert before
    usual = signed_in(app, "animator").get("/account").text
    client = app.test_client()
    client.get(way_in(service.accounts, "animator@example.org"))
    assert ('name="current"' in usual, 'name="current"' in client.get("/account").text) == (True, False)
    assert client.post("/account", data={"password": "calkiem nowe haslo"}).status_code == 302
    assert 'name="current"' in client.get("/account").text
    assert client.post("/account", data={"password": "jeszcze inne haslo"}).status_code == 400
    service.accounts.add(before)


def test_a_demonstration_signs_in_by_its_address_each_time() -> None:
    service = MemoryService(Network())
    for _ in range(2):
        first = first_way_in(service.accounts, "", always_sign_in=True)
        assert first.password == ""
        client = create_app(service, limits=False).test_client()
        assert client.get(first.address).location == "/"
        assert [client.get(path).status_code for path in ("/help", "/accounts", "/api/search?q=a")] == [200] * 3


def test_an_outreach_officer_works_with_their_own_types_of_records(app: Any) -> None:
    client = signed_in(app, "outreach")
    for label in ("Outreach", "Contact", "CsrOffer", "CsrAction"):
        assert client.get(f"/records/{label}/new").status_code == 200
    for label in ("Organisation", "Partnership", "Meeting", "ContactPerson"):
        assert client.get(f"/records/{label}/new").status_code == 403
    assert signed_in(app, "reader").get("/records/Contact/new").status_code == 403
    assert signed_in(app, "animator").get("/records/Meeting/new").status_code == 200


def test_signing_in_again_leads_back_to_the_form_that_was_sent(app: Any) -> None:
    answer = app.test_client().post("/records/Meeting/new", data={"name": "x"})
    assert answer.status_code == 401
    assert "/sign-in?next=/records/Meeting/new" in answer.text
    assert "next=/undo" not in app.test_client().post("/undo/x").text
