import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from graphsvc.errors import GraphsvcError
from graphsvc.model.network import Network, table
from graphsvc.service import aside, learning
from graphsvc.service.aside import Aside, EndedError
from graphsvc.service.learning import AGAIN, Learner
from graphsvc.suggest.prior import prior_model


def network() -> Network:
    """Too little history for a model of its own."""
    return Network(
        organisations=table("organisations", [{"id": k, "name": k, "sector": "ngo"} for k in "ABCD"]),
        partnerships=table("partnerships", [{"id": "P", "starts_on": date(2020, 1, 1)}]),
        memberships=table("memberships", [{"organisation": o, "partnership": 0} for o in (0, 1)]),
    )


def nothing() -> None:
    """While one waits."""


def endless(found: Network) -> None:
    """Notes its process in the file that the first organisation is named after."""
    Path(found.organisations["id"][0].as_py()).write_text(str(os.getpid()), "utf-8")
    time.sleep(600)


def aborted(_network: Network) -> None:
    os.abort()


def named(path: Path) -> Network:
    return Network(organisations=table("organisations", [{"id": str(path), "name": "A", "sector": "ngo"}]))


def noted(path: Path) -> int:
    while not (path.exists() and path.read_text("utf-8")):
        time.sleep(0.01)
    return int(path.read_text("utf-8"))


def test_who_no_longer_waits_ends_the_learning_and_may_begin_it_again(tmp_path, monkeypatch):
    monkeypatch.setattr(aside, "LARGE", 1)
    monkeypatch.setattr(learning, "learn", endless)
    learner, began = Learner(tmp_path / "models", Aside()), tmp_path / "began"

    def cancelled() -> None:
        if began.exists() and began.read_text("utf-8"):
            raise KeyboardInterrupt

    for _ in range(2):
        began.unlink(missing_ok=True)
        with pytest.raises(KeyboardInterrupt):
            learner.awaited("v1", lambda: named(began), cancelled)
    process, end = noted(began), time.monotonic() + 10
    while Path(f"/proc/{process}").exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert not Path(f"/proc/{process}").exists()
    assert learner.model("v1", lambda: named(began)).prior  # a page does not begin it anew
    learner.close()


def test_what_a_person_waits_for_does_not_queue_behind_a_network_of_before(tmp_path, monkeypatch):
    monkeypatch.setattr(aside, "LARGE", 1)
    monkeypatch.setattr(learning, "learn", endless)
    work = Aside()
    learner, before, now = Learner(tmp_path / "models", work), tmp_path / "before", tmp_path / "now"
    learner.model("v1", lambda: named(before))
    noted(before)

    def begun() -> None:
        if now.exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        learner.awaited("v2", lambda: named(now), begun)
    work.close()


def test_learning_that_ended_by_itself_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(aside, "LARGE", 1)
    monkeypatch.setattr(learning, "learn", aborted)
    learner = Learner(tmp_path, Aside())
    with pytest.raises(GraphsvcError, match="before it was done"):
        learner.awaited("v1", network, nothing)
    learner.close()


class Ending:
    """Is killed the first time, and learns the next."""

    calls = 0

    def call(self, *_asked: object, wish: object) -> object:  # noqa: ARG002 as Aside's
        self.calls += 1
        if self.calls == 1:
            raise EndedError
        return replace(prior_model(), prior=False)


def test_learning_that_was_ended_is_begun_again_after_a_while(tmp_path, monkeypatch):
    work, now = Ending(), time.monotonic()
    learner = Learner(tmp_path, work)
    monkeypatch.setattr(learning, "monotonic", lambda: now)
    while learner.first("v1", network):
        time.sleep(0.01)
    assert learner.ended("v1", network)
    now += AGAIN - 1
    assert learner.model("v1", network).prior
    assert (learner.first("v1", network), work.calls) == (False, 1)  # not at every page
    now += 1
    learner.model("v1", network)
    while learner.first("v1", network):
        time.sleep(0.01)
    assert not learner.model("v1", network).prior
    assert not learner.ended("v1", network)
    learner.close()


def test_a_history_too_short_is_learnt_from_to_its_end(tmp_path):
    learner = Learner(tmp_path, Aside())
    learner.awaited("v1", network, nothing)
    assert not learner.ended("v1", network)
    learner.close()


def test_a_page_does_not_wait_and_gets_the_prior_meanwhile(tmp_path):
    learner, go = Learner(tmp_path, Aside()), Event()

    def slow() -> Network:
        go.wait(5)
        return network()

    assert learner.model("v1", slow).prior
    assert learner.first("v1", slow)
    go.set()
    assert learner.awaited("v1", slow, nothing).prior  # four organisations teach nothing
    assert not learner.first("v1", slow)
    learner.close()


def test_what_was_learnt_is_read_by_the_next_start(tmp_path):
    first = Learner(tmp_path, Aside())
    first.awaited("v1", network, nothing)
    first.close()

    def never() -> Network:
        raise AssertionError("learnt again")

    second = Learner(tmp_path, Aside())
    assert second.awaited("v1", never, nothing).prior
    second.close()


def test_a_damaged_file_is_learnt_again(tmp_path):
    first = Learner(tmp_path, Aside())
    first.awaited("v1", network, nothing)
    (kept,) = tmp_path.glob("*.model")
    kept.write_bytes(b"not a model")
    second = Learner(tmp_path, Aside())
    second.awaited("v1", network, nothing)
    assert kept.read_bytes() != b"not a model"
