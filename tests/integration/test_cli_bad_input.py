"""``graphsvc import`` says what is wrong with a file and where, and writes nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphsvc import config
from graphsvc.cli import main
from graphsvc.config import Settings
from graphsvc.store.driver import Store
from graphsvc.store.records import Records
from tests import bad_files
from tests.bad_files import book, csv

HEAD = ("Partnerstwo", "Organizacja", "Data rozpoczęcia", "Data zakończenia", "Od", "NIP", "Rola")
REFUSED = {
    "wrong checksum": (("P", "A", "2024-01-01", "", "", "1234567890", ""), "NIP", "1234567890"),
    "end before start": (("P", "A", "2024-05-01", "2024-04-01", "", "", ""), "Data zakończenia", "2024-04-01"),
    "member outside the dates": (("P", "A", "2024-01-01", "2024-12-31", "2023-01-01", "", ""), "Od", "2023-01-01"),
    "unknown code": (("P", "A", "2024-01-01", "", "", "", "kosmonauta"), "Rola", "kosmonauta"),
    "100,000 characters": ((bad_files.LONG, "A", "2024-01-01", "", "", "", ""), "Partnerstwo", "100000"),
}
WHOLE = {
    "empty file": (b"", "empty"),
    "empty sheet": (book(("Dane", [])), "sheet"),
    "two sheets of one name": (bad_files.two_sheets_of_one_name([HEAD, ["P", "A"]]), "two sheets"),
    "not a workbook": (b"PK\x03\x04broken", "workbook"),
    "no such columns": (csv(("a", "b"), ("1", "2")), "Partnerstwo"),
}

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    store: Store, neo4j_server: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """The command, as a user would type it, on the test's database."""
    assert store
    password = neo4j_server.neo4j_password
    assert password
    monkeypatch.setenv("NEO4J_URI", neo4j_server.neo4j_uri or "")
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.neo4j_username)
    monkeypatch.setenv("NEO4J_PASSWORD", password.get_secret_value())
    monkeypatch.setenv("GRAPHSVC_DATA_DIR", str(neo4j_server.data_dir))
    monkeypatch.setenv("GRAPHSVC_LANG", "en")
    config.load.cache_clear()

    def command(*args: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["graphsvc", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    yield command
    config.load.cache_clear()


@pytest.mark.parametrize("case", WHOLE)
def test_a_file_that_can_not_be_read_is_named(run: Run, store: Store, tmp_path: Path, case: str) -> None:
    content, told = WHOLE[case]
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    code, said = run("import", path, "--profile", "partnerstwa")
    assert code == 2
    assert "bad.xlsx" in said
    assert told in said
    assert sum(Records(store).counts().values()) == 0


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_value_is_told_with_row_and_column(run: Run, store: Store, tmp_path: Path, case: str) -> None:
    bad, column, value = REFUSED[case]
    path = tmp_path / "bad.csv"
    path.write_bytes(
        csv(HEAD, ("Dobre", "A", "2024-01-01", "", "", "", ""), ("Dobre", "B", "2024-01-01", "", "", "", ""), bad)
    )
    code, said = run("import", path, "--profile", "partnerstwa", "--dry-run")
    assert code == 0
    line = next((line for line in said.splitlines() if column in line and "4" in line), "")
    assert line, said
    assert value in said
    assert sum(Records(store).counts().values()) == 0


def test_what_a_corrected_file_would_take_away_is_told_before(run: Run, store: Store, tmp_path: Path) -> None:
    path, report = tmp_path / "partnerships.csv", tmp_path / "report.csv"
    rows = [("Dobre", name, "2024-01-01", "2026-01-01", "", "", "") for name in ("A", "Beta", "Delta", "Gamma")]
    path.write_bytes(csv(HEAD, *rows))
    assert run("import", path, "--profile", "partnerstwa")[0] == 0
    path.write_bytes(csv(HEAD, *(("Dobre", name, "2024-01-01", "", "", "", "") for name in ("A", "Beta"))))
    code, said = run("import", path, "--profile", "partnerstwa", "--dry-run", "--report", report)
    assert code == 0
    assert "Dobre\tDelta; Gamma\tEnds on" in said
    assert [line.split(",")[0] for line in report.read_text("utf-8-sig").splitlines()] == [
        "problem",
        *["taken_away"] * 3,
    ]
    (kept,) = Records(store).all("Partnership")
    assert len(kept.members) == 4  # type: ignore[attr-defined]


def test_merged_cells_formulas_and_odd_characters(run: Run, store: Store, tmp_path: Path) -> None:
    rows = [HEAD, ["P", "=HYPERLINK(1)"], [None, bad_files.RTL], [None, "Zwykła"]]
    path = tmp_path / "odd.xlsx"
    path.write_bytes(book(("Dane", rows), merged="A2:A4"))
    code, said = run("import", path, "--profile", "partnerstwa")
    assert code == 0, said
    assert "Organizacja" in said
    records = Records(store)
    (partnership,) = records.all("Partnership")
    assert len(partnership.members) == 2  # type: ignore[attr-defined]  # a formula without a value names nobody
    names = {o.name for o in records.all("Organisation")}  # type: ignore[attr-defined]
    assert "Zwykła" in names
    assert not any("\u202e" in n for n in names)
