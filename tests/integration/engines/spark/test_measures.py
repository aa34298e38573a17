from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq
import pytest

from graphsvc.engines import spark, tables
from graphsvc.errors import FileError
from graphsvc.metrics import Measures, measure
from graphsvc.model.network import Network, table
from graphsvc.snapshot import Scope, take
from tests.integration.engines.spark.small import network

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables.write(network(), tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="module")
def measured(session: SparkSession, folder: Path) -> Measures:
    return spark.measure(folder, seed=1)


EXPECTED = {
    "partnerships": [2, 2, 2, 1, 1, 1, 0],
    "partners": [2, 2, 3, 1, 1, 1, 0],
    "weighted_degree": [2, 2, 2, 1, 1, 1, 0],
    # c lies between a and d, and between b and d: 2 of the (6 · 5) / 2 pairs of others
    "betweenness": [0, 0, 2 / 15, 0, 0, 0, 0],
    # three others in 1 + 1 + 2 steps, times the share of the six others that are reached; c in 3; d in 1 + 2 + 2
    "closeness": [3 / 4 / 2, 3 / 4 / 2, 3 / 3 / 2, 3 / 5 / 2, 1 / 6, 1 / 6, 0],
    "clustering": [1, 1, 1 / 3, 0, 0, 0, 0],
    "core_number": [2, 2, 2, 1, 1, 1, 0],
    # modularity 0.42; with a to d in one it is 0.35
    "community": [1, 1, 2, 2, 3, 3, 4],
    # a: (1/2 + 1/2 · 1/3)² for b and (1/2 + 1/2 · 1/2)² for c
    "constraint": [4 / 9 + 9 / 16, 4 / 9 + 9 / 16, 1 / 4 + 1 / 4 + 1 / 9, 1, 1, 1, np.nan],
    "participation": [0, 0, 4 / 9, 0, 0, 0, np.nan],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_measures_of_organisations_are_those_worked_out(measured: Measures, name: str) -> None:
    np.testing.assert_allclose(measured.organisations[name], EXPECTED[name], rtol=1e-12, atol=1e-12)


def test_all_measures_are_those_of_the_kernels(measured: Measures) -> None:
    kernels = measure(take(network()), seed=1)
    assert measured.organisations.keys() == kernels.organisations.keys()
    for name, values in kernels.organisations.items():
        np.testing.assert_allclose(measured.organisations[name], values, rtol=1e-9, atol=1e-12, err_msg=name)
    for name, value in kernels.network.items():
        np.testing.assert_allclose(measured.network[name], value, rtol=1e-9, err_msg=name)


def test_the_parameters_say_that_nothing_was_estimated(measured: Measures) -> None:
    assert measured.parameters["engine"] == "spark"
    assert measured.parameters["betweenness_bound"] == measured.parameters["mean_distance_bound"] == 0


@pytest.mark.parametrize(
    ("on", "scope", "left"),
    [
        (date(2020, 3, 1), "ever", ["a", "b", "e", "f", "g"]),  # c and d count from their first partnership
        (date(2022, 6, 1), "active", list("abcdefg")),
    ],
)
def test_a_day_is_cut_as_the_snapshot_cuts_it(folder: Path, on: date, scope: Scope, left: list[str]) -> None:
    snapshot = take(network(), on, scope)
    assert spark.organisations(folder, on=on, scope=scope)["id"] == snapshot.ids == left
    found = spark.candidates(folder, 9, score="common_neighbors", on=on, scope=scope)
    assert set(zip(found["a"].to_pylist(), found["b"].to_pylist(), strict=True)) == (
        {(0, 3), (3, 0), (1, 3), (3, 1)} if scope == "active" else set()
    )


def test_who_plans_its_first_partnership_is_there_already(tmp_path: Path) -> None:
    later = {"organisation": 6, "partnership": 0, "since": date.today() + timedelta(days=30)}
    one = replace(network(), memberships=table("memberships", [*network().memberships.to_pylist(), later]))
    folder, on = tables.write(one, tmp_path / "planned"), date(2019, 1, 1)
    assert spark.organisations(folder, on=on, scope="ever")["id"] == take(one, on).ids == ["e", "f", "g"]


@pytest.mark.parametrize(
    ("score", "value"),
    [("common_neighbors", 1), ("adamic_adar", 1 / np.log(3)), ("resource_allocation", 1 / 3), ("jaccard", 1 / 2)],
)
def test_candidates_are_pairs_that_share_partners(folder: Path, score: spark.CandidateScore, value: float) -> None:
    found = spark.candidates(folder, 1, score=score).to_pylist()
    assert [(row["a"], row["b"]) for row in found] == [(0, 3), (1, 3), (3, 0)]  # of two equal ones the first
    assert [row["score"] for row in found] == pytest.approx([value] * 3, rel=1e-12)


def test_hubs_are_passed_over_where_asked(folder: Path) -> None:
    assert spark.candidates(folder, 5, max_degree=2).num_rows == 0


def test_candidates_are_written_with_ids(folder: Path, tmp_path: Path) -> None:
    assert spark.candidates(folder, 1, to=tmp_path / "out").num_rows == 0
    rows = pq.read_table(tmp_path / "out").sort_by("organisation").to_pylist()
    assert [(row["organisation"], row["candidate"]) for row in rows] == [("a", "d"), ("b", "d"), ("d", "a")]


def test_part_files_and_ids_read_like_one_file_and_rows(tmp_path: Path) -> None:
    whole = network()
    organisations = Path(tables.path(tmp_path, "organisations"))
    organisations.mkdir()
    pq.write_table(whole.organisations[:3], organisations / "part-0.parquet")
    pq.write_table(whole.organisations[3:], organisations / "part-1.parquet")
    pq.write_table(whole.partnerships, tables.path(tmp_path, "partnerships"))
    ids = {
        name: getattr(whole, f"{name}s")["id"].take(whole.memberships[name]) for name in ("organisation", "partnership")
    }
    memberships = whole.memberships
    for name, column in ids.items():
        memberships = memberships.set_column(memberships.column_names.index(name), name, column)
    pq.write_table(memberships, tables.path(tmp_path, "memberships"))
    assert spark.organisations(tmp_path)["id"] == list("abcdefg")
    assert spark.candidates(tmp_path, 1)["b"].to_pylist() == [3, 3, 0]


def test_a_network_of_nobody_has_measures_of_nobody(tmp_path: Path) -> None:
    found = spark.measure(tables.write(Network(), tmp_path))
    assert {len(values) for values in found.organisations.values()} == {0}
    assert found.network["organisations"] == found.network["ties"] == found.network["components"] == 0
    assert np.isnan(found.network["density"])


def test_a_folder_that_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no table of organisations"):
        spark.measure(tmp_path)
