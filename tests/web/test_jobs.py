"""Work in the background: seen, followed, ended, begun again, downloaded."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graphsvc.exports.download import Download
from graphsvc.service import evaluations
from graphsvc.service import jobs as module
from graphsvc.service.jobs import Jobs
from graphsvc.service.works import CHECK, IMPORT, LEARN, MEASURE, measured
from graphsvc.suggest.evaluation import evaluate_split
from graphsvc.suggest.evaluation_words import METHODS
from graphsvc.suggest.prior import prior_model
from tests.unit.suggest.conftest import make
from tests.web.conftest import signed_in
from tests.web.memory import MemoryService
from tests.web.test_accessibility import violations


@pytest.fixture
def go() -> Event:
    """Set: the slow work goes on to its end."""
    return Event()


@pytest.fixture
def working(service: MemoryService, tmp_path: Path, monkeypatch: Any, go: Event) -> Iterator[MemoryService]:
    """A service that works: reports are real, checks and learning wait for ``go``."""

    def slow(_params: Any, progress: Callable[[int, int], None]) -> dict[str, int]:
        while not go.wait(0.01):
            progress(40, 100)
        return {"meetings": 7}

    def check(_params: Any, _progress: Any) -> Any:
        unlisted = [{"column": "Gmina", "scheme": "territory", "value": "Lubin", "times": 1}]
        told = {"new_organisations": 3, "refused": 1, "unlisted": unlisted}
        return told, Download("list-report.xlsx", "text/plain", b"what was refused")

    monkeypatch.setattr(module, "UPDATE_SECONDS", 0.0)
    works = {
        LEARN: slow,
        evaluations.KIND: slow,
        CHECK: check,
        MEASURE: lambda params, progress: measured(service, params, progress),
    }
    monkeypatch.setattr(service, "jobs", Jobs(tmp_path, works))
    service.jobs.start()
    yield service
    go.set()
    service.jobs.stop()


def ended(service: MemoryService, id: str) -> str:
    end = time.monotonic() + 30
    while service.jobs.get(id).open and time.monotonic() < end:
        time.sleep(0.02)
    return service.jobs.get(id).state


def begun(answer: Any) -> str:
    assert answer.status_code == 302
    id: str = answer.location.rsplit("/", 1)[1]
    return id


def test_a_report_is_made_in_the_background_and_downloaded(app: Any, working: MemoryService) -> None:
    reader = signed_in(app, "reader")
    id = begun(reader.post("/jobs/report?sector=ngo&year=2010", data={"format": "csv"}))
    assert ended(working, id) == "done"
    file = reader.get(f"/jobs/{id}/file")
    assert file.headers["Content-Disposition"].endswith("2010-12-31.csv")
    assert file.headers["Cache-Control"] == "private, no-store"
    first = next(csv.DictReader(StringIO(file.get_data(as_text=True).removeprefix("\ufeff"))))
    told = {name: first[f"provenance_{name}"] for name in ("as_of", "scope", "projection", "filters", "betweenness")}
    assert told == {
        "as_of": "2010-12-31",
        "scope": "ever",
        "projection": "weighted",
        "filters": "sector=ngo",
        "betweenness": "exact",
    }
    assert "graphsvc-csv" in reader.get("/jobs").get_data(as_text=True)


def test_who_did_not_begin_it_does_not_end_it(app: Any, working: MemoryService) -> None:
    id = begun(signed_in(app, "outreach").post("/jobs/learn"))
    assert signed_in(app, "animator").post(f"/jobs/{id}/cancel").status_code == 403
    assert signed_in(app, "admin").post(f"/jobs/{id}/cancel").status_code == 302
    assert ended(working, id) == "cancelled"
    again = begun(signed_in(app, "admin").post(f"/jobs/{id}/again"))
    assert again != id


def test_what_an_import_found_is_for_those_who_import(app: Any, working: MemoryService) -> None:
    id = working.jobs.ask(CHECK, {"key": "0" * 32, "profile": "denmark"}, by="ala").id
    assert ended(working, id) == "done"
    for path in (f"/jobs/{id}", f"/jobs/{id}/state", f"/jobs/{id}/file"):
        assert signed_in(app, "reader").get(path).status_code == 403
        assert signed_in(app, "coordinator").get(path).status_code == 200
    text = signed_in(app, "coordinator").get(f"/jobs/{id}").get_data(as_text=True)
    assert text.count('name="key"') == 2  # to import it, and to say what values mean
    assert '<option value="021101">' in text
    assert working.jobs.get(id).kind not in signed_in(app, "reader").get("/jobs").get_data(as_text=True)


def test_a_large_file_is_checked_in_the_background(app: Any, working: MemoryService, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (2 * 2**20 + 1))
    with large.open("rb") as file:
        answer = signed_in(app, "coordinator").post("/import", data={"file": (file, "large.csv"), "profile": "denmark"})
    job = working.jobs.get(begun(answer))
    assert job.kind == CHECK
    assert Path(job.params["path"]).stat().st_size == large.stat().st_size
    again = {"key": job.params["key"], "profile": "denmark"}
    assert working.jobs.get(begun(signed_in(app, "coordinator").post("/import/run", data=again))).kind == IMPORT


def test_the_page_follows_the_work_to_its_end(page: Page, working: MemoryService, go: Event) -> None:
    job = working.jobs.ask(LEARN, {}, by="ala")
    page.goto(f"/jobs/{job.id}")
    expect(page.locator("progress")).to_have_attribute("value", "40")
    assert violations(page) == []
    go.set()
    expect(page.locator(".stat strong")).to_have_text("7")
    assert violations(page) == []


def test_nothing_is_lost_without_scripts(app: Any, working: MemoryService) -> None:
    job = working.jobs.ask(LEARN, {}, by="ala")
    text = signed_in(app, "reader").get(f"/jobs/{job.id}").get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in text


def test_a_test_of_the_suggestions_that_was_interrupted_begins_again(
    app: Any, working: MemoryService, monkeypatch: Any
) -> None:
    job = working.jobs.ask(evaluations.KIND, {"split": "2011-01-01"}, by="ala")
    asks = signed_in(app, "admin").get
    page = asks(f"/suggestions/evaluation/{job.id}").get_data(as_text=True)
    assert f'data-job="/jobs/{job.id}/state"' in page
    assert f'action="/jobs/{job.id}/cancel"' in page
    interrupted = replace(job, state="interrupted")
    monkeypatch.setattr(working.jobs, "get", lambda _id: interrupted)
    monkeypatch.setattr(working.jobs, "all", lambda: [interrupted])
    for path in (f"/suggestions/evaluation/{job.id}", "/suggestions/evaluation"):
        assert "przerwane: w tym czasie zatrzymano serwis" in asks(path).get_data(as_text=True)
    assert f'action="/jobs/{job.id}/again"' in asks(f"/suggestions/evaluation/{job.id}").get_data(as_text=True)
    assert "/again" not in signed_in(app, "reader").get(f"/suggestions/evaluation/{job.id}").get_data(as_text=True)


def test_where_only_newcomers_joined_an_evaluation_shows_them(
    app: Any, working: MemoryService, monkeypatch: Any
) -> None:
    days = [(date(2010, 1, 1), (0, 1)), (date(2010, 2, 1), (1, 2)), (date(2010, 3, 1), (3, 4))]
    made = make([*days, (date(2012, 3, 1), (1, 5))], 6)
    result = evaluations.shown(evaluate_split(made, date(2012, 1, 1), model=prior_model()))
    monkeypatch.setitem(working.jobs._works, evaluations.KIND, lambda _params, _progress: result)
    id = begun(signed_in(app, "coordinator").post("/suggestions/evaluation", data={"split": "2012-01-01"}))
    assert ended(working, id) == "done"
    page = signed_in(app, "reader").get(f"/suggestions/evaluation/{id}").text
    assert "Żadne dwie organizacje znane do 2012-01-01 nie zaczynają później współpracy: wyniki mówią tylko" in page
    assert 'part=never_seen" aria-current="true">Organizacje bez partnerstwa' in page
    assert "Adamic–Adar" in page


def test_an_evaluation_shows_every_method_for_a_group_too(app: Any, working: MemoryService, monkeypatch: Any) -> None:
    """In the second year the two schools meet, and the two ngos; all had one partner or two before."""
    days = [date(2010, 1, 1)] * 3 + [date(2012, 1, 1)] * 2
    began = [(0, 4), (1, 4), (2, 3), (0, 1), (2, 4)]
    network = make(list(zip(days, began, strict=True)), 5, of={k: {"sector": "school"} for k in (0, 1)})
    result = {**evaluations.shown(evaluate_split(network, date(2011, 1, 1), model=prior_model())), "days_after": 100}
    monkeypatch.setitem(working.jobs._works, evaluations.KIND, lambda _params, _progress: result)
    id = begun(signed_in(app, "coordinator").post("/suggestions/evaluation", data={"split": "2011-01-01"}))
    assert ended(working, id) == "done"
    reader = signed_in(app, "reader")
    whole = reader.get(f"/suggestions/evaluation/{id}").text
    assert "AUC dla wszystkich par razem" in whole
    assert "w ciągu 100 dni od daty podziału" in whole
    assert "part=by_connections:1-4#methods" in whole
    page = reader.get(f"/suggestions/evaluation/{id}?part=by_sector:school").text
    table = page.split('id="methods"')[1].split("</table>")[0]
    assert table.count("<tr>") == 1 + len(METHODS)
    assert 'aria-current="true">szkoła lub uczelnia' in table
    assert "AUC dla wszystkich par razem" not in page
    assert "AUC dla wszystkich par razem" in reader.get(f"/suggestions/evaluation/{id}?part=by_sector:nobody").text
