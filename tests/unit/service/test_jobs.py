import contextlib
import multiprocessing
import sqlite3
import time
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event

import pytest

from graphsvc.errors import AccessError, ConflictError, InputError, NotFoundError
from graphsvc.exports.download import Download
from graphsvc.i18n import msg
from graphsvc.service import jobs as module
from graphsvc.service.jobs import Job, Jobs


def until(check, seconds: float = 10.0):
    end = time.monotonic() + seconds
    while not (found := check()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


@pytest.fixture
def queue(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "UPDATE_SECONDS", 0.0)
    stepping = Event()

    def slow(params, progress):
        for step in range(1000):
            progress(step, 1000)
            stepping.set()
            time.sleep(0.02)
        return {}

    def fail(params, progress):
        raise InputError(msg("The file is empty."))

    works = {"double": lambda params, progress: {"twice": 2 * params["n"]}, "slow": slow, "fail": fail}
    jobs = Jobs(tmp_path, works)
    jobs.stepping = stepping
    jobs.start()
    yield jobs
    jobs.stop()


def test_work_is_done_in_the_background_and_its_result_kept(queue, tmp_path):
    job = queue.ask("double", {"n": 4}, by="ala")
    assert job.state == "waiting"
    assert until(lambda: queue.get(job.id).state == "done")
    assert Jobs(tmp_path, {}).get(job.id).result == {"twice": 8}  # another process reads it too
    assert [j.id for j in queue.all()] == [job.id]


def test_running_work_is_cancelled_at_its_next_step(queue):
    job = queue.ask("slow", {}, by="ala")
    assert queue.stepping.wait(10)
    queue.cancel(job.id)
    assert until(lambda: queue.get(job.id).state == "cancelled")
    assert queue.get(job.id).ended_at is not None


def test_an_idle_queue_begins_within_a_moment(tmp_path):
    jobs = Jobs(tmp_path, {"run": lambda params, progress: {}})
    jobs.start()
    (worker, _thread), *_ = jobs._worker.worker_threads
    worker.delay = 600.0  # as if it had found nothing for very long
    until(lambda: worker.delay < 600.0)  # it waits now
    job = jobs.ask("run", {}, by="ala")
    assert until(lambda: jobs.get(job.id).state == "done", 5)
    jobs.stop()


def test_a_failure_is_told_in_words(queue):
    job = queue.ask("fail", {}, by="ala")
    assert until(lambda: queue.get(job.id).state == "failed")
    assert queue.get(job.id).error["en"] == "The file is empty."


def test_waiting_work_that_is_cancelled_never_runs(tmp_path):
    ran = []
    jobs = Jobs(tmp_path, {"run": lambda params, progress: ran.append(1) or {}})
    job = jobs.ask("run", {}, by="ala")
    assert jobs.cancel(job.id).state == "cancelled"
    last = jobs.ask("run", {}, by="ala")
    jobs.start()
    assert until(lambda: jobs.get(last.id).state == "done")
    jobs.stop()
    assert ran == [1]


def test_unknown_job(queue):
    with pytest.raises(NotFoundError):
        queue.get("none")


def test_time_left_follows_the_pace(monkeypatch):
    monkeypatch.setattr(module.time, "time", lambda: 1010.0)
    job = Job("a", "k", "b", {}, state="running", paced_at=1000.0, done=20, total=100)
    assert job.seconds_left == 40
    assert Job("a", "k", "b", {}).seconds_left is None


def test_time_left_begins_anew_with_each_part_of_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "UPDATE_SECONDS", 0.0)
    second = Event()

    def parts(params, progress):
        progress(1000, 0)  # reading, of a length that is not known
        time.sleep(0.5)
        progress(0, 4)
        time.sleep(0.1)
        progress(1, 4)
        second.wait(10)
        return {}

    jobs = Jobs(tmp_path, {"parts": parts})
    job = jobs.ask("parts", {}, by="ala")
    jobs.start()
    assert until(lambda: jobs.get(job.id).done == 1)
    now = jobs.get(job.id)
    assert now.paced_at - now.started_at >= 0.5
    second.set()
    jobs.stop()


def _serve_slowly(folder: Path, told: Connection) -> None:
    """Work that never ends, in a process of its own."""

    def slow(params, progress):
        while True:
            progress(1, 2)
            time.sleep(0.05)

    jobs = Jobs(folder, {"slow": slow})
    job = jobs.ask("slow", {}, by="ala")
    jobs.start()
    until(lambda: jobs.get(job.id).state == "running")
    told.send(job.id)
    time.sleep(600)


