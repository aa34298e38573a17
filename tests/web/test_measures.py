"""Pages of measures: what they say of a real network, and of none."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest
from graphsvc_web import charts, create_app

from graphsvc.metrics import compute
from graphsvc.service.analysis import Analysis
from graphsvc.service.cache import Cache
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService

PAGES = ("roles", "gaps", "robustness", "trends", "change")


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_network_has_pages_too(empty_service: MemoryService, name: str) -> None:
    app = create_app(empty_service, limits=False)
    app.config["WTF_CSRF_ENABLED"] = False
    assert signed_in(app, "reader").get(f"/measures/{name}").status_code == 200


def test_bridges_and_those_without_a_partner_are_named(app: Any, service: MemoryService) -> None:
    snapshot = service.snapshot()
    between = service.measure(snapshot).organisations["betweenness"]
    best = snapshot.column("name")[int(between.argmax())]
    text = signed_in(app, "reader").get("/measures/roles").get_data(as_text=True)
    assert best.split("&")[0] in text
    cut_off = service.analysis.parted(snapshot)
    assert f'/organisations/{snapshot.ids[int(cut_off.argmax())]}"' in text


def test_a_filter_holds_on_every_page(app: Any) -> None:
    text = signed_in(app, "reader").get("/measures/roles?sector=business").get_data(as_text=True)
    assert 'data-sector="ngo"' not in text
    assert 'data-sector="business"' in text


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
        assert ["95 %" in text for text in texts] == [exact_up_to == 100] * len(pages)


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


def test_a_line_goes_from_foot_to_top() -> None:
    made = charts.line([0, 5, 10], ["a", "b", "c"])
    foot, top = charts.HEIGHT - charts.BOTTOM, charts.TOP
    assert made.dots == [(8, foot), (200, (foot + top) / 2), (392, top)]
    assert made.labels == [(8, "a"), (200, "b"), (392, "c")]
    assert made.path.startswith("M8")
    assert made.path.count("L") == 2
    assert charts.line([], []).path == ""
    assert charts.line([float("nan")], ["a"]).dots == [(8, foot)]
