"""Pages of measures: what they say of a real network, and of none."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest
from graphsvc_web import charts, create_app

from graphsvc.metrics import compute
from graphsvc.service.analysis import Analysis
from graphsvc.service.cache import Cache
from tests.unit.suggest.conftest import make
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService

PAGES = ("roles", "gaps", "robustness", "trends", "change")


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_network_has_pages_too(empty_service: MemoryService, name: str) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    assert signed_in(app, "reader").get(f"/measures/{name}").status_code == 200


def test_what_is_yet_to_begin_is_told_where_it_is_counted(password_hash: str) -> None:
    service = MemoryService(make([(date(2020, 1, 1), (0, 1)), (date(2999, 1, 1), (1, 2))], 3))
    service.add_accounts(password_hash)
    app = create_app(service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    reader = signed_in(app, "reader")
    page = reader.get("/measures").text
    assert "Razem z 1 partnerstwem, które jest dopiero pomysłem" in page
    found = re.search(r'id="to-begin">[^<]*<a href="([^"]*)"', page)
    assert found is not None
    then = reader.get(found[1]).text
    assert "to-begin" not in then
    shown = [re.search(r"<dt>Partnerstwa</dt><dd><strong>(\d+)", text) for text in (page, then)]
    assert [one and one[1] for one in shown] == ["2", "1"]


def test_bridges_and_those_without_a_partner_are_named(app: Any, service: MemoryService) -> None:
    snapshot = service.snapshot()
    between = service.measure(snapshot).organisations["betweenness"]
    best = snapshot.column("name")[int(between.argmax())]
    text = signed_in(app, "reader").get("/measures/roles").get_data(as_text=True)
    assert best.split("&")[0] in text
    cut_off = service.analysis.parted(snapshot)
    assert f'/organisations/{snapshot.ids[int(cut_off.argmax())]}"' in text


def test_files_call_sectors_as_the_centre_does(
    app: Any, service: MemoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = service.vocabulary().with_overrides({"organisation_sector": {"business": {"pl": "firmy"}}})
    monkeypatch.setattr(service, "vocabulary", lambda: own)
    reader = signed_in(app, "reader")
    for name, column in (("roles", "sector_label"), ("gaps", "a_label")):
        rows = json.loads(reader.get(f"/measures/{name}/download/json").data)[name]
        assert "firmy" in {row[column] for row in rows}


def test_a_filter_holds_on_every_page(app: Any) -> None:
    text = signed_in(app, "reader").get("/measures/roles?sector=business").get_data(as_text=True)
    assert 'data-sector="ngo"' not in text
    assert 'data-sector="business"' in text


def test_who_is_alone_in_a_filter_is_so_without_it(app: Any, service: MemoryService) -> None:
    whole, chosen = service.snapshot(), service.snapshot(sectors=["business"])
    cut = {id for id, n in zip(chosen.ids, np.diff(chosen.graph.indptr), strict=True) if not n}
    alone = {id for id in cut if not len(whole.graph.row(whole.index[id]))}
    assert alone < cut  # some have partners in other sectors
    reader = signed_in(app, "reader")
    page = reader.get("/measures/roles?sector=business").text
    section = page[page.index('id="alone"') :]
    assert {id for id in cut if f'/organisations/{id}"' in section} == alone
    file = json.loads(reader.get("/measures/roles/download/json?sector=business").data)
    assert {row["id"] for row in file["roles"] if row["without_a_partner"]} == alone


def test_where_an_organisation_stands_is_of_the_day_as_its_file_is(app: Any, service: MemoryService) -> None:
    day, reader = date(2010, 12, 31), signed_in(app, "reader")
    then = service.snapshot(as_of=day, scope="active")
    one = then.ids[int(np.diff(then.graph.indptr).argmax())]
    partners = len(then.graph.row(then.index[one]))
    assert partners != len(service.snapshot().graph.row(service.snapshot().index[one]))
    page = reader.get(f"/organisations/{one}/measures?active=1&day={day}").text
    table = page[page.index('id="now"') : page.index('id="years"')]
    assert f'<td class="number">{partners}</td>' in table


@pytest.mark.parametrize("level", ["communities", "territories"])
def test_a_far_picture_says_how_many_are_in_no_circle(app: Any, service: MemoryService, level: str) -> None:
    reader = signed_in(app, "reader")
    held = sum(node["members"] for node in reader.get(f"/api/picture?level={level}").json["nodes"])
    out = service.snapshot().graph.rows - held
    assert out > 0
    page = reader.get(f"/network?level={level}").text
    told = f"{held:,}".replace(",", r"\s?")
    assert re.search(rf"Rysunek obejmuje {told} organizac\w+\. {out} nie ma na rysunku", page)


def test_words_of_the_name_choose_who_is_listed(app: Any, service: MemoryService) -> None:
    snapshot = service.snapshot()
    best = int(service.measure(snapshot).organisations["betweenness"].argmax())
    reader, link = signed_in(app, "reader"), f'/organisations/{snapshot.ids[best]}"'
    word = snapshot.column("name")[best].split()[0]
    assert link in reader.get("/measures/roles", query_string={"q": word}).get_data(as_text=True)
    assert link not in reader.get("/measures/roles?q=nobody-is-called-so").get_data(as_text=True)


@pytest.mark.parametrize("name", ["gaps", "robustness", "trends", "change"])
def test_a_page_shows_no_filter_that_it_does_not_use(app: Any, name: str) -> None:
    text = signed_in(app, "reader").get(f"/measures/{name}?sector=ngo&q=zzqq").get_data(as_text=True)
    assert 'class="chips"' in text
    assert "zzqq" not in text.split("<main")[1].split("</main>")[0]


def test_an_estimate_is_told_wherever_it_is_shown(service: MemoryService, monkeypatch: pytest.MonkeyPatch) -> None:
    made = MemoryService(service.network, service.organisations, accounts=service.accounts)
    pages = (
        "/measures/roles", "/measures/robustness", "/measures?size=betweenness", "/measures/change?size=betweenness",
        "/network?size=betweenness&level=organisations", f"/organisations/{service.snapshot().ids[0]}",
    )  # fmt: skip
    for exact_up_to in (5_000, 100):
        monkeypatch.setattr(compute, "EXACT_UP_TO", exact_up_to)
        made.cache = Cache(200)
        made.analysis = Analysis(made)
        app = create_app(made, limits=False)
        app.config["WTF_CSRF_ENABLED"] = False
        reader = signed_in(app, "reader")
        texts = [reader.get(page).get_data(as_text=True) for page in pages]
        assert ["z ufnością 95%" in text for text in texts] == [exact_up_to == 100] * len(pages)


def test_a_download_has_the_communities_of_the_page(admin: Any, service: MemoryService) -> None:
    whole = service.snapshot()
    known = dict(zip(whole.ids, service.measure(whole).organisations["community"].astype(int), strict=True))
    rows = csv.DictReader(admin.get("/download/network.csv?year=2010").get_data(as_text=True).splitlines())
    found = {row["id"]: int(row["community"]) for row in rows}
    assert found == {id: known[id] for id in found}
    dated = service.snapshot(as_of=date(2010, 12, 31))
    assert list(found.values()) != service.measure(dated).organisations["community"].astype(int).tolist()


def test_the_course_is_of_what_is_chosen(app: Any) -> None:
    reader = signed_in(app, "reader")
    whole, some, until = (
        reader.get(f"/measures/trends{query}").get_data(as_text=True).split('id="figures"')[1]
        for query in ("", "?sector=ngo", "?day=2010-06-30")
    )
    assert whole != some
    assert "30 czerwca 2010" in until
    assert "2011" not in until


def test_whether_much_hangs_on_the_most_central_is_told_of_what_is_shown(app: Any, service: MemoryService) -> None:
    reader = signed_in(app, "reader")
    told = set()
    for sector in ("business", "ngo"):
        found = service.analysis.robustness(service.snapshot(sectors=(sector,)))
        text = reader.get(f"/measures/robustness?sector={sector}").get_data(as_text=True)
        assert ("Wiele zależy" in text) == found.hangs
        told.add(found.hangs)
    assert len(told) == 2


def test_the_chart_and_its_table_say_the_same(app: Any, service: MemoryService) -> None:
    points = service.analysis.trend("ever")
    text = signed_in(app, "reader").get("/measures/trends").get_data(as_text=True)
    assert text.count('r="4"/>') == len(points) * len(points[0][1])
    assert str(points[0][0].year) in text


def test_two_days_say_how_each_measure_moved(app: Any) -> None:
    reader = signed_in(app, "reader")
    text = reader.get("/measures/change?against=2009-01-01&day=2012-01-01&size=betweenness").get_data(as_text=True)
    assert 'value="2009-01-01"' in text
    assert "+" in text


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "parquet"])
def test_what_a_page_says_is_downloaded_with_how_it_was_made(
    app: Any, service: MemoryService, name: str, format: str
) -> None:
    reader, query = signed_in(app, "reader"), "sector=ngo&day=2012-01-01"
    link = f"/measures/{name}/download/{format}?sector=ngo&amp;day=2012-01-01"
    assert link in reader.get(f"/measures/{name}?{query}").get_data(as_text=True)
    answer = reader.get(link.replace("&amp;", "&"))
    assert f"graphsvc-{name}-2012-01-01.{format}" in answer.headers["Content-Disposition"]
    said = made_with(answer.data, format)
    expected = {"as_of": "2012-01-01", "filters": "sector=ngo", "data": service.content().digest}
    assert {key: said[key] for key in expected} == expected
    assert said.get("against") == ("2011-01-01" if name == "change" else None)


def made_with(content: bytes, format: str) -> dict[str, str]:
    if format == "csv":
        row = next(csv.DictReader(io.StringIO(content.decode())))
        return {key.removeprefix("provenance_"): value for key, value in row.items() if "provenance_" in key}
    if format == "json":
        return dict(json.loads(content)["provenance"])
    if format == "xlsx":
        return dict(openpyxl.load_workbook(io.BytesIO(content))["provenance"].values)
    return {key.decode(): value.decode() for key, value in pq.read_schema(io.BytesIO(content)).metadata.items()}


def test_a_file_of_roles_has_those_whom_the_page_chooses(app: Any, service: MemoryService) -> None:
    reader, snapshot = signed_in(app, "reader"), service.snapshot()
    rows = json.loads(reader.get("/measures/roles/download/json?q=universitet").data)["roles"]
    names = [name for name in snapshot.column("name") if "universitet" in name.casefold()]
    assert sorted(row["name"] for row in rows) == sorted(names)
    shares = [row["betweenness"] for row in rows]
    assert shares == sorted(shares, reverse=True)


def test_two_days_have_files_of_organisations_and_of_ties(app: Any) -> None:
    reader = signed_in(app, "reader")
    days = "?day=2012-01-01&against=2009-01-01"
    for page in ("/measures/change", "/network/dates"):
        text = reader.get(page + days).get_data(as_text=True)
        for of in ("organisations", "ties"):
            assert f"/measures/change/download/csv?of={of}&amp;day=2012-01-01&amp;against=2009-01-01" in text
    ties = reader.get(f"/measures/change/download/csv{days}&of=ties").get_data(as_text=True)
    assert {row["change"] for row in csv.DictReader(ties.splitlines())} == {"began", "ended"}
    assert reader.get(f"/measures/change/download/csv{days}&of=nothing").status_code == 400


@pytest.mark.parametrize("name", PAGES)
def test_files_of_an_empty_network_are_made_too(empty_service: MemoryService, name: str) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    for format in ("csv", "xlsx", "json", "parquet"):
        assert signed_in(app, "reader").get(f"/measures/{name}/download/{format}").status_code == 200


def test_an_organisation_stands_somewhere_in_every_measure_and_year(app: Any, service: MemoryService) -> None:
    reader, snapshot = signed_in(app, "reader"), service.snapshot()
    id = snapshot.ids[int(service.measure(snapshot).organisations["betweenness"].argmax())]
    assert f'/organisations/{id}/measures"' in reader.get(f"/organisations/{id}").get_data(as_text=True)
    text = reader.get(f"/organisations/{id}/measures?size=closeness").get_data(as_text=True)
    now, years = text.split('id="now"')[1].split('id="years"')
    assert now.count('<th scope="row">') == 11
    course = service.analysis.course(id, "closeness", "ever")
    assert len(course) > 1
    assert years.count('<th scope="row">') == years.count('r="4"/>') == len(course)
    assert reader.get("/organisations/nobody/measures").status_code == 404
    link = f"/measures/standing/download/csv?of=course&size=closeness&organisation={id}"
    assert link.replace("&", "&amp;") in text
    rows = list(csv.DictReader(reader.get(link).get_data(as_text=True).splitlines()))
    assert [float(row["value"]) for row in rows] == [p.value for _day, p in course]
    assert reader.get("/measures/standing/download/csv?organisation=nobody").status_code == 404


def test_a_line_goes_from_foot_to_top() -> None:
    made = charts.line([0, 5, 10], ["a", "b", "c"])
    foot, top = charts.HEIGHT - charts.BOTTOM, charts.TOP
    assert made.dots == [(8, foot), (200, (foot + top) / 2), (392, top)]
    assert made.labels == [(8, "a"), (200, "b"), (392, "c")]
    assert made.path.startswith("M8")
    assert made.path.count("L") == 2
    assert charts.line([], []).path == ""
    assert charts.line([float("nan")], ["a"]).dots == [(8, foot)]
