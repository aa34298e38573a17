import errno
from importlib.metadata import version

import pytest

from graphsvc.errors import DatabaseError
from graphsvc.i18n import msg


def test_help_lists_the_commands(run):
    ended = run("--help")
    assert ended.code == 0
    assert all(
        name in ended.out for name in ("demo", "serve", "import", "export", "metrics", "suggest", "evaluate", "db")
    )


def test_the_version_is_told(run):
    ended = run("--version")
    assert (ended.code, ended.out) == (0, f"graphsvc {version('graphsvc')}\n")


def test_a_wrong_setting_is_named(run, monkeypatch):
    from graphsvc import config

    monkeypatch.setenv("GRAPHSVC_NEO4J_HEAP", "lots")
    config.load.cache_clear()
    ended = run("db", "status")
    assert ended.code == 2
    assert "GRAPHSVC_NEO4J_HEAP" in ended.err


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (DatabaseError(msg("The database is away.")), 1, "The database is away."),
        (ZeroDivisionError("secret detail"), 1, "Something went wrong"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "The disk is full."),
    ],
)
def test_what_fails_ends_in_a_sentence_and_not_in_a_trace(run, monkeypatch, tmp_path, error, code, text):
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr("graphsvc.store.embedded.server.status", fail)
    ended = run("db", "status")
    assert ended.code == code
    assert text in ended.err
    assert "Traceback" not in ended.err
    assert "secret" not in ended.err


def test_the_trace_of_the_unexpected_is_kept_for_the_operator(run, monkeypatch, tmp_path):
    monkeypatch.setattr("graphsvc.store.embedded.server.status", lambda _settings: 1 / 0)
    run("db", "status")
    kept = list((tmp_path / "data" / "logs").glob("error-*.txt"))
    assert len(kept) == 1
    assert "ZeroDivisionError" in kept[0].read_text("utf-8")
