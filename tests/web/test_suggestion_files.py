"""Files of suggestions say what they are, no file is kept by anybody, and what was talked about is always told."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import parse_qs, quote

import openpyxl
import pytest
from flask.testing import FlaskClient
from graphsvc_web import create_app

from graphsvc.model.suggested import Past
from graphsvc.suggest.purpose import concerned
from tests.unit.suggest.conftest import make
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService

SOME = "sector=ngo&sector=business&territory=DK:Bornholm"
OWN = "likelihood=40&isolated_reached=3&joins_components=0.5"
SAID = Past("out1", "o0", "o1", "ZAP", date(2026, 11, 1), "Ania", "", "", "", None, None, None)


@pytest.fixture
def animator(app: Any) -> FlaskClient:
    return signed_in(app, "animator")


def rows_of(client: FlaskClient, wish: str) -> list[Mapping[str, str]]:
    return list(csv.DictReader(StringIO(client.get(f"/suggestions/download/csv?{wish}").text)))


def plan_of(client: FlaskClient, asked: str) -> list[Mapping[str, str]]:
    return list(csv.DictReader(StringIO(client.get(f"/suggestions/plan/download/csv?{asked}").text)))


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("", "preset=balanced"),
        (f"{SOME}&page=7", f"preset=balanced&{SOME}"),
        (OWN, OWN),
        ("preset=quick_wins&organisation={hub}", "preset=quick_wins&organisation={hub}"),
    ],
    ids=["the usual", "filters", "weights of one's own", "one organisation"],
)
def test_a_file_says_what_gives_it_again(animator: FlaskClient, service: MemoryService, wish: str, said: str) -> None:
    snapshot = service.snapshot()
    hub = snapshot.ids[max(range(snapshot.graph.rows), key=lambda i: len(snapshot.graph.row(i)))]
    rows = rows_of(animator, wish.format(hub=hub))
    filters = rows[0]["provenance_filters"]
    assert parse_qs(filters) == parse_qs(said.format(hub=hub))
    assert rows_of(animator, filters) == rows


def test_a_theme_holds_on_the_page_in_the_file_in_the_plan_and_for_guests(
    animator: FlaskClient, service: MemoryService
) -> None:
    engine = service.proposals.engine
    theme = engine.attributes.theme_names[0]
    who = {engine.ids[k] for k in concerned(engine, theme).nonzero()[0]}
    assert 0 < len(who) < len(engine.ids)
    wish = f"preset=quick_wins&theme={quote(theme)}&sector=school"
    rows = rows_of(animator, wish)
    assert all({row["a"], row["b"]} & who for row in rows)
    assert parse_qs(rows[0]["provenance_filters"])["theme"] == [theme]
    assert all({row["a"], row["b"]} & who for row in plan_of(animator, f"{wish}&budget=3"))
    page = unescape(animator.get(f"/suggestions?{wish}").text)
    for link in ("/suggestions/plan", "/meetings/invite"):
        found = re.search(rf'href="{link}\?([^"]*)"', page)
        assert found is not None
        asked = parse_qs(found[1])
        assert (asked["theme"], asked["sector"]) == ([theme], ["school"])


def test_a_file_says_how_many_of_how_many_it_holds(animator: FlaskClient) -> None:
    page = animator.get("/suggestions?preset=quick_wins").text
    found = re.search(r'id="count">([^<]*) par', page)
    assert found is not None
    total = int(re.sub(r"\D", "", found[1]))
    first = rows_of(animator, "preset=quick_wins")[0]
    assert (first["provenance_pairs"], first["provenance_chosen_from"]) == ("1000", str(total))
    assert total > 1000
    book = openpyxl.load_workbook(BytesIO(animator.get("/suggestions/download/xlsx?preset=quick_wins").data))
    told = {row[0].value: row[1].value for row in book["provenance"]}
    assert (told["filters"], told["pairs"], told["chosen_from"]) == ("preset=quick_wins", 1000, total)
    assert told["likelihood_from"] == "shipped prior"


@pytest.mark.parametrize("address", ["/suggestions/download", "/suggestions/plan/download"])
def test_a_file_says_what_each_column_means_in_the_units_of_the_file(animator: FlaskClient, address: str) -> None:
    book = openpyxl.load_workbook(BytesIO(animator.get(f"{address}/xlsx?preset=balanced").data))
    columns = {cell.value for cell in book["suggestions"][1]}
    meaning = {row[1].value: row[2].value for row in book["definitions"].iter_rows(min_row=2)}
    assert columns - meaning.keys() == {"a_name", "b_name"}
    assert not [said for said in meaning.values() if "100" in said]


def test_nobody_keeps_a_copy_of_a_file(app: Any, animator: FlaskClient) -> None:
    files = ("/suggestions/download/csv", "/suggestions/plan/download/xlsx?budget=3", "/download/network.csv")
    for path in files:
        assert animator.get(path).headers["Cache-Control"] == "private, no-store", path
    assert animator.get("/api/suggestions").headers["Cache-Control"] == "private, no-cache"
    assert "max-age=3600" in app.test_client().get("/static/app.js").headers["Cache-Control"]


@pytest.mark.parametrize("began", [[], [(date(2020, 1, 1), (2, 3))]], ids=["nobody works with anybody", "two do"])
def test_what_was_talked_about_is_told_also_before_the_first_tie(began: Any, password_hash: str) -> None:
    service = MemoryService(make(began, 5))
    service.add_accounts(password_hash)
    service.suggested.decided = [SAID, replace(SAID, id="out2", a="o3", b="gone")]
    app = create_app(service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    page = signed_in(app, "reader").get("/suggestions/past").text
    assert "Organisation 0" in page
    assert "Ania" in page
    assert "Nic jeszcze nie" not in page


def test_before_anything_was_suggested_the_page_says_so(empty_service: MemoryService) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    assert "Nic jeszcze nie" in signed_in(app, "reader").get("/suggestions/past").text


def test_a_plan_says_what_gives_it_again_without_names(animator: FlaskClient) -> None:
    asked = "preset=quick_wins&budget=4&share=1&who=Ala&where=DK:Bornholm&many=2&who=Ola&where=DK:Hovedstaden&many=2"
    rows = plan_of(animator, asked)
    filters = rows[0]["provenance_filters"]
    assert parse_qs(filters) == parse_qs(asked.replace("who=Ala&", "").replace("who=Ola&", ""))
    assert int(rows[0]["provenance_chosen_from"]) > len(rows) == int(rows[0]["provenance_pairs"])
    assert rows[0]["provenance_what_begins_later"] == "left out"
    again = plan_of(animator, filters)
    assert [(row["a"], row["b"]) for row in again] == [(row["a"], row["b"]) for row in rows]


def test_where_learning_was_ended_the_history_is_not_called_too_short(app: Any, service: MemoryService) -> None:
    service.given_up = True
    try:
        page = signed_in(app, "reader").get("/suggestions?preset=quick_wins").text
    finally:
        service.given_up = False
    assert "za krótka" not in page
    assert "before it was done" in page or "przed czasem" in page
