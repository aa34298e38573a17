"""Networks kept on disk, memory-mapped: a start, and every other process, has them without reading the database.

A network lies in a folder named by its digest, one Arrow file for each table; a small file for each state of the
database has its digests and names the state. Files are written aside and renamed, so that nobody sees half of one.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import fields
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import structlog

from graphsvc.model.network import SCHEMAS, Network
from graphsvc.service.content import Content

KEPT = 2
"""Networks kept on disk, the newest of them."""
_log = structlog.get_logger()


class Shelf:
    """The networks in ``folder``; safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, state: str) -> Content | None:
        """The network of a state of the database, mapped and not yet in memory; None where it is not kept."""
        found = self._read(self._named(state))
        return found[1] if found else None

    def latest(self) -> tuple[str, Content] | None:
        """The state kept last, with its network."""
        try:
            files = sorted(self._folder.glob("*.state"), key=lambda file: -file.stat().st_mtime_ns)
        except OSError:
            return None  # one of them has just been removed
        return self._read(files[0]) if files else None

    def _read(self, file: Path) -> tuple[str, Content] | None:
        try:
            digest, ties, state = file.read_text("utf-8").split(maxsplit=2)
            tables = {name: _mapped(self._folder / digest / f"{name}.arrow") for name in SCHEMAS}
            return state, Content(Network(**tables), digest, ties)
        except (OSError, ValueError, pa.ArrowInvalid):
            return None  # another version of the program wrote it, or it has just been removed

    def put(self, state: str, content: Content) -> Content:
        """Keep the network of a state; what is given back is mapped, so that processes share its memory."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(content)
            fresh = self._folder / f".{uuid4().hex}"
            fresh.write_text(f"{content.digest} {content.ties} {state}", "utf-8")
            fresh.replace(self._named(state))
            self._forget()
        except OSError as exc:
            _log.warning("network not kept", why=str(exc))  # it will be read again
        return self.get(state) or content

    def _named(self, state: str) -> Path:
        return self._folder / f"{hashlib.sha256(state.encode()).hexdigest()[:32]}.state"

    def _write(self, content: Content) -> None:
        place = self._folder / content.digest
        if place.exists():
            place.touch()
            return
        fresh = self._folder / f".{uuid4().hex}"
        fresh.mkdir()
        for field in fields(content.network):
            table: pa.Table = getattr(content.network, field.name)
            with (
                pa.OSFile(str(fresh / f"{field.name}.arrow"), "wb") as file,
                pa.ipc.new_file(file, table.schema) as out,
            ):
                out.write_table(table)
        try:
            fresh.rename(place)
        except OSError:
            shutil.rmtree(fresh)  # another process was first

    def _forget(self) -> None:
        """Older networks go; who has one mapped keeps it until they let go of it."""
        found = sorted((p for p in self._folder.iterdir() if p.is_dir()), key=lambda p: -p.stat().st_mtime)
        for old in found[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
        kept = {p.name for p in found[:KEPT]}
        for name in self._folder.glob("*.state"):
            if name.read_text("utf-8").split()[0] not in kept:
                name.unlink(missing_ok=True)


def _mapped(path: Path) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
