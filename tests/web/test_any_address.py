"""Whatever stands in an address or a form: no error of the server, but a page that says so and offers a way on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app, signing
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from graphsvc.model.accounts import Account
from graphsvc.service import Service
from tests.web.every_page import places
from tests.web.test_keyboard import service  # noqa: F401 a fixture

EVIL = [
    value.encode() if isinstance(value, str) else value
    for value in (
        "", "nope", "-1", "0", "9" * 30, "9" * 5000, "1e9", "nan", "inf", "1.5", "12,3", "²", "١٢", "2024-02-30",
        "0001-01-01", "9999-12-31", "021101", "--name", "' OR 1=1 //", "(+-~*:\"", "\\", "[]", "%", ",", "a,b",
        "../../etc", "{{7*7}}", "<b>x</b>", "👩‍🌾", "\u202eabc", "ż" * 300, "\r\nX: y",
        b"\x00", b"a\x00b", b"\xff\xfe", b"\xed\xa0\x80",
    )
]  # fmt: skip
EACH = 1
"""Evil values for each parameter of a page; which of them goes round."""
ENDING = {
    "accounts.sign_out",
    "accounts.sign_out_everywhere",
    "accounts.change_password",
    "jobs.learn",
    "evaluation.start",
}
"""They end the session, or begin long work, whatever is sent."""
AS_A_WHOLE = 300
read: set[str] = set()


class Noting(ImmutableMultiDict[str, str]):
    """Parameters that note which of them a page asks for."""

    def get(self, key: str, *rest: Any, **more: Any) -> Any:
        read.add(key)
        return super().get(key, *rest, **more)

    def getlist(self, key: str, *rest: Any, **more: Any) -> Any:
        read.add(key)
        return super().getlist(key, *rest, **more)

    def __contains__(self, key: object) -> bool:
        read.add(str(key))
        return super().__contains__(key)


@pytest.fixture(scope="module")
def app(service: Service) -> Any:  # noqa: F811
    """The application over the made-up region; its requests note what is asked of them."""
    made = create_app(service, limits=False)
    made.config["WTF_CSRF_ENABLED"] = False
    made.request_class = type("Noted", (made.request_class,), {"parameter_storage_class": Noting})
    return made


@pytest.fixture(scope="module")
def client(app: Any, service: Service) -> FlaskClient:  # noqa: F811
    """An administrator."""
    account = Account("any", "any@example.org", "Ala", "admin")
    service.accounts.add(account)
    made: FlaskClient = app.test_client()
    made.get(f"/sign-in/{signing.one_time_token(service.accounts, account)}")
    return made


def rules(app: Any, method: str) -> list[Rule]:
    found = (r for r in app.url_map.iter_rules() if method in r.methods and r.endpoint not in {"static", *ENDING})
    return sorted(found, key=lambda r: r.rule)


def goods(client: FlaskClient) -> Callable[[Rule], dict[str, bytes]]:
    """What stands in the address of a page of each kind."""
    known = places(lambda path: client.get(path).json)
    usual = {"id": known["id"], "label": "Organisation", "format": "csv", "name": "demand", "area": "ASY"}
    usual |= {"territory": "021101", "about": "roles"}
    own = {"organisation.partnership": known["partnership"], "groups.complete": known["partnership"]}

    def good(rule: Rule) -> dict[str, bytes]:
        chosen = {a: usual.get(a, "nope") for a in rule.arguments}
        chosen |= {"id": own[rule.endpoint]} if rule.endpoint in own else {}
        chosen |= {"name": "meeting_form"} if rule.endpoint.startswith("settings.") and "name" in chosen else {}
        return {name: value.encode() for name, value in chosen.items()}

    return good


def address(rule: Rule, values: dict[str, bytes]) -> str:
    parts = (
        part if not dynamic else quote(values[part], safe="") for dynamic, part in rule._trace if part not in ("|", "")
    )
    return "/" + "".join(parts).lstrip("/")


def walk(app: Any, client: FlaskClient, method: str) -> list[object]:
    """Every page with every parameter that it asks for, some evil values each, and its own parts evil too."""
    good, wrong, evil = goods(client), [], cycle(EVIL)

    def ask(path: str, query: str = "") -> None:
        kind = "application/x-www-form-urlencoded"
        answer = (
            client.get(f"{path}?{query}")
            if method == "GET"
            else client.post(path, data=query.encode(), content_type=kind)
        )
        said = answer.status_code < 400 or path.startswith("/api/") or 'class="button' in answer.text
        if answer.status_code >= 500 or not said:
            wrong.append((rule.endpoint, path[:AS_A_WHOLE], query[:AS_A_WHOLE], answer.status_code))

    for rule in rules(app, method):
        path, tried = address(rule, good(rule)), set[str]()
        read.clear()
        ask(path)
        for name in rule.arguments:
            for value in [*islice(evil, 4 * EACH), b"x" * 20_000]:
                ask(address(rule, {**good(rule), name: value}))
        while names := sorted(read - tried):
            tried.update(names)
            for name in names:
                for value in islice(evil, EACH):
                    ask(path, f"{quote(name)}={quote(value, safe='')}")
                ask(path, "&".join(f"{quote(name)}={i}" for i in range(8)))
    return wrong


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_and_no_form_ends_in_an_error_of_the_server(app: Any, client: FlaskClient, method: str) -> None:
    assert walk(app, client, method) == []


@pytest.mark.parametrize(("language", "words"), [("pl", "Ta strona bez filtrów"), ("en", "This page without filters")])
def test_what_is_wrong_is_said_in_both_languages(client: FlaskClient, language: str, words: str) -> None:
    client.set_cookie("language", language)
    for path in ("/network?year=abc", "/map?measure=x", "/network?q=" + "x" * 20_000, "/suggestions?preset=x"):
        answer = client.get(path)
        assert answer.status_code in (400, 414)
        assert words in answer.text
