"""Files of what the measures say, of a network that no store keeps."""

import csv
import io
import json
from datetime import date

import pytest

from graphsvc.errors import InputError, NotFoundError
from graphsvc.metrics import compute
from graphsvc.model.network import Network, table
from graphsvc.service import findings
from graphsvc.service.alone import Alone
from graphsvc.service.content import Content

STARTS = [date(2020, 5, 1), date(2021, 5, 1)]


@pytest.fixture
def network():
    members = [(0, 0), (1, 0), (1, 1), (2, 1)]
    return Network(
        organisations=table("organisations", [{"id": i, "name": f"={i}", "sector": "ngo"} for i in "abcd"]),
        partnerships=table("partnerships", [{"id": f"p{n}", "starts_on": day} for n, day in enumerate(STARTS)]),
        memberships=table("memberships", [{"organisation": o, "partnership": p} for o, p in members]),
    )


def provenance(core, about, asked=None):
    return json.loads(findings.export(core, about, asked or findings.Asked(), "json", "en").content)["provenance"]


@pytest.mark.parametrize("about", findings.ABOUT)
def test_each_says_day_scope_filters_data_and_version(network, about):
    asked = findings.Asked(
        date(2021, 12, 31), scope="active", filters={"sectors": ("ngo",)}, words="sector=ngo", organisation="b"
    )
    said = provenance(Alone(network), about, asked)
    assert (said["as_of"], said["scope"]) == ("2021-12-31", "active")
    assert said["filters"] == ("" if about == "standing" else "sector=ngo")  # it stands so among all
    assert said["data"] == Content.of(network).digest
    assert said["projection"] == "weighted"
    assert said["version"]


def test_a_comparison_says_both_days_and_robustness_its_draws(network):
    core = Alone(network)
    assert provenance(core, "change", findings.Asked(date(2020, 6, 1), date(2021, 6, 1)))["against"] == "2020-06-01"
    assert provenance(core, "change")["as_of"] == "2021-05-01"  # the last day that is known
    assert provenance(core, "robustness")["draws"] == 5


def test_an_estimate_is_told_with_its_bound(network, monkeypatch):
    monkeypatch.setattr(compute, "EXACT_UP_TO", 2)
    for about in ("roles", "robustness", "change"):
        assert provenance(Alone(network), about)["betweenness_bound"] >= 0
    assert provenance(Alone(network), "change")["against_betweenness_bound"] >= 0


def test_the_table_that_is_named_is_the_one_of_a_csv(network):
    core, asked = Alone(network), findings.Asked(date(2021, 12, 31))
    file = findings.export(core, "change", asked, "csv", "en", of="ties")
    assert file.filename == "graphsvc-change-2021-12-31.csv"
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert [(r["a"], r["a_name"], r["change"]) for r in rows] == [("b", "'=b", "began")]  # no formula
    with pytest.raises(InputError, match="network, organisations, ties"):
        findings.export(core, "change", asked, "csv", "en", of="nothing")


def test_where_an_organisation_stands_now_and_stood_before(network):
    core = Alone(network)
    asked = findings.Asked(date(2022, 12, 31), organisation="b", measure="closeness")
    file = json.loads(findings.export(core, "standing", asked, "json", "en").content)
    assert (file["provenance"]["organisation"], file["provenance"]["course"]) == ("b", "closeness")
    now = {row["measure"]: row for row in file["standing"]}
    assert now.keys() == set(findings.RANKED)
    assert (now["partners"]["value"], now["partners"]["among_all"], now["partners"]["in_territory"]) == (2, 1.0, None)
    assert [(row["day"], row["value"]) for row in file["course"]] == [
        ("2020-12-31", pytest.approx(0.5)),
        ("2021-12-31", pytest.approx(2 / 3)),
    ]
    assert provenance(core, "standing", findings.Asked(organisation="=B"))["organisation"] == "b"  # by its name
    with pytest.raises(NotFoundError, match="nobody"):
        findings.export(core, "standing", findings.Asked(organisation="nobody"), "csv", "en")
    with pytest.raises(InputError, match="Name the organisation"):
        findings.export(core, "standing", findings.Asked(), "csv", "en")
    with pytest.raises(InputError, match="closeness"):
        findings.export(core, "standing", findings.Asked(organisation="b", measure="community"), "csv", "en")


def test_snapshots_of_a_network_alone_are_kept(network):
    core = Alone(network)
    assert core.snapshot(sectors=("ngo",)) is core.snapshot(sectors=("ngo",))
    assert core.measure(core.snapshot()) is core.measure(core.snapshot())
