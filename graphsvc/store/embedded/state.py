"""What the processes that share one embedded server know of each other: files in one folder, and one lock.

A user of the server leaves a lease (a file with its process id); a lease whose process is gone counts for nothing, so
that no crash leaves the server running or locked.
"""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import psutil
from filelock import FileLock

KEEPER = "graphsvc.store.embedded.keeper"
"""The module that the keeper's process runs."""
NEO4J = "org.neo4j.server.CommunityEntryPoint"
"""The class that Neo4j's process runs."""
CLOCK_SLACK = 2.0
"""Seconds by which a process's start may seem to move when the clock is set."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process, told from a later one with the same id by when it was created."""

    pid: int
    created: float

    @classmethod
    def of(cls, pid: int) -> Self:
        """The running process ``pid``."""
        return cls(pid, psutil.Process(pid).create_time())

    def find(self, program: str = "") -> psutil.Process | None:
        """The process, or None when it has ended, or does not run ``program``, a part of its command line."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) <= CLOCK_SLACK
            if not same or process.status() == psutil.STATUS_ZOMBIE:
                return None
            return process if not program or program in process.cmdline() else None
        except (psutil.Error, ValueError, TypeError, OverflowError):  # the last three: no id of a process
            return None


@dataclass(frozen=True, slots=True)
class Running:
    """A server that is ready: where it listens and which processes keep it."""

    port: int
    java: Process
    keeper: Process
    version: str

    @property
    def uri(self) -> str:
        """The address for the driver."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        """Whether its keeper runs (which starts a crashed server again)."""
        return self.keeper.find(KEEPER) is not None


@dataclass(frozen=True, slots=True)
class Folder:
    """The embedded server's folder, ``neo4j`` in the data folder."""

    root: Path

    @property
    def home(self) -> Path:
        """Neo4j's own home: data, logs, conf."""
        return self.root / "home"

    @property
    def log(self) -> Path:
        """Neo4j's log of what an operator should know."""
        return self.home / "logs" / "neo4j.log"

    @property
    def console(self) -> Path:
        """What Java and the keeper print."""
        return self.root / "console.log"

    @property
    def java_arguments(self) -> Path:
        """Java's argument file."""
        return self.root / "java.args"

    @property
    def password(self) -> Path:
        """The generated password; only its owner can read it."""
        return self.root / "password"

    @property
    def has_password(self) -> bool:
        """Whether there is one; an empty file is none."""
        return self.password.exists() and self.password.stat().st_size > 0

    @property
    def users(self) -> Path:
        """One lease per user."""
        return self.root / "users"

    @property
    def kept(self) -> Path:
        """Exists while the server shall run without users."""
        return self.root / "kept"

    @property
    def stop_request(self) -> Path:
        """Exists when the keeper shall stop the server."""
        return self.root / "stop"

    @property
    def state(self) -> Path:
        """The running server, as JSON."""
        return self.root / "state.json"

    def lock(self, timeout: float = -1) -> FileLock:
        """Held while the server is being started, stopped, joined or left; the system frees it after a crash."""
        return FileLock(self.root / "lock", timeout=timeout)

    def running(self) -> Running | None:
        """The last server's state, whether or not it still lives; None without one."""
        try:
            raw = json.loads(self.state.read_text("utf-8"))
            return Running(raw["port"], Process(**raw["java"]), Process(**raw["keeper"]), raw["version"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, running: Running) -> None:
        """Publish the server; readers see the old state or the new one, never half."""
        write_private(self.state, json.dumps(asdict(running)))

    def join(self) -> Path:
        """Leave a lease for this process."""
        self.users.mkdir(parents=True, exist_ok=True)
        lease = self.users / f"{os.getpid()}-{uuid.uuid4().hex}.json"
        write_private(lease, json.dumps(asdict(Process.of(os.getpid()))))
        return lease

    def user_pids(self) -> list[int]:
        """Processes that use the server; leases of ended ones are removed."""
        pids = []
        for lease in self.users.glob("*.json"):
            try:
                process = Process(**json.loads(lease.read_text("utf-8")))
            except FileNotFoundError:
                continue
            except (ValueError, TypeError):
                process = Process(-1, 0.0)
            if process.find():
                pids.append(process.pid)
            else:
                lease.unlink(missing_ok=True)
        return sorted(pids)


def write_private(file: Path, text: str) -> None:
    """Write whole or not at all, readable by the owner only."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
