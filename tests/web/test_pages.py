"""Pages: what they show, how their address filters them, and what they say to bad input."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app, groups, signing
from graphsvc_web.pages import network, organisation
from graphsvc_web.uploads import safe_name

from graphsvc.model.network import Network, table
from graphsvc.service import report
from graphsvc.service.cache import Cache
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService


def rows(html: str) -> list[str]:
    """Names in the first column of the table of organisations."""
    return re.findall(r'<th scope="row"><a[^>]*><bdi>(.*?)</bdi>', html)


def test_the_first_page_tells_the_story_in_numbers(admin: FlaskClient, service: MemoryService) -> None:
    html = admin.get("/").text
    assert "598" in html
    assert "Stan sieci: 22 stycznia 2015" in html
    assert html.index('role="search"') < html.index("598")


def test_an_empty_network_says_how_to_begin(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, "coordinator")
    assert "Sieć jest jeszcze pusta" in client.get("/").text
    for path in ("/network", "/suggestions", "/measures", "/api/picture", "/api/organisations", "/search?q=a"):
        assert client.get(path).status_code == 200, path
    for path in ("/network", "/map", "/network/dates", "/measures", "/measures/roles", "/measures/gaps"):
        html = client.get(path).text
        assert "Wpisz pierwszą organizację" in html, path
        assert "filtr" not in html, path


def test_the_table_is_sorted_and_paged_on_the_server(admin: FlaskClient) -> None:
    first = rows(admin.get("/network?level=organisations&sort=name").text)
    second = rows(admin.get("/network?level=organisations&sort=name&page=2").text)
    assert len(first) == len(second) == 25
    assert not set(first) & set(second)
    last = rows(admin.get("/network?level=organisations&sort=-name").text)
    assert last[0] not in first
    assert rows(admin.get("/network?level=organisations&sort=name&page=999999").text)


def test_filters_in_the_address_choose_and_can_be_taken_out(admin: FlaskClient) -> None:
    html = admin.get("/network?sector=school&q=aalborg").text
    names = rows(html)
    assert names
    assert all("aalborg" in n.lower() for n in names)
    assert 'href="/network?q=aalborg"' in html
    assert 'href="/network?sector=school"' in html


def test_beyond_the_last_page_of_the_api_is_nothing(admin: FlaskClient) -> None:
    last = admin.get("/api/organisations").json["pages"]
    beyond = admin.get(f"/api/organisations?page={last + 1}").json
    assert (beyond["rows"], beyond["page"], beyond["pages"]) == ([], last + 1, last)
    assert admin.get(f"/api/organisations?page={last}").json["rows"]


def test_a_year_shows_the_network_as_it_was(admin: FlaskClient) -> None:
    counts = [admin.get(f"/api/organisations?year={year}").json["total"] for year in (2007, 2010, 2014)]
    assert 0 < counts[0] < counts[1] < counts[2]


def test_search_needs_no_diacritics(admin: FlaskClient) -> None:
    assert "Århus Kommune" in admin.get("/search?q=arhus kommune").text
    hits = admin.get("/api/search?q=arhus kommune").json["hits"]
    assert hits[0]["url"].startswith("/organisations/")


def test_an_organisation_has_its_page(admin: FlaskClient, service: MemoryService) -> None:
    snapshot = service.snapshot()
    row = snapshot.column("name").index("Aalborg Universitet")
    html = admin.get(f"/organisations/{snapshot.ids[row]}").text
    assert html.count("<h1>") == 1
    partner = snapshot.column("name")[snapshot.graph.row(row)[0]]
    assert partner.replace("&", "&amp;") in html
    assert "Partnerstwa w czasie" in html


def test_an_organisation_stands_among_all_in_its_sector_and_in_its_territory(
    admin: FlaskClient, service: MemoryService
) -> None:
    snapshot = service.snapshot()
    row = snapshot.column("name").index("Aalborg Universitet")
    place = next(p for p in service.analysis.standing(snapshot, snapshot.ids[row]) if p.measure == "partners")
    shares = [min(round(100 * s), 99) for s in (place.among_all, place.in_sector, place.in_territory) if s is not None]
    assert len(shares) == 3
    said = "więcej niż {}% wszystkich, {}% swojego sektora, {}% swojego terenu".format(*shares)
    assert said in admin.get(f"/organisations/{snapshot.ids[row]}").text


def test_a_partnership_lists_its_members(admin: FlaskClient, service: MemoryService) -> None:
    record = max(service.partnerships.values(), key=lambda p: len(p.members))
    html = admin.get(f"/partnerships/{record.id}").text
    assert len(re.findall(r"<tr><th scope", html)) == len(record.members) + 1


@pytest.mark.parametrize(("starts_on", "said"), [("2020-01-01", "trwa"), ("2999-01-01", "planowane")])
def test_a_partnership_that_is_yet_to_begin_does_not_last(
    admin: FlaskClient, service: MemoryService, monkeypatch: pytest.MonkeyPatch, starts_on: str, said: str
) -> None:
    record = next(iter(service.partnerships.values()))
    new = record.model_copy(update={"starts_on": date.fromisoformat(starts_on), "ends_on": None})
    monkeypatch.setitem(service.partnerships, record.id, new)
    assert re.search(rf"stycznia {starts_on[:4]} – {said}<", admin.get(f"/partnerships/{record.id}").text)


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "graphml", "gexf"])
def test_what_is_chosen_can_be_downloaded(admin: FlaskClient, format: str) -> None:
    answer = admin.get(f"/download/network.{format}?sector=school")
    assert answer.status_code == 200
    assert f".{format}" in answer.headers["Content-Disposition"]
    assert len(answer.data) > 1000


def test_an_unknown_format_is_not_found(admin: FlaskClient) -> None:
    assert admin.get("/download/network.exe").status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/organisations/nope", 404, "Nic tu nie ma"),
        ("/partnerships/nope", 404, "Nic tu nie ma"),
        ("/nowhere", 404, "Nic tu nie ma"),
        ("/network?year=99", 400, "Ta strona bez filtrów"),
        ("/network?year=abc", 400, "Ta strona bez filtrów"),
        ("/network?day=2024-02-30", 400, "Ta strona bez filtrów"),
        ("/network?day=0001-01-01", 400, "Ta strona bez filtrów"),
        ("/network?level=moon", 400, "Ta strona bez filtrów"),
        ("/network?group=9999999999999", 400, "Ta strona bez filtrów"),
        ("/network?q=" + "x" * 20_000, 414, "Adres jest za długi"),
        ("/network?q=zzzzzz", 200, "Żadna organizacja nie pasuje"),
        ("/network?service=none&phase=none&organisation_kind=none", 200, "Żadna organizacja nie pasuje"),
        ("/network?year=1900", 200, "Żadna organizacja nie pasuje"),
        ("/network?territory=nowhere&theme=none", 200, "Żadna organizacja nie pasuje"),
        ("/search?q=zzzzzz", 200, "Nic nie znaleziono"),
    ],
)
def test_bad_input_gives_a_page_that_says_so_and_a_way_on(
    admin: FlaskClient, path: str, status: int, says: str
) -> None:
    answer = admin.get(path)
    assert answer.status_code == status
    assert says in answer.text
    assert 'class="button' in answer.text


def test_json_errors_are_json(admin: FlaskClient, app: Any) -> None:
    assert "error" in admin.get("/api/organisations/nope/picture").json
    assert admin.get("/api/organisations?year=99").status_code in (400, 422)
    wrong = {
        "organisations?year=old": "year: Podaj liczbę całkowitą.",
        "organisations?day=31.01.2026": "day: Podaj dzień, na przykład 2026-01-31.",
        "suggestions?limit=0": "limit: Podaj liczbę od 1 do 200.",
        f"search?q={'x' * 201}": "q: Podaj najwyżej 200 znaków.",
    }
    for path, says in wrong.items():
        answer = admin.get(f"/api/{path}")
        assert (answer.status_code, answer.json["error"]) == (422, says)
    assert app.test_client().get("/api/organisations").status_code == 401


def test_suggestions_for_programs_are_those_that_were_asked_for(admin: FlaskClient) -> None:
    """None of the whole network for an organisation that is unknown, or for two that are not suggested."""
    best = admin.get("/api/suggestions?limit=50").json["suggestions"]
    assert len(best) == 50
    assert "error" in admin.get("/api/suggestions?for_organisation=nope").json
    one, other = best[0], best[1]
    two = admin.get(f"/api/suggestions?only={one['a']}&only={one['b']}").json["suggestions"]
    assert [(s["a"], s["b"]) for s in two] == [(one["a"], one["b"])]
    for_one = admin.get(f"/api/suggestions?for_organisation={other['a']}&limit=3").json["suggestions"]
    assert all(s["a"] == other["a"] for s in for_one)
    left_out = admin.get(f"/api/suggestions?for_organisation={other['a']}&territory=nowhere")
    assert left_out.json["suggestions"] == []


def test_odd_names_are_shown_as_text() -> None:
    names = ["<script>alert(1)</script>", "👩‍🌾 Zagroda", "\u202eabc\u202c", "ż" * 300]
    network = Network(
        organisations=table(
            "organisations",
            ({"id": f"o{i}", "name": n, "sector": "ngo", "kind": "", "territory": ""} for i, n in enumerate(names)),
        ),
        partnerships=table("partnerships", [{"id": "p", "name": "<b>P</b>", "kind": "", "phase": "", "themes": []}]),
        memberships=table("memberships", [{"organisation": i, "partnership": 0} for i in range(4)]),
    )
    service = MemoryService(network)
    service.add_accounts("")
    app = create_app(service, limits=False)
    client = app.test_client()
    token = signing.one_time_token(service.accounts, service.accounts.kept["admin"])
    client.get(f"/sign-in/{token}")
    html = client.get("/network?level=organisations").text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    nodes = client.get("/api/picture?level=organisations").json["nodes"]
    assert all("\u202e" not in node["label"] + node["title"] for node in nodes)
    assert max(len(node["label"]) for node in nodes) <= 44


def test_one_organisation_alone_is_a_network_too() -> None:
    row = {"id": "o", "name": "Sama", "sector": "ngo", "kind": "", "territory": ""}
    service = MemoryService(Network(organisations=table("organisations", [row])))
    service.add_accounts("")
    client = create_app(service, limits=False).test_client()
    token = signing.one_time_token(service.accounts, service.accounts.kept["admin"])
    client.get(f"/sign-in/{token}")
    for path in ("/", "/network", "/measures", "/suggestions"):
        assert client.get(path).status_code == 200, path
    assert len(client.get("/api/picture?level=organisations").json["nodes"]) == 1


def test_an_import_is_checked_before_it_is_run(empty_service: MemoryService, service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, "coordinator")
    heading = "projekttitel,start_dato,slut_dato,ordning,Indsatsområde,budget,eu,region,cvr,navn,postnr,bynavn,parter\n"
    row = 'Ny bro,01.02.2010,,X,Y,"1,0","1,0",Sjælland,26349303,Alfa A/S,4700,Næstved,Beta ApS. Gamma Kommune\n'
    file = (io.BytesIO((heading + row).encode()), "ny.csv")
    html = client.post("/import", data={"file": file, "profile": "denmark"}).text
    assert "Co by się stało: ny.csv" in html
    assert not empty_service.partnerships
    key = re.search(r'name="key" value="(\w+)"', html)
    assert key
    done = client.post("/import/run", data={"key": key[1], "profile": "denmark"})
    assert "Zaimportowano: ny.csv" in done.text
    assert [p.name for p in empty_service.partnerships.values()] == ["Ny bro"]
    assert client.post("/import/run", data={"key": key[1], "profile": "denmark"}).status_code == 404


def test_a_file_that_is_sent_waits_only_for_who_sent_it(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    rows = "Partnerstwo;Organizacja\nDla seniorów;Gmina Lubin\n"
    sent = {"file": (io.BytesIO(rows.encode()), "p.csv"), "profile": "partnerstwa"}
    html = signed_in(app, "coordinator").post("/import", data=sent).text
    run = {"key": re.findall(r'name="key" value="(\w+)"', html)[0], "profile": "partnerstwa"}
    assert signed_in(app, "admin").post("/import/run", data=run).status_code == 404
    assert signed_in(app, "coordinator").post("/import/run", data=run | {"key": "../admin"}).status_code == 404
    assert signed_in(app, "coordinator").post("/import/run", data=run).status_code == 200
    signed_in(app, "coordinator").post("/import", data={"file": (io.BytesIO(b""), "x.csv"), "profile": "denmark"})
    assert not [p for p in Path(empty_service.temporary.name).rglob("*") if p.is_file()]


ROWS = "Projekt;Kto;Start\nDla seniorów;Gmina Lubin;2021\nDla seniorów;Fundacja Most;2022\n"


def test_a_table_with_other_columns_is_asked_about_and_remembered(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, "coordinator")

    def send(profile: str) -> Any:
        sent = {"file": (io.BytesIO(ROWS.encode()), "nasza tabela.csv"), "profile": profile}
        return client.post("/import", data=sent, follow_redirects=True)

    asked = send("partnerstwa")
    assert asked.status_code == 400
    assert "Wskaż poniżej, co zawiera która kolumna" in asked.text
    html = send("").text
    key = re.findall(r'name="key" value="(\w+)"', html)[0]
    meanings = re.findall(r'value="([\w.]+)" selected', html)
    assert meanings == ["partnership.name", "partnership.starts_on"]
    assert 'name="name" value="nasza tabela"' in html
    form = {"key": key, "name": " nasza  tabela ", "separator": "", "heading": ["Projekt", "Kto", "Start"]}
    wrong = client.post("/import/columns", data=form | {"meaning": [*meanings[:1], "", *meanings[1:]]})
    assert wrong.status_code == 400
    assert "Wskaż, w której kolumnie jest organizacja." in wrong.text
    assert 'value="partnership.name" selected' in wrong.text
    lacking = form | {"name": "", "meaning": ["partnership.name", "members.column"]}
    unnamed = client.post("/import/columns", data=lacking)
    assert "pole Nazwa: Profil nie może się tak nazywać." in unnamed.text
    meant = form | {"meaning": ["partnership.name", "members.column", "partnership.starts_on"]}
    report = client.post("/import/columns", data=meant).text
    assert "Co by się stało: nasza tabela.csv" in report
    assert not empty_service.partnerships
    assert "Co by się stało: nasza tabela.csv" in send("nasza tabela").text
    changed = client.get(f"/import/columns?key={key}&profile=nasza tabela").text
    assert 'name="again" value="nasza tabela"' in changed
    assert 'value="members.column" selected' in send("").text  # the profile that fits is taken
    assert client.post("/import/columns", data=meant).status_code == 409
    assert client.post("/import/columns", data=meant | {"again": "nasza tabela"}).status_code == 200
    done = client.post("/import/run", data={"key": key, "profile": "nasza tabela"}).text
    assert "Zaimportowano: nasza tabela.csv" in done
    assert [len(p.members) for p in empty_service.partnerships.values()] == [2]
    assert client.get(f"/import/columns?key={key}").status_code == 404
    client.post("/import/profiles/remove", data={"profile": "nasza tabela"})
    assert "nasza tabela" not in client.get("/import").text


def test_values_on_no_list_are_asked_about_and_remembered(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, "coordinator")
    rows = "Partnerstwo;Organizacja;Gmina;Obszary\nA;Fundacja Most;Lubin;dom\nA;Spółka Dach;Lubin;<b>\n"
    sent = {"file": (io.BytesIO(rows.encode()), "t.csv"), "profile": "partnerstwa"}
    asked = client.post("/import", data=sent).text
    assert "3 wartości nie ma na liście: co znaczą?" in asked
    assert re.findall(r'name="value" value="(.*?)"', asked) == ["Lubin", "dom", "&lt;b&gt;"]
    assert '<option value="021101">Lubin (gmina miejska, powiat lubiński), województwo dolnośląskie</option>' in asked
    assert '<option value="OPI">' in asked
    assert 'id="refused"' not in asked  # told once, not for each row
    answers = {
        "key": re.findall(r'name="key" value="(\w+)"', asked)[0],
        "profile": "partnerstwa",
        "value": ["Lubin", "dom", "<b>"],
        "column": ["Gmina", "Obszary", "Obszary"],
        "scheme": ["territory", "need_area", "need_area"],
        "meaning": ["021101", "OPI", ""],
    }
    again = client.post("/import/values", data=answers).text
    assert re.findall(r'name="value" value="(.*?)"', again) == ["&lt;b&gt;"]
    done = client.post("/import/run", data=answers).text
    assert re.findall(r'<th scope="row" class="given"><bdi>(.*?)</bdi>', done) == ["&lt;b&gt;"]
    assert next(iter(empty_service.partnerships.values())).themes == ("OPI",)
    assert {o.territory for o in empty_service.organisations.values()} == {"021101"}


@pytest.mark.parametrize("path", ["/import/columns", "/import/values", "/import/profiles/remove"])
def test_profiles_are_for_those_who_import(app: Any, path: str) -> None:
    assert signed_in(app, "animator").post(path, data={"profile": "x"}).status_code == 403


def test_what_is_cut_on_the_page_of_an_import_is_counted_and_told(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "KEPT", 1)
    heading = "projekttitel,start_dato,slut_dato,ordning,Indsatsområde,budget,eu,region,cvr,navn,postnr,bynavn,parter\n"
    row = 'Ny bro {},{},,X,Y,"1,0","1,0",Sjælland,26349303,Alfa A/S,4700,Næstved,Beta ApS. Gamma Kommune\n'
    rows = [row.format(n, day) for n, day in enumerate(("01.02.2010", "32.13.2010", "32.13.2010", "32.13.2010"))]
    file = (io.BytesIO((heading + "".join(rows)).encode()), "ny.csv")
    html = signed_in(app, "coordinator").post("/import", data={"file": file, "profile": "denmark"}).text
    assert "odrzucone wiersze lub wartości</dt><dd><strong>3<" in html
    assert "Oto pierwsza 1." in html


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Sieć CSR Głogów (2026).xlsx", "Sieć CSR Głogów (2026).xlsx"),
        (unicodedata.normalize("NFD", "Łódź.csv"), "Łódź.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\dane\\..\\a<b>.csv", "a_b_.csv"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("𝔸" * 300 + ".csv", "𝔸" * 50 + ".csv"),
        ("ż" * 300, "ż" * 100),
    ],
)
def test_a_file_keeps_its_name_as_far_as_a_disk_can_have_it(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_search_that_finds_too_much_says_so_and_leads_to_the_lists(
    admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Znaleziono" in admin.get("/search?q=arhus kommune").text
    monkeypatch.setattr(organisation, "MOST_HITS", 2)
    html = admin.get("/search?q=kommune").text
    assert "Znaleziono" not in html
    assert "Oto najbliższe (2)" in html
    assert 'href="/records/Organisation?q=kommune"' in html


def test_why_organisations_are_not_drawn_is_said(admin: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "nie da się narysować"
    assert said not in admin.get("/network?level=organisations").text
    for module in (groups, network):
        monkeypatch.setattr(module, "MOST_NODES", 100)
    html = admin.get("/network?level=organisations").text
    assert said in html
    assert "więcej niż 100" in html
    assert said not in admin.get("/network").text


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 50, b"a,b\n1,2\n"])
def test_a_file_that_is_not_the_profiles_is_refused_in_words(app: Any, content: bytes) -> None:
    client = signed_in(app, "coordinator")
    data = {"file": (io.BytesIO(content), "x.csv"), "profile": "denmark"}
    answer = client.post("/import", data=data)
    assert answer.status_code == 400
    assert "x.csv" in answer.text


def test_no_file_and_no_profile_are_told(app: Any) -> None:
    client = signed_in(app, "coordinator")
    assert client.post("/import", data={"profile": "denmark"}).status_code == 400
    assert client.post("/import", data={"file": (io.BytesIO(b"a"), "x.csv"), "profile": "?"}).status_code == 400


def test_up_or_not(app: Any) -> None:
    assert app.test_client().get("/healthz").json == {"status": "ok"}


def test_the_api_describes_itself(admin: FlaskClient) -> None:
    paths = admin.get("/api/openapi.json").json["paths"]
    assert "/api/picture" in paths
    names = {p["name"] for p in paths["/api/picture"]["get"]["parameters"]}
    assert {"sector", "year", "territory", "theme"} <= names
    told = paths["/api/suggestions"]["get"]["responses"]
    assert {"200", "400", "401", "404", "422"} <= set(told)
    wrong = {"error", "advice", "near"}
    described = [
        told[code]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2] for code in ("400", "422")
    ]
    schemas = admin.get("/api/openapi.json").json["components"]["schemas"]
    assert [set(schemas[name]["properties"]) for name in described] == [wrong, wrong]
    for address in ("/api/suggestions?limit=0", "/api/suggestions?group=-3", "/api/suggestions?organisation=x"):
        assert set(admin.get(address).json) == wrong
    unused = {p["name"] for p in paths["/api/suggestions"]["get"]["parameters"]} & {"page", "sort", "size", "level"}
    assert (unused, admin.get("/api/suggestions?page=2").status_code) == (set(), 422)
    assert [p["name"] for p in paths["/api/path"]["get"]["parameters"]] == ["only"]
    assert "401" in paths["/api/organisations/{id}/picture"]["get"]["responses"]
    assert "organisation: Nie ma takiego parametru." in admin.get("/api/suggestions?organisation=x").json["error"]
    assert "/api/picture" in admin.get("/api/").text


def test_answers_hold_what_is_described(admin: FlaskClient, service: MemoryService) -> None:
    spec = admin.get("/api/openapi.json").json
    ids = service.snapshot().ids
    asked = {"/api/path": f"/api/path?only={ids[0]}&only={ids[1]}", "/api/search": "/api/search?q=a"}
    for path, operation in spec["paths"].items():
        told = operation["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        answer = admin.get(asked.get(path, path.replace("{id}", ids[0]))).json
        described(spec["components"]["schemas"], told, answer)
        assert operation["get"]["security"] == [{"session": []}]
    assert {"200", "304"} <= set(spec["paths"]["/api/picture"]["get"]["responses"])
    assert spec["components"]["securitySchemes"]["session"]["name"] == "graphsvc_session"


def described(schemas: dict[str, Any], reference: str, answer: dict[str, Any]) -> None:
    """That an answer has the properties of its schema, all the way down."""
    properties = schemas[reference.rpartition("/")[2]]["properties"]
    assert set(answer) == set(properties)
    for name, of in properties.items():
        for part in answer[name] if "$ref" in of.get("items", {}) else ():
            described(schemas, of["items"]["$ref"], part)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("picture?year=0", "year"),
        ("organisations?group=-1", "group"),
        ("organisations?sektor=ngo", "sektor"),
        ("path", "only"),
        ("path?only=a", "only"),
        ("search?text=a", "text"),
    ],
)
def test_programs_are_told_of_what_the_description_rules_out(admin: FlaskClient, query: str, name: str) -> None:
    answer = admin.get(f"/api/{query}")
    assert (answer.status_code, answer.json["error"].partition(":")[0]) == (422, name)


@pytest.mark.parametrize("method", ["POST", "TRACE"])
def test_what_may_be_done_instead_is_told_to_programs(admin: FlaskClient, method: str) -> None:
    answer = admin.open("/api/picture", method=method)
    assert (answer.status_code, answer.allow.as_set()) == (405, {"get", "head", "options"})


def test_characters_that_no_page_may_hold_are_replaced(admin: FlaskClient) -> None:
    for path in ("/network?year=a%00b", "/search?q=%01%0b%7F", "/records/%00/new"):
        assert re.search("[\0-\b\v\x0e-\x1f\x7f]", admin.get(path).text) is None


def test_fields_are_called_in_the_readers_language(admin: FlaskClient) -> None:
    for query, called in (("day=x", "Stan na"), ("group=x", "Społeczność"), ("page=-1", "Strona")):
        assert f"pole {called}: " in admin.get(f"/network?{query}").text
    assert "pole reach:" not in admin.get("/suggestions?reach=9").text


def test_what_is_planned_is_not_the_state_of_today(
    admin: FlaskClient, service: MemoryService, monkeypatch: Any
) -> None:
    """One partnership of all who had none would lead all shortest ways through its only older member."""
    start = admin.get("/").text
    network = service.network
    known = network.partnerships.num_rows
    planned = table("partnerships", [{"id": "planned", "name": "Zaplanowane", "starts_on": date(2999, 1, 1)}])
    joined = [{"organisation": k, "partnership": known, "role": "PAR"} for k in range(network.organisations.num_rows)]
    monkeypatch.setattr(
        service,
        "network",
        replace(
            network,
            partnerships=pa.concat_tables([network.partnerships, planned]),
            memberships=pa.concat_tables([network.memberships, table("memberships", joined)]),
        ),
    )
    monkeypatch.setattr(service, "cache", Cache(200))
    assert story(admin.get("/").text) == story(start)


def story(page: str) -> tuple[list[str], bool]:
    """Through whom most ways lead, and whether something planned is spoken of."""
    through = page.split("prowadzi przez:")[1].split("</p>")[0]
    return re.findall(r"<bdi>(.*?)</bdi>", through), "Zaplanowane" in page or "2999" in page
