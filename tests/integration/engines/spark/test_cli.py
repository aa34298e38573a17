"""``graphsvc metrics --engine spark``, in the session that the tests share."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from graphsvc import config
from graphsvc.cli import main
from graphsvc.engines import spark, tables
from tests.integration.engines.spark.small import network


def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *options: object) -> list[dict[str, str]]:
    monkeypatch.setenv("GRAPHSVC_DATA_DIR", str(tmp_path / "data"))
    config.load.cache_clear()
    file = tmp_path / "measures.csv"
    monkeypatch.setattr("sys.argv", ["graphsvc", "metrics", *map(str, options), "-o", str(file)])
    with pytest.raises(SystemExit) as ended:
        main()
    config.load.cache_clear()
    assert not ended.value.code
    with file.open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.usefixtures("session")
def test_a_folder_is_measured_with_the_names_of_its_organisations(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = network()
    folder = tables.write(found, tmp_path / "tables")
    rows = measured(monkeypatch, tmp_path, "--engine", "spark", "--input", folder, "--pivots", 8)
    for name in ("id", "name", "sector"):
        assert [row[name] for row in rows] == found.organisations[name].to_pylist()


@pytest.mark.usefixtures("session")
def test_a_file_is_read_by_its_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = ("Partnerstwo;Organizacja", "Dla seniorów;Gmina Lubin", "Dla seniorów;Fundacja Ruszamy")
    file.write_text("\n".join(rows), "utf-8")
    asked = ("--input", file, "--profile", "partnerstwa")
    sparks = measured(monkeypatch, tmp_path, *asked, "--engine", "spark")
    assert [row["partners"] for row in sparks] == ["1", "1"]
    assert [row["name"] for row in sparks] == [row["name"] for row in measured(monkeypatch, tmp_path, *asked)]


@pytest.mark.usefixtures("session")
def test_a_file_says_which_tables_were_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = network()
    folder = tables.write(found, tmp_path / "tables")
    rows = measured(monkeypatch, tmp_path, "--engine", "spark", "--input", folder, "--pivots", 8)
    told = {row["provenance_data"] for row in rows}
    assert told == {spark.digest(folder)}
    assert told.pop().startswith("tables:")


@pytest.mark.usefixtures("session")
def test_equal_tables_have_equal_digests_however_they_are_cut(tmp_path: Path) -> None:
    found = network()
    whole, cut = tables.write(found, tmp_path / "whole"), tmp_path / "cut"
    for name in tables.STREAMED:
        table = getattr(found, name)
        Path(tables.path(cut, name)).mkdir(parents=True)
        for part, start in enumerate((0, 3)):
            rows = table.slice(start, 3 if part == 0 else None)
            pq.write_table(rows, Path(tables.path(cut, name)) / f"part-{part}.parquet")
    other = found.memberships.slice(1)
    fewer = tables.write(replace(found, memberships=other), tmp_path / "fewer")
    swapped = tables.write(
        replace(found, organisations=found.organisations.take([1, 0, *range(2, found.organisations.num_rows)])),
        tmp_path / "swapped",
    )
    assert spark.digest(whole) == spark.digest(cut)
    assert len({spark.digest(folder) for folder in (whole, fewer, swapped)}) == 3
