"""``graphsvc metrics --engine spark``, in the session that the tests share."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graphsvc import config
from graphsvc.cli import main
from graphsvc.engines import tables
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
