from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graphsvc import metrics
from graphsvc.ingest.plan import read_plan
from graphsvc.model.imports import Loss
from graphsvc.model.network import Network, table
from graphsvc.model.vocabulary import default
from graphsvc.service import report
from graphsvc.service import works as module
from graphsvc.service.content import Content
from graphsvc.service.report import ImportReport
from graphsvc.service.works import CHECK, IMPORT, KINDS, LEARN, MEASURE, works
from graphsvc.snapshot import take


class Core:
    """A pair of organisations, and files read but nowhere written."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.asked: list[tuple[date | None, str, dict[str, list[str]]]] = []

    def snapshot(self, *, as_of=None, scope="ever", **filters):
        self.asked.append((as_of, scope, filters))
        organisations = table("organisations", [{"id": id, "sector": "ngo"} for id in "abc"])
        members = [{"organisation": o, "partnership": p} for o, p in ((0, 0), (1, 0), (1, 1), (2, 1))]
        partnerships = table("partnerships", [{"id": "p"}, {"id": "q"}])
        network = Network(organisations, partnerships, table("memberships", members))
        return take(network, as_of, scope)

    def content(self):
        return Content.of(Network())

    def vocabulary(self):
        return default().with_overrides({"organisation_sector": {"ngo": {"en": "civic"}}})

    def measure(self, snapshot):
        return metrics.measure(snapshot)

    def plan(self, path, profile, progress):
        return read_plan(path, profile, (), progress)

    def write(self, plan, progress=None, *, by=""):
        progress(plan.membership_count, plan.membership_count)
        self.written.append(by)


@pytest.fixture
def core():
    return Core()


def test_every_kind_has_a_name_and_is_done(core):
    assert works(core).keys() == KINDS.keys()


def test_a_report_is_of_what_was_asked(core):
    params = {"as_of": "2020-01-01", "scope": "active", "filters": {"sectors": ["ngo"]}}
    told: list[tuple[int, int]] = []
    result, file = works(core)[MEASURE](
        {**params, "words": "sector=ngo", "format": "csv", "language": "en"}, lambda *step: told.append(step)
    )
    assert core.asked[0] == (date(2020, 1, 1), "active", {"sectors": ["ngo"]})
    assert result == {"organisations": 3, "ties": 2}
    (done, total), last = told[-2:]
    assert done < total == last[0] == last[1]  # all of it is done only when the file is made
    assert [done for done, _total in told] == sorted(done for done, _total in told)
    assert file.filename == "graphsvc-csv-2020-01-01.csv"
    assert b"sector=ngo" in file.content
    assert b"civic" in file.content  # as the centre says
    assert core.content().digest.encode() in file.content


def test_a_report_is_cancelled_also_after_its_longest_part(core, monkeypatch):
    made = []
    monkeypatch.setattr(module, "download", lambda *args, **kinds: made.append(args))

    def progress(done, total):
        if done >= 3:  # of three organisations
            raise KeyboardInterrupt

    params = {"as_of": None, "scope": "ever", "filters": {}, "words": "", "format": "csv", "language": "en"}
    with pytest.raises(KeyboardInterrupt):
        works(core)[MEASURE](params, progress)
    assert made == []


def test_learning_asks_whether_it_is_cancelled_while_it_waits(core):
    def learn(waiting):
        waiting()
        raise AssertionError("not asked")

    def progress(done, total):
        raise KeyboardInterrupt

    core.learn = learn
    with pytest.raises(KeyboardInterrupt):
        works(core)[LEARN]({}, progress)


@pytest.mark.parametrize("kind", [CHECK, IMPORT])
def test_a_file_is_checked_or_imported(core, kind, tmp_path):
    denmark = Path(__file__).parents[3] / "graphsvc" / "data" / "denmark" / "projects-2007-2013.csv"
    path = tmp_path / "key" / "list.csv"
    path.parent.mkdir()
    path.write_bytes(denmark.read_bytes())
    params = {"path": str(path), "profile": "denmark", "language": "pl", "by": "ala"}
    told: list[tuple[int, int]] = []
    result, file = works(core)[kind](params, lambda *step: told.append(step))
    assert result["partnerships"] == 598
    assert told[0] == (598, 599)  # the heading is a line, too
    assert file.filename == "list-report.xlsx"
    assert core.written == (["ala"] if kind == IMPORT else [])
    assert path.exists() == path.parent.exists() == (kind == CHECK)


def test_a_check_says_which_values_are_on_no_list(core, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Partnerstwo;Organizacja;Obszary\nA;Gmina Lubin;dom\nB;Fundacja X;Dom\n", "utf-8")
    params = {"path": str(path), "profile": "partnerstwa", "language": "pl"}
    result, _ = works(core)[CHECK](params, lambda *_: None)
    assert result["unlisted"] == [{"column": "Obszary", "scheme": "need_area", "value": "dom", "times": 2}]
    assert (result["refused"], result["not_listed"]) == (0, 1)


def test_an_import_that_is_written_is_done(core, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Partnerstwo;Organizacja\nDla seniorów;Gmina Lubin\nDla seniorów;Fundacja Ruszamy\n", "utf-8")

    def cancelled_last(done, total):
        if (done, total) == (2, 2):  # memberships
            raise KeyboardInterrupt

    params = {"path": str(path), "profile": "partnerstwa", "language": "pl", "by": "ala"}
    assert works(core)[IMPORT](params, cancelled_last)[0]["partnerships"] == 1
    assert core.written == ["ala"]


def test_a_check_says_what_partnerships_would_lose(core, tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text("Partnerstwo;Organizacja\nDla seniorów;Gmina Lubin\n", "utf-8")
    losses = [Loss(name, ("Klub",), ()) for name in "abc"]
    plan = core.plan
    core.plan = lambda *asked: replace(plan(*asked), losses=losses, absent=["d", "e"])
    params = {"path": str(path), "profile": "partnerstwa", "language": "pl"}
    counts, _file = works(core)[CHECK](params, lambda *_: None)
    assert (counts["losses"], counts["absent"]) == (3, 2)

    monkeypatch.setattr(report, "KEPT", 1)
    with core.plan(path, "partnerstwa", lambda _: None) as made:
        told = ImportReport.of(made)
    assert ([loss.name for loss in told.losses], told.absent) == (["a"], ["d"])
    assert told.counts | {"id": told.id, "unlisted": []} == counts
