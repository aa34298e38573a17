"""Commands run in this process, as a user would type them; none of these needs a database."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
import typer

from graphsvc import config
from graphsvc.cli import main

COMMAND = cache(typer.main.get_command)
"""Commands are the same for the whole process, and take a while to build."""


@dataclass
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys, tmp_path) -> Callable[..., Ended]:
    monkeypatch.setenv("GRAPHSVC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GRAPHSVC_LANG", "en")
    monkeypatch.setattr(typer.main, "get_command", COMMAND)
    config.load.cache_clear()

    def run(*args: object) -> Ended:
        monkeypatch.setattr("sys.argv", ["graphsvc", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    yield run
    config.load.cache_clear()


@pytest.fixture
def in_polish(run, monkeypatch) -> None:
    """Commands speak Polish."""
    monkeypatch.setenv("GRAPHSVC_LANG", "pl")
    config.load.cache_clear()
