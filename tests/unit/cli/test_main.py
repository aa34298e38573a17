import errno
import os
import signal
import time
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
        (
            PermissionError(errno.EACCES, "Permission denied", "/data/neo4j/lock"),
            1,
            "file /data/neo4j/lock: This may not",
        ),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "/d/lock"), 1, "file /d/lock: A folder stands where a file"),
        (OSError(errno.ENAMETOOLONG, "File name too long", "xx"), 1, "file xx: The name of this file is too long."),
        (KeyboardInterrupt(), 130, "This was broken off before it was done."),
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


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_a_signal_spoils_on_its_way_is_no_fault_of_the_program(run, monkeypatch, tmp_path, number, code):
    """Ctrl-C amid an answer of the database: its driver fails when it is closed (BufferError, or it is unreachable)."""

    def work(_settings: object) -> None:
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        finally:
            raise BufferError("Existing exports of data")

    monkeypatch.setattr("graphsvc.store.embedded.server.status", work)
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        ended = run("db", "status")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (ended.code, "This was broken off" in ended.err, "went wrong" in ended.err) == (code, True, False)
    assert not list(tmp_path.rglob("error-*.txt"))


def test_sigterm_leaves_temporary_folders_in_order(run, monkeypatch):
    left = []

    def work(_settings: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        finally:
            left.append(True)

    monkeypatch.setattr("graphsvc.store.embedded.server.status", work)
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        ended = run("db", "status")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (ended.code, left) == (143, [True])


def test_a_folder_that_may_not_be_written_to_hides_no_sentence(run, monkeypatch, tmp_path):
    """The trace goes elsewhere, or nowhere."""
    monkeypatch.setattr("graphsvc.store.embedded.server.status", lambda _settings: 1 / 0)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "logs").write_text("no folder")
    monkeypatch.chdir(tmp_path)
    assert "error-" in run("db", "status").err
    assert len(list(tmp_path.glob("error-*.txt"))) == 1
    monkeypatch.setattr("graphsvc.logs.gettempdir", lambda: tmp_path / "data" / "logs")
    monkeypatch.setattr("graphsvc.logs.Path.cwd", lambda: tmp_path / "data" / "logs")
    ended = run("db", "status")
    assert (ended.code, "could be written nowhere" in ended.err) == (1, True)


def test_a_wrong_setting_is_told_in_the_language_of_the_settings(run, monkeypatch):
    from graphsvc import config

    for language, text in (("en", "The setting can't have the value"), ("pl", "To ustawienie nie może mieć")):
        monkeypatch.setenv("GRAPHSVC_NEO4J_HEAP", "lots")
        monkeypatch.setenv("GRAPHSVC_LANG", language)
        config.load.cache_clear()
        assert text in run("db", "status").err


def test_an_address_that_is_not_of_this_computer_is_the_host_s_mistake(run):
    ended = run("serve", "--host", "192.0.2.1", "--port", "0")
    assert (ended.code, "option --host" in ended.err) == (2, True)


def test_the_trace_of_the_unexpected_is_kept_for_the_operator(run, monkeypatch, tmp_path):
    monkeypatch.setattr("graphsvc.store.embedded.server.status", lambda _settings: 1 / 0)
    run("db", "status")
    kept = list((tmp_path / "data" / "logs").glob("error-*.txt"))
    assert len(kept) == 1
    assert "ZeroDivisionError" in kept[0].read_text("utf-8")
