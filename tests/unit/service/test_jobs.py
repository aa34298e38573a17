import time
from threading import Event

import pytest

from graphsvc.errors import InputError, NotFoundError
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


def test_time_left_follows_the_pace():
    job = Job("a", "k", "b", {}, state="running", started_at=time.time() - 10, done=20, total=100)
    assert job.seconds_left == pytest.approx(40, rel=0.05)
    assert Job("a", "k", "b", {}).seconds_left is None
