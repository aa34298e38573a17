"""Work in a process of its own."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from graphsvc.model.network import Network, table
from graphsvc.service import aside
from graphsvc.service.aside import Aside, EndedError, Wish

SMALL = Network(organisations=table("organisations", [{"id": "A", "name": "A", "sector": "ngo"}]))


def where(network: Network, word: str) -> tuple[int, int, str]:
    """The process, how it ranks among others, and what it was given."""
    print("not part of the answer")
    return os.getpid(), os.nice(0), f"{word} {network.organisations.num_rows}"


def killed_once(_network: Network, noted: str) -> str:
    path = Path(noted)
    if path.exists():
        return "done"
    path.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def killed(_network: Network) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def endless(_network: Network, noted: str) -> None:
    Path(noted).write_text(str(os.getpid()), "utf-8")
    time.sleep(600)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "LARGE", 1)


def test_small_networks_are_not_sent_anywhere() -> None:
    assert Aside().call(where, SMALL, "rows:")[0] == os.getpid()


@pytest.mark.usefixtures("large")
def test_large_ones_are_worked_on_elsewhere_at_the_lowest_priority() -> None:
    process, nice, told = Aside().call(where, SMALL, "rows:")
    assert process != os.getpid()
    assert (nice, told) == (19, "rows: 1")


@pytest.mark.usefixtures("large")
def test_what_was_killed_is_begun_once_more(tmp_path: Path) -> None:
    assert Aside().call(killed_once, SMALL, str(tmp_path / "noted")) == "done"
    with pytest.raises(EndedError):
        Aside().call(killed, SMALL)


def counting(_network: Network, noted: str) -> None:
    for n in range(10**9):
        Path(noted).write_text(str(n), "utf-8")
        time.sleep(0.01)


@pytest.mark.usefixtures("large")
def test_it_stands_still_while_somebody_is_served_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted, work, wish = tmp_path / "noted", Aside(), Wish()

    def ask() -> None:
        with suppress(EndedError):
            work.call(counting, SMALL, str(noted), wish=wish)

    def state() -> str:
        (process,) = work._running
        return Path(f"/proc/{process.pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]

    def within_a_minute(stopped: bool) -> bool:
        end = time.monotonic() + 60
        while (state() == "T") != stopped and time.monotonic() < end:
            time.sleep(0.01)
        return (state() == "T") == stopped

    thread = Thread(target=ask)
    thread.start()
    while not noted.exists():
        time.sleep(0.01)
    monkeypatch.setattr(aside, "REST", 600.0)
    work.rest()
    assert within_a_minute(stopped=True)
    wish.awaited = True  # a person waits for it
    assert within_a_minute(stopped=False)
    wish.awaited = False
    assert within_a_minute(stopped=True)
    monkeypatch.setattr(aside, "LONGEST", 0.0)
    assert within_a_minute(stopped=False)
    wish.ended = True
    thread.join(60)
    assert not thread.is_alive()
    assert not work._running


@pytest.mark.usefixtures("large")
def test_closing_ends_what_runs(tmp_path: Path) -> None:
    noted, work, ended = tmp_path / "noted", Aside(), []

    def ask() -> None:
        try:
            work.call(endless, SMALL, str(noted))
        except EndedError as exc:
            ended.append(exc)

    thread = Thread(target=ask)
    thread.start()
    while not (noted.exists() and noted.read_text("utf-8")):
        time.sleep(0.01)
    work.close()
    thread.join(60)
    assert len(ended) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int(noted.read_text("utf-8")), 0)