def test_work_whose_process_was_killed_is_interrupted(tmp_path):
    fork = multiprocessing.get_context("fork")  # to import everything anew would take seconds
    heard, told = fork.Pipe(duplex=False)
    service = fork.Process(target=_serve_slowly, args=(tmp_path, told))
    service.start()
    id = heard.recv()
    service.kill()
    service.join()
    after = Jobs(tmp_path, {"slow": lambda params, progress: {"ended": True}})
    assert after.get(id).state == "running"
    after.start()
    assert after.get(id).state == "interrupted"
    assert not after.get(id).open
    again = after.ask("slow", {}, by="ala")
    assert until(lambda: after.get(again.id).state == "done")
    after.stop()


def test_a_file_that_came_of_it_is_kept(tmp_path):
    file = Download("report.csv", "text/csv", b"a,b")
    jobs = Jobs(tmp_path, {"report": lambda params, progress: ({"rows": 1}, file)})
    job = jobs.ask("report", {}, by="ala")
    jobs.start()
    assert until(lambda: jobs.get(job.id).state == "done")
    jobs.stop()
    assert jobs.file(job.id).read_bytes() == b"a,b"
    assert jobs.get(job.id).file == {"filename": "report.csv", "media_type": "text/csv"}
    assert jobs.get(job.id).result == {"rows": 1}


def test_one_person_waits_for_one_thing_once_and_not_for_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "OPEN_AT_ONCE", 2)
    jobs = Jobs(tmp_path, {})
    first = jobs.ask("any", {"n": 1}, by="ala")
    assert jobs.ask("any", {"n": 1}, by="ala").id == first.id
    assert jobs.ask("any", {"n": 1}, by="ola").id != first.id
    jobs.ask("any", {"n": 2}, by="ala")
    with pytest.raises(ConflictError):
        jobs.ask("any", {"n": 3}, by="ala")
    jobs.cancel(first.id)
    assert jobs.ask("any", {"n": 3}, by="ala").state == "waiting"
    assert tmp_path.stat().st_mode & 0o077 == 0


def test_the_oldest_go_when_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 2)
    jobs = Jobs(tmp_path, {})
    asked = [jobs.cancel(jobs.ask("any", {}, by="ala").id).id for _ in range(4)]
    assert [j.id for j in jobs.all()] == asked[:1:-1]
    for _ in range(2):
        jobs.cancel(jobs.ask("any", {}, by="ola").id)
    assert [j.id for j in jobs.all() if j.by == "ala"] == asked[:1:-1]  # somebody else's push nobody's out
    with pytest.raises(NotFoundError):
        jobs.file(asked[-1])


def test_a_list_is_put_aside_wherever_it_is_broken(tmp_path):
    """Also where only the table of what waits is: it could be read and took no more work."""
    before = Jobs(tmp_path / "whole", {"run": lambda params, progress: {}})
    before.ask("run", {}, "me")
    with contextlib.closing(sqlite3.connect(tmp_path / "whole" / "jobs.sqlite")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = (tmp_path / "whole" / "jobs.sqlite").read_bytes()
    assert len(whole) > 4 * 4096
    for page in range(1, len(whole) // 4096):
        folder = tmp_path / str(page)
        folder.mkdir()
        at = page * 4096
        (folder / "jobs.sqlite").write_bytes(whole[:at] + b"?" * 4096 + whole[at + 4096 :])
        jobs = Jobs(folder, {"run": lambda params, progress: {}})
        assert jobs.get(jobs.ask("run", {}, "me").id).state == "waiting"
        assert (folder / "jobs.broken").exists()


def test_a_broken_list_is_put_aside_and_one_that_may_not_be_opened_is_named(tmp_path):
    (tmp_path / "jobs.sqlite").write_bytes(b"no database at all" * 600)
    jobs = Jobs(tmp_path, {})
    assert jobs.all() == []
    assert (tmp_path / "jobs.broken").exists()
    good = Jobs(tmp_path, {})
    for n in range(15):
        good.ask("any", {"text": str(n) * 4000}, "ola")
    with contextlib.closing(sqlite3.connect(tmp_path / "jobs.sqlite")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray((tmp_path / "jobs.sqlite").read_bytes())
    content[4096:] = b"?" * (len(content) - 4096)  # further down
    (tmp_path / "jobs.sqlite").write_bytes(content)
    assert Jobs(tmp_path, {}).all() == []
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "jobs.sqlite").mkdir()
    elsewhere = Jobs(tmp_path / "other", {})  # who only reads the network never opens it
    with pytest.raises(AccessError, match=r"jobs\.sqlite"):
        elsewhere.all()
