"""The embedded server as the rest of graphsvc sees it: use it, start it to stay, stop it, ask how it is."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from graphsvc.config import Settings
from graphsvc.errors import EmbeddedServerError, system_says
from graphsvc.i18n import msg
from graphsvc.store.embedded import jars, process
from graphsvc.store.embedded.state import KEEPER, NEO4J, Folder, Running

LEAVE_SECONDS = 70
PACE = 0.1


@dataclass(frozen=True, slots=True)
class Status:
    """How the embedded server is."""

    running: Running | None
    users: tuple[int, ...]
    """Ids of the processes that use it."""
    kept: bool
    """Whether it runs until it is told to stop."""
    version: str
    folder: Path


class Lease:
    """The right of this process to use the server, which runs at least as long. A context manager."""

    username = "neo4j"

    def __init__(self, folder: Folder, file: Path, running: Running, start: Callable[[], Running]) -> None:
        self._folder = folder
        self._file = file
        self._running = running
        self._start = start

    @property
    def uri(self) -> str:
        """Where the driver connects; only ``ensure`` changes it."""
        return self._running.uri

    @property
    def password(self) -> str:
        """The generated password."""
        return self._folder.password.read_text("utf-8")

    def ensure(self) -> None:
        """Start the server again where its keeper has ended too; it may be at another address then.

        Raises EmbeddedServerError where it was stopped on purpose, and what lacks for a start.
        """
        if self._running.alive:
            return
        with self._folder.lock():
            running = self._folder.running()
            if running and not running.alive:
                running = self._start()
        if running is None:
            raise EmbeddedServerError(
                msg("The database was stopped while this program uses it."),
                hint=msg("Start it again with: graphsvc db start"),
            )
        self._running = running

    def release(self) -> None:
        """Stop using the server; the last user waits until it has ended cleanly."""
        self._file.unlink(missing_ok=True)
        until = time.monotonic() + LEAVE_SECONDS
        while self._running.alive and not self._still_wanted() and time.monotonic() < until:
            time.sleep(PACE)

    def _still_wanted(self) -> bool:
        return self._folder.kept.exists() or bool(self._folder.user_pids())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def use(settings: Settings, progress: jars.Progress | None = None, jars_in: Path | None = None) -> Lease:
    """Join the running server, or install and start one.

    ``jars_in``: where the jars are kept, if not in the data folder.
    Raises EmbeddedServerError with what is lacking.
    """
    folder = _folder(settings)
    start = partial(_start, folder, settings, progress, jars_in)
    with folder.lock():
        file = folder.join()
        try:
            running = folder.running()
            if running is None or not running.alive:
                running = start()
        except BaseException:
            file.unlink(missing_ok=True)
            raise
    return Lease(folder, file, running, start)


def start(settings: Settings, progress: jars.Progress | None = None) -> Status:
    """Start the server so that it runs until ``stop``, also without users."""
    lease = use(settings, progress)
    lease._folder.kept.touch()
    lease.release()
    return status(settings)


def stop(settings: Settings) -> bool:
    """Stop the server cleanly, whoever uses it; False when none was running."""
    folder = _folder(settings)
    with folder.lock():
        folder.kept.unlink(missing_ok=True)
        running = folder.running()
        if running is None or not running.alive:
            return False
        folder.stop_request.touch()
        keeper = running.keeper.find(KEEPER)
        until = time.monotonic() + LEAVE_SECONDS
        while running.alive and time.monotonic() < until:
            time.sleep(PACE)
        if running.alive and keeper:
            keeper.kill()
        folder.stop_request.unlink(missing_ok=True)
    return True


def status(settings: Settings) -> Status:
    """How the server is; changes nothing."""
    folder = Folder(settings.data_dir / "neo4j")
    running = folder.running()
    alive = running is not None and running.alive
    return Status(
        running if alive else None,
        tuple(folder.user_pids()),
        folder.kept.exists(),
        jars.version(),
        folder.root,
    )


def _folder(settings: Settings) -> Folder:
    folder = Folder(settings.data_dir.absolute() / "neo4j")
    try:
        folder.root.mkdir(parents=True, exist_ok=True)
        with suppress(PermissionError):  # somebody else's, who gave us the right
            folder.root.chmod(0o700)  # the server's own files are readable by all
    except OSError as exc:
        raise EmbeddedServerError(
            msg("The data folder %(folder)s can't be made: %(why)s.", folder=folder.root, why=system_says(exc)),
            hint=msg("Set GRAPHSVC_DATA_DIR to a folder in which you may write."),
        ) from exc
    return folder


def _start(folder: Folder, settings: Settings, progress: jars.Progress | None, jars_in: Path | None) -> Running:
    """Under the folder's lock: clear what a crash left, install, start the keeper, wait until the server is ready."""
    _clear(folder)
    class_path = jars.install(jars_in or folder.root / "jars", progress)
    process.prepare(folder, class_path, settings.neo4j_heap, settings.neo4j_java.split())
    folder.console.write_bytes(b"")
    with folder.console.open("ab") as console:
        keeper = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", KEEPER, str(folder.root), jars.version()],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            start_new_session=True,
            cwd=folder.root,
        )
    while keeper.poll() is None:
        if running := folder.running():
            return running
        time.sleep(PACE)
    what, hint = process.why_it_failed(folder)
    raise EmbeddedServerError(what, hint=hint)


def _clear(folder: Folder) -> None:
    """End a Java process whose keeper was killed, and drop the files of that run."""
    old = folder.running()
    orphan = old.java.find(NEO4J) if old else None
    if orphan:
        orphan.terminate()
        try:
            orphan.wait(LEAVE_SECONDS)
        except psutil.TimeoutExpired:
            orphan.kill()
    folder.kept.unlink(missing_ok=True)
    folder.state.unlink(missing_ok=True)
    folder.stop_request.unlink(missing_ok=True)
    shutil.rmtree(folder.home / "run", ignore_errors=True)
