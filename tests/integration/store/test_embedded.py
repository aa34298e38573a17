"""The life of the embedded server: shared, gone with its last user however that ends, back after a crash."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from graphsvc.config import Settings
from graphsvc.errors import EmbeddedServerError
from graphsvc.store.driver import connect
from graphsvc.store.embedded import jars, server
from graphsvc.store.embedded.state import Process, Running
from tests.conftest import server_of_its_own

USER = """
import signal, sys, time
from pathlib import Path
from graphsvc.config import Settings
from graphsvc.store.driver import connect
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run behind a shell inherit that it is ignored
with connect(Settings(neo4j_uri=None, data_dir=Path(sys.argv[1]))) as store:
    print(store.target.uri, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder of its own; its jars are links to the ones installed."""
    return server_of_its_own(tmp_path_factory.mktemp("embedded"))


@pytest.fixture(autouse=True)
def _stopped(settings: Settings) -> Iterator[None]:
    yield
    server.stop(settings)


def _user(settings: Settings) -> tuple[subprocess.Popen[str], str]:
    """A process that uses the server, and where it found it."""
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(settings.data_dir)], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert user.stdout
    uri = user.stdout.readline().strip()
    assert uri.startswith("bolt://127.0.0.1:")
    return user, uri


def _wait(until: Callable[[], bool], seconds: float = 90) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if until():
            return True
        time.sleep(0.2)
    return False


def _running(settings: Settings) -> Running:
    running = server.status(settings).running
    assert running
    return running


def _ended(running: Running) -> bool:
    return running.java.find() is None and running.keeper.find() is None


def _kill(process: Process) -> None:
    """End it at once, and wait: a process that was killed lives on until the system has taken it down."""
    psutil.Process(process.pid).kill()
    assert _wait(lambda: process.find() is None)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_its_user_however_that_ends(settings: Settings, how: signal.Signals) -> None:
    user, _ = _user(settings)
    running = _running(settings)
    assert (settings.data_dir / "neo4j").stat().st_mode & 0o077 == 0
    user.send_signal(how)
    user.wait(90)
    assert _wait(lambda: _ended(running))
    assert server.status(settings).running is None


def test_one_server_for_two_processes_until_the_last_has_gone(settings: Settings) -> None:
    user, uri = _user(settings)
    with connect(settings) as store:
        running = _running(settings)
        assert store.target.uri == uri
        assert set(server.status(settings).users) == {user.pid, os.getpid()}
        user.kill()
        user.wait()
        assert _wait(lambda: server.status(settings).users == (os.getpid(),))
        time.sleep(1)
        assert store.read("store/ping")[0]["ok"] == 1
    assert _ended(running)


def test_a_killed_server_is_back_for_the_same_connection(settings: Settings) -> None:
    with connect(settings) as store, store.session() as session:
        session.run("CREATE (:Kept {n: 1})").consume()
        old = _running(settings)
        _kill(old.java)
        with store.session() as again:
            found = again.execute_read(
                lambda tx: tx.run("MATCH (k:Kept) RETURN count(k) AS n").single(strict=True)["n"]
            )
        assert found == 1
        assert _wait(lambda: _running(settings).java != old.java)  # told a moment after it answers
        assert _running(settings).port == old.port


def test_a_server_killed_with_its_keeper_is_back_for_who_asks_next(settings: Settings) -> None:
    with connect(settings) as store:
        old = _running(settings)
        _kill(old.keeper)
        assert _wait(lambda: old.java.find() is None)
        began = time.monotonic()
        assert store.read("store/ping")[0]["ok"] == 1
        assert time.monotonic() - began < 90  # not only once the driver has given up
        assert server.status(settings).users == (os.getpid(),)
    assert server.status(settings).running is None


def test_one_that_was_stopped_says_so_at_once_and_is_found_when_it_is_back(settings: Settings) -> None:
    with connect(settings) as store:
        assert server.stop(settings)
        for ask in (lambda: store.read("store/ping"), store.version):
            began = time.monotonic()
            with pytest.raises(
                EmbeddedServerError, match=r"was stopped while this program uses it\. Start it again with"
            ):
                ask()
            assert time.monotonic() - began < 5
        server.start(settings)
        assert store.read("store/ping")[0]["ok"] == 1
        assert store.version()


def test_a_killed_keeper_leaves_nothing_in_the_way(settings: Settings) -> None:
    user, _ = _user(settings)
    old = _running(settings)
    _kill(old.keeper)
    user.kill()
    user.wait()
    assert server.status(settings).running is None
    with connect(settings) as store:
        assert store.read("store/ping")[0]["ok"] == 1
        assert old.java.find() is None
        assert _running(settings).java != old.java


def test_started_to_stay_it_outlives_its_users_until_stopped(settings: Settings) -> None:
    started = server.start(settings)
    assert started.kept
    assert started.users == ()
    with connect(settings):
        pass
    running = _running(settings)
    time.sleep(1.5)
    assert not _ended(running)
    assert server.stop(settings)
    assert _ended(running)
    assert not server.stop(settings)


def test_it_listens_on_loopback_only_and_keeps_its_password_private(settings: Settings) -> None:
    with connect(settings):
        running = _running(settings)
        listening = [c.laddr for c in psutil.Process(running.java.pid).net_connections() if c.status == "LISTEN"]
        password = settings.data_dir / "neo4j" / "password"
        assert {(a.ip.replace("::ffff:", ""), a.port) for a in listening} == {("127.0.0.1", running.port)}
        assert password.stat().st_mode & 0o077 == 0
        assert password.read_text("utf-8") not in " ".join(psutil.Process(running.java.pid).cmdline())


def test_the_second_start_downloads_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.socket.connect

    def loopback_only(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] in ("127.0.0.1", "::1"), address
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", loopback_only)
    seen: list[int] = []
    with connect(settings, lambda done, _total: seen.append(done)) as store:
        assert store.read("store/ping")[0]["ok"] == 1
    assert seen == []
    assert jars.install(settings.data_dir / "neo4j" / "jars", settings=Path("none"))
