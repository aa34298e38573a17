"""Small files kept for the next start, each with a checksum before it.

What a full disk, a power cut or a failing disk has made of a file may still look like one: a model with other weights,
or a table whose reading ends the process. Neither is taken.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_BYTES = hashlib.sha256().digest_size


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{uuid4().hex}")
    try:
        fresh.write_bytes(hashlib.sha256(content).digest() + content)
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink()


def read(path: Path) -> bytes:
    """What was kept. Raises OSError where there is nothing, or not what was written."""
    held = path.read_bytes()
    content = held[_BYTES:]
    if hashlib.sha256(content).digest() != held[:_BYTES]:
        raise OSError(f"{path} is damaged")
    return content
