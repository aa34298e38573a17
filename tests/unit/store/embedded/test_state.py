from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graphsvc.store.embedded.server import _clear
from graphsvc.store.embedded.state import Folder, Process, Running, write_private


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_process_is_told_from_a_later_one_with_its_id() -> None:
    here = Process.of(os.getpid())
    assert here.find() is not None
    assert Process(here.pid, here.created - 100).find() is None


def test_leases_of_ended_processes_count_for_nothing(folder: Folder) -> None:
    mine = folder.join()
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    created = Process.of(other.pid).created
    write_private(folder.users / "other.json", f'{{"pid": {other.pid}, "created": {created}}}')
    write_private(folder.users / "broken.json", "{")
    assert folder.user_pids() == sorted([os.getpid(), other.pid])

    other.kill()  # not waited for: a zombie does not use the server
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
    assert folder.user_pids() == [os.getpid()]
    other.communicate()
    mine.unlink()
    assert folder.user_pids() == []
    assert list(folder.users.iterdir()) == []


@pytest.mark.parametrize("pid", [-1, 0, 1 << 80, "1", None, [2]])
def test_what_is_no_id_of_a_process_names_none(folder: Folder, pid: Any) -> None:
    assert Process(pid, 0.0).find() is None
    folder.users.mkdir()
    write_private(folder.users / "other.json", json.dumps({"pid": pid, "created": 0.0}))
    assert folder.user_pids() == []


def test_a_foreign_process_is_neither_the_server_nor_ended(folder: Folder) -> None:
    """Even one with the id and the time of creation that the state names."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        named = Process.of(other.pid)
        folder.save(Running(7687, named, named, "5.26.30"))
        running = folder.running()
        assert running
        assert not running.alive
        _clear(folder)
        assert not folder.state.exists()
        assert other.poll() is None
        other.kill()


def test_state_is_read_back_and_half_a_file_is_none(folder: Folder) -> None:
    running = Running(7687, Process(1, 1.0), Process(2, 2.0), "5.26.30")
    folder.save(running)
    assert folder.running() == running
    folder.state.write_text('{"port": 1', "utf-8")
    assert folder.running() is None


def test_private_files_are_the_owners_alone(folder: Folder) -> None:
    write_private(folder.password, "secret")
    assert folder.password.stat().st_mode & 0o777 == 0o600
    assert folder.password.read_text("utf-8") == "secret"
