"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from graphsvc.errors import FileError, GraphsvcError, Place, system_says
from graphsvc.i18n import msg


class OutputError(GraphsvcError):
    """The file can't be written: the disk is full, the folder may not be written to."""


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``: a reader sees the old file or the new one, never a part.

    Raises FileError when the folder does not exist or the path is a folder, OutputError when writing fails.
    """
    place = Place(file=str(path))
    path = Path(os.path.realpath(path))  # a link stays, and leads to what is written
    temporary: Path | None = None
    try:
        if path.is_dir():
            raise FileError(msg("This is a folder. Name a file."), place=place)
        if path.exists() and not path.is_file():  # a pipe, a device: it would be replaced
            raise FileError(msg("This is no ordinary file."), place=place, hint=msg("Name another file."))
        if not path.absolute().parent.is_dir():
            raise FileError(msg("The folder of this file does not exist. Create it or name another."), place=place)
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=".graphsvc.")
        os.close(handle)
        temporary = Path(name)
        temporary.write_bytes(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as exc:
        raise OutputError(
            msg("Writing failed (%(why)s). Free some space or choose another folder.", why=system_says(exc)),
            place=place,
        ) from exc
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)
