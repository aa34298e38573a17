"""Files that were sent to be checked, and wait for their import: within the data folder, each person's apart."""

from __future__ import annotations

import re
import shutil
import time
import uuid
from contextlib import suppress
from pathlib import Path

KEPT_FOR = 24 * 3600
"""Seconds that a file waits for its import."""
_KEY = re.compile(r"[0-9a-f]{32}\Z")


class Uploads:
    """The files in ``folder``; safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def room(self, by: str, name: str) -> Path:
        """Where a file of a person is to be written; the name of its folder is its key. What waited too long goes."""
        self.sweep()
        path = self._folder / by / uuid.uuid4().hex / name
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(parents=True)
        return path

    def find(self, by: str, key: str) -> Path | None:
        """The file of a person with this key; None where there is none, or none any more."""
        folder = self._folder / by / key
        return next(folder.iterdir(), None) if _KEY.match(key) and folder.is_dir() else None

    def sweep(self) -> None:
        """Remove what waited too long, whose ever it is."""
        for waiting in self._folder.glob("*/*"):
            with suppress(FileNotFoundError):  # another process was quicker
                if time.time() - waiting.stat().st_mtime > KEPT_FOR:
                    shutil.rmtree(waiting, ignore_errors=True)


def drop(path: Path) -> None:
    """Remove a file that is done with, and the folder that was made for it."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()
