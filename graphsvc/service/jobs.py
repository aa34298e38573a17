"""Long work in the background: queued on SQLite (huey), one at a time, with progress, time left and cancelling.

What waits or is done survives a restart of the service; what ran when it ended is said to be interrupted and can be
asked for again. The newest ``KEPT`` jobs of each person are kept with their results and files.
"""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import structlog
from huey import SqliteHuey
from huey.consumer import Consumer

from graphsvc import logs
from graphsvc.errors import AccessError, ConflictError, GraphsvcError, NotFoundError, Place
from graphsvc.exports.download import Download
from graphsvc.i18n import LANGUAGES, msg, nmsg

State = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]
Progress = Callable[[int, int], None]
Result = Mapping[str, Any]
Work = Callable[[Mapping[str, Any], Progress], Result | tuple[Result, Download]]
"""Takes its parameters and a progress to call often with (done, total), where it is also cancelled,
with done = total when nothing is left to do. Gives a result that JSON can hold, and a file to download where there is
one."""

UPDATE_SECONDS = 0.5
LOOK_SECONDS = 1.0
"""How often an idle queue is looked at, at the least."""
KEPT = 100
"""Jobs kept of each person, the newest of them."""
OPEN_AT_ONCE = 20
"""Jobs of one person that may wait or run."""
OPEN: tuple[State, ...] = ("waiting", "running")
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
    paced_at: float | None = None
    """Since when it goes on at the pace that tells the time left: work of several parts tells each part's."""
    ended_at: float | None = None
    done: int = 0
    total: int = 0
    result: dict[str, Any] | None = None
    error: dict[str, str] | None = None
    file: dict[str, str] | None = None
    """``filename`` and ``media_type`` of the file that came of it."""

    @property
    def open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far; None while it can't be told."""
        if self.state != "running" or self.paced_at is None or not (self.done and self.total):
            return None
        return (time.time() - self.paced_at) * (self.total - self.done) / self.done


class _Cancelled(BaseException):
    """Raised inside the work at its next progress call."""


class _Worker(Consumer):  # type: ignore[misc]
    """The queue's consumer, in threads of this process, which keeps its own signal handlers."""

    def _set_signal_handlers(self) -> None:
        pass


class Jobs:
    """The queue in ``folder``. ``works`` gives the work of each kind."""

    def __init__(self, folder: Path, works: Mapping[str, Work]) -> None:
        self._folder = folder
        self._works = works
        self._worker: _Worker | None = None

    @cached_property
    def _huey(self) -> SqliteHuey:
        """Opened when it is first needed. A file that is no queue any more is put aside: it holds no data."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with suppress(PermissionError):
            self._folder.chmod(0o700)
        file = self._folder / "jobs.sqlite"
        try:
            huey = SqliteHuey("graphsvc", filename=str(file), results=False)
            found = huey.storage.sql("PRAGMA integrity_check(1)", results=True)[0][0]  # reads all of it
            if found != "ok":
                raise sqlite3.DatabaseError(found)
            return huey
        except sqlite3.OperationalError as exc:
            raise AccessError(
                msg("The list of background work can't be opened: %(why)s.", why=exc),
                place=Place(file=str(file)),
                hint=msg("Ask its owner for the right, or set GRAPHSVC_DATA_DIR to a folder of your own."),
            ) from exc
        except sqlite3.DatabaseError as exc:
            _log.warning("the list of background work is broken and was put aside", why=str(exc))
            file.replace(file.with_suffix(".broken"))
            for beside in ("-wal", "-shm"):
                file.with_name(file.name + beside).unlink(missing_ok=True)
            return SqliteHuey("graphsvc", filename=str(file), results=False)

    @cached_property
    def _run(self) -> Callable[[str], object]:
        run: Callable[[str], object] = self._huey.task(name="run")(self._work)
        return run

    def ask(self, kind: str, params: Mapping[str, Any], by: str) -> Job:
        """Queue a piece of work, unless the person waits for the very same; the oldest of theirs that has ended goes
        when there are too many. Raises ConflictError where they wait for too much."""
        own = [j for j in self.all() if j.by == by]
        waiting = [j for j in own if j.open]
        if same := next((j for j in waiting if (j.kind, j.params) == (kind, dict(params))), None):
            return same
        if len(waiting) >= OPEN_AT_ONCE:
            raise ConflictError(
                nmsg(
                    "%(n)s piece of your background work waits or runs.",
                    "%(n)s pieces of your background work wait or run.",
                    len(waiting),
                ),
                hint=msg("Wait until some are done, or end them."),
            )
        for old in [j for j in own if not j.open][KEPT - 1 :]:
            self._forget(old.id)
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

    def file(self, id: str) -> Path:
        """Where the file lies that came of a job. Raises NotFoundError where none did."""
        job = self.get(id)
        if job.file is None or not self._file(id).exists():
            raise NotFoundError(msg("There is no file of this job."))
        return self._file(id)

    def cancel(self, id: str) -> Job:
        """Ask a job to end; running work ends at its next step."""
        job = self.get(id)
        if job.open:
            self._huey.put(f"cancel:{id}", True)
            if job.state == "waiting":
                job = self._keep(replace(job, state="cancelled", ended_at=time.time()))
        return job

    def start(self) -> None:
        """Work in the background from now on; what ran when the service last ended was interrupted."""
        for job in self.all():
            if job.state == "running":
                self._end(job.id, state="interrupted")
        own = {"max_delay": LOOK_SECONDS, "periodic": False, "check_worker_health": False}
        self._worker = _Worker(self._huey, workers=1, **own)
        self._worker.start()

    def stop(self) -> None:
        """Stop working; the job that runs is interrupted."""
        if self._worker:
            self._worker.stop()

    def _file(self, id: str) -> Path:
        return self._folder / "files" / id

    def _forget(self, id: str) -> None:
        self._huey.get(f"job:{id}")
        self._huey.get(f"cancel:{id}")
        self._file(id).unlink(missing_ok=True)

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
            found = self._works[job.kind](job.params, self._progress(job))
            result, file = found if isinstance(found, tuple) else (found, None)
            self._end(id, state="done", result=dict(result), file=self._saved(id, file))
        except _Cancelled:
            self._end(id, state="cancelled")
        except GraphsvcError as exc:
            self._end(id, state="failed", error={lang: exc.render(lang) for lang in LANGUAGES})
        except Exception as exc:
            kept = msg("Something went wrong; details are in %(path)s.", path=logs.keep(exc) or "–")
            _log.error("job failed", job=id, kind=job.kind, error=type(exc).__name__)
            self._end(id, state="failed", error={lang: kept.render(lang) for lang in LANGUAGES})

    def _saved(self, id: str, file: Download | None) -> dict[str, str] | None:
        if file is None:
            return None
        self._file(id).parent.mkdir(mode=0o700, exist_ok=True)
        self._file(id).write_bytes(file.content)
        return {"filename": file.filename, "media_type": file.media_type}

    def _end(self, id: str, **changes: Any) -> None:
        self._keep(replace(self.get(id), ended_at=time.time(), **changes))

    def _progress(self, job: Job) -> Progress:
        told, begun, part = 0.0, time.time(), 0

        def count(done: int, total: int) -> None:
            nonlocal told, begun, part
            if total != part:
                begun, part = time.time(), total
            now = time.monotonic()
            if now - told < UPDATE_SECONDS and done != total:
                return
            told = now
            if self._cancelled(job.id):
                raise _Cancelled
            self._keep(replace(job, done=done, total=total, paced_at=begun))

        return count
