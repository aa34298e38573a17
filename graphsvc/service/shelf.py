"""Networks kept on disk, memory-mapped: a start, and every other process, has them without reading the database.

Each table is an Arrow file named by its digest, so that networks share what they have in common: after a small change
one table or two are written. A small file for each state of the database names the tables of its network. Files are
written aside and renamed, so that nobody sees half of one. The name of a table's file ends in a checksum of the file,
which a process compares before it first maps it: Arrow takes damaged values for good ones, or ends the process.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import structlog
from filelock import FileLock

from graphsvc.model.network import Network
from graphsvc.service.content import Content, Digest

KEPT = 2
"""Networks kept on disk, the newest of them."""
PATIENCE = 10
"""Seconds to wait for another process that is just writing; then this network is not kept."""
_log = structlog.get_logger()


class Shelf:
    """The networks in ``folder``; safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sound: set[str] = set()
        """Names of files that are as they were written."""

    def get(self, state: str) -> Content | None:
        """The network of a state of the database, mapped and not yet in memory; None where it is not kept."""
        found = self._read(self._named(state))
        return found[1] if found else None

    def latest(self) -> tuple[str, Content] | None:
        """The state kept last, with its network."""
        try:
            files = self._states()
        except OSError:
            return None  # one of them has just been removed
        return self._read(files[0]) if files else None

    def put(self, state: str, content: Content) -> Content:
        """Keep the network of a state; what is given back is mapped, so that processes share its memory."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(self._folder / "lock", timeout=PATIENCE):
                for name, digest in content.tables.items():
                    if self._file(name, digest) is None:
                        self._write(_stem(name, digest), getattr(content.network, name))
                with self._fresh() as fresh:
                    fresh.write_text(json.dumps({"state": state, "tables": content.tables}), "utf-8")
                    fresh.replace(self._named(state))
                self._forget()
        except OSError as exc:
            _log.warning("network not kept", why=str(exc))  # it will be read again
        return self.get(state) or content

    def _read(self, file: Path) -> tuple[str, Content] | None:
        try:
            state, digests = _told(file)
            tables = {name: _mapped(self._file(name, digest)) for name, digest in digests.items()}
            return state, Content(Network(**tables), digests)
        except (OSError, ValueError, TypeError, KeyError, pa.ArrowInvalid):
            return None  # another version of the program wrote it, or it has just been removed

    def _states(self) -> list[Path]:
        """The newest first."""
        return sorted(self._folder.glob("*.state"), key=lambda file: -file.stat().st_mtime_ns)

    def _named(self, state: str) -> Path:
        return self._folder / f"{hashlib.sha256(state.encode()).hexdigest()[:32]}.state"

    def _write(self, stem: str, table: pa.Table) -> None:
        with self._fresh() as fresh:
            with pa.OSFile(str(fresh), "wb") as file, pa.ipc.new_file(file, table.schema) as out:
                out.write_table(table)
            fresh.replace(self._folder / f"{stem}-{_checksum(fresh)}.arrow")

    @contextmanager
    def _fresh(self) -> Iterator[Path]:
        """A file to write and to rename; where the disk is full it goes again."""
        fresh = self._folder / f".{uuid4().hex}"
        try:
            yield fresh
        finally:
            fresh.unlink(missing_ok=True)

    def _file(self, name: str, digest: Digest) -> Path | None:
        """The file of a table; None where there is none, or it is damaged."""
        for file in self._folder.glob(f"{_stem(name, digest)}-*.arrow"):
            if file.name in self._sound or file.stem.endswith(_checksum(file)):
                self._sound.add(file.name)
                return file
        return None

    def _forget(self) -> None:
        """All but the newest networks go; who has one of them mapped keeps it until they let go of it."""
        kept: list[Mapping[str, Digest]] = []
        needed = {self._folder / "lock"}
        for file in self._states():
            with suppress(ValueError, TypeError, KeyError):  # another version of the program wrote it
                _, tables = _told(file)
                if tables not in kept and len(kept) < KEPT:
                    kept.append(tables)
                if tables in kept:
                    needed |= {file, *filter(None, (self._file(name, digest) for name, digest in tables.items()))}
        for path in set(self._folder.iterdir()) - needed:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _told(file: Path) -> tuple[str, Mapping[str, Digest]]:
    """The state that a file names, and the digests of its tables."""
    told = json.loads(file.read_text("utf-8"))
    return told["state"], {name: (measured, rest) for name, (measured, rest) in told["tables"].items()}


def _stem(name: str, digest: Digest) -> str:
    return f"{name}-{hashlib.sha256(''.join(digest).encode()).hexdigest()[:32]}"


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _mapped(path: Path | None) -> pa.Table:
    if path is None:
        raise FileNotFoundError
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
