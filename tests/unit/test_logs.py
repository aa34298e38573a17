"""What is kept of who looked at personal data, and of a crash."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from graphsvc import config, logs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GRAPHSVC_DATA_DIR", str(tmp_path))
    config.load.cache_clear()
    yield tmp_path / "logs"
    config.load.cache_clear()


def test_who_looked_at_personal_data_is_a_line_that_only_the_owner_reads(folder: Path) -> None:
    logs.access("read", "account-1", "record-1")
    logs.access("erase", "account-2", "record-1")
    path = folder / "access.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(x["action"], x["by"], x["record"]) for x in lines] == [
        ("read", "account-1", "record-1"),
        ("erase", "account-2", "record-1"),
    ]
    assert path.stat().st_mode & 0o077 == 0


def test_the_trace_of_a_crash_is_kept_in_a_file_of_its_own(folder: Path) -> None:
    try:
        raise ValueError("wrong")
    except ValueError as error:
        path = logs.keep(error)
    assert path.parent == folder
    assert "ValueError: wrong" in path.read_text("utf-8")


def test_a_trace_with_half_a_letter_is_kept(folder: Path) -> None:
    path = logs.keep(ValueError("\udcb9"))
    assert path
    assert "\\udcb9" in path.read_text("utf-8")


def test_lines_follow_standard_error_when_it_is_redirected(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = io.StringIO()
    with contextlib.redirect_stderr(closed):
        logs.configure()
        structlog.get_logger().warning("first")
    closed.close()
    structlog.get_logger().warning("second", what="x")
    structlog.reset_defaults()
    assert json.loads(capsys.readouterr().err)["event"] == "second"
