"""How a command ends that went wrong."""

from __future__ import annotations

import errno

from graphsvc import logs
from graphsvc.cli.words import note
from graphsvc.errors import AccessError, GraphsvcError, Place
from graphsvc.i18n import msg

ERRORS = {
    errno.ENOSPC: (msg("The disk is full."), msg("Free some space and try again.")),
    errno.EACCES: (
        msg("This may not be read or written here."),
        msg("Ask its owner for the right, or set GRAPHSVC_DATA_DIR to a folder of your own."),
    ),
    errno.ENAMETOOLONG: (msg("The name of this file is too long."), msg("Choose a shorter one.")),
}
"""What the system refuses, by its number, and what to do."""
ERRORS[errno.EPERM] = ERRORS[errno.EROFS] = ERRORS[errno.EACCES]


def ended(exc: Exception) -> int:
    """Say what went wrong in a sentence; the exit code."""
    if isinstance(exc, OSError) and exc.errno in ERRORS:
        what, hint = ERRORS[exc.errno]
        exc = AccessError(what, place=Place(file=str(exc.filename)) if exc.filename else None, hint=hint)
    if isinstance(exc, GraphsvcError):
        note(exc)
        return exc.exit_code
    kind = type(exc).__name__
    if path := logs.keep(exc):
        note(
            msg(
                "Something went wrong that should not have (%(kind)s). Details are in %(path)s; please report them.",
                kind=kind,
                path=path,
            )
        )
    else:
        text = msg(
            "Something went wrong that should not have (%(kind)s), and its details could be written nowhere.", kind=kind
        )
        note(text)
    return 1
