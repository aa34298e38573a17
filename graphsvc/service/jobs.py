"""Long work in the background: queued on SQLite (huey), one at a time, with progress, time left and cancelling.

What waits or is done survives a restart of the service; what ran when it ended is run again.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import structlog
from huey import SqliteHuey
from huey.consumer import Consumer

from graphsvc import logs
from graphsvc.errors import GraphsvcError, NotFoundError
from graphsvc.i18n import LANGUAGES, msg

State = Literal["waiting", "running", "done", "failed", "cancelled"]
Progress = Callable[[int, int], None]
Work = Callable[[Mapping[str, Any], Progress], Mapping[str, Any]]
"""Takes its parameters and a progress to call often with (done, total); gives a result that JSON can hold."""

UPDATE_SECONDS = 0.5
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. Times are seconds since 1970; ``error`` is a sentence in each language."""

    id: str
    kind: str
    by: str
    params: dict[str, Any]
    state: State = "waiting"
    asked_at: float = 0.0
    started_at: float | None = None
    ended_at: float | None = None
    done: int = 0
    total: int = 0
    result: dict[str, Any] | None = None
    error: dict[str, str] | None = None

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far; None while it can't be told."""
        if self.state != "running" or self.started_at is None or not (self.done and self.total):
            return None
        return (time.time() - self.started_at) * (self.total - self.done) / self.done


class _Cancelled(BaseException):
    """Raised inside the work at its next progress call."""


class _Worker(Consumer):  # type: ignore[misc]
    """The queue's consumer, in threads of this process, which keeps its own signal handlers."""

    def _set_signal_handlers(self) -> None:
        pass


class Jobs:
    """The queue in ``folder``. ``works`` gives the work of each kind."""

    def __init__(self, folder: Path, works: Mapping[str, Work]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._works = works
        self._huey = SqliteHuey("graphsvc", filename=str(folder / "jobs.sqlite"), results=False)
        self._run = self._huey.task(name="run")(self._work)
        self._worker: _Worker | None = None

    def ask(self, kind: str, params: Mapping[str, Any], by: str) -> Job:
        """Queue a piece of work."""
        job = Job(uuid.uuid4().hex, kind, by, dict(params), asked_at=time.time())
        self._keep(job)
        self._run(job.id)
        return job

    def get(self, id: str) -> Job:
        """Raises NotFoundError."""
        raw = self._huey.get(f"job:{id}", peek=True)
        if raw is None:
            raise NotFoundError(msg("There is no such job; it may have been removed."))
        return Job(**json.loads(raw))

    def all(self) -> list[Job]:
        """Every job that is kept, newest first."""
        keys = [k for k in self._huey.all_results() if str(k).startswith("job:")]
        jobs = [self.get(str(key).removeprefix("job:")) for key in keys]
        return sorted(jobs, key=lambda j: -j.asked_at)

    def cancel(self, id: str) -> Job:
        """Ask a job to end; running work ends at its next step."""
        job = self.get(id)
        if job.state in ("waiting", "running"):
            self._huey.put(f"cancel:{id}", True)
            if job.state == "waiting":
                job = self._keep(replace(job, state="cancelled", ended_at=time.time()))
        return job

    def start(self) -> None:
        """Work in the background from now on; what a crash interrupted is queued again."""
        for job in self.all():
            if job.state == "running":
                self._keep(replace(job, state="waiting", started_at=None, done=0))
                self._run(job.id)
        self._worker = _Worker(self._huey, workers=1, periodic=False, check_worker_health=False)
        self._worker.start()

    def stop(self) -> None:
        """Stop working; the job that runs is queued again by the next start."""
        if self._worker:
            self._worker.stop()

    def _keep(self, job: Job) -> Job:
        self._huey.put(f"job:{job.id}", json.dumps(asdict(job)))
        return job

    def _cancelled(self, id: str) -> bool:
        return bool(self._huey.get(f"cancel:{id}", peek=True))

    def _work(self, id: str) -> None:
        job = self.get(id)
        if job.state != "waiting":
            return
        job = self._keep(replace(job, state="running", started_at=time.time()))
        try:
            result = self._works[job.kind](job.params, self._progress(job))
            self._end(id, state="done", result=dict(result))
        except _Cancelled:
            self._end(id, state="cancelled")
        except GraphsvcError as exc:
            self._end(id, state="failed", error={lang: exc.render(lang) for lang in LANGUAGES})
        except Exception as exc:
            kept = msg("Something went wrong; details are in %(path)s.", path=logs.keep(exc))
            _log.error("job failed", job=id, kind=job.kind, error=type(exc).__name__)
            self._end(id, state="failed", error={lang: kept.render(lang) for lang in LANGUAGES})

    def _end(self, id: str, **changes: Any) -> None:
        self._keep(replace(self.get(id), ended_at=time.time(), **changes))

    def _progress(self, job: Job) -> Progress:
        told = 0.0

        def count(done: int, total: int) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told < UPDATE_SECONDS and done != total:
                return
            told = now
            if self._cancelled(job.id):
                raise _Cancelled
            self._keep(replace(job, done=done, total=total))

        return count
