"""How a command ends that went wrong."""

from __future__ import annotations

import errno

from graphsvc import logs
from graphsvc.cli import INTERRUPTED, TERMINATED, Terminated
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
ERRORS[errno.EISDIR] = ERRORS[errno.ENOTDIR] = ERRORS[errno.EEXIST] = (
    msg("A folder stands where a file belongs, or a file where a folder does."),
    msg("Move it elsewhere and run the command again."),
)
ERRORS[errno.EPERM] = ERRORS[errno.EROFS] = ERRORS[errno.EACCES]


def because_of(exc: BaseException | None, *kinds: type[BaseException]) -> bool:
    """Whether it is one of these, or failed while one of these was on its way up: a signal that comes while the
    database answers leaves its driver amid an answer, which then can't be put in order."""
    while exc is not None and not isinstance(exc, kinds):
        exc = exc.__context__
    return exc is not None


def broken_off() -> None:
    """Say that a signal ended the command."""
    note(msg("This was broken off before it was done. Run the command again; nothing is written twice."))


def ended(exc: BaseException) -> int:
    """Say what went wrong in a sentence, if no signal did; the exit code."""
    if because_of(exc, KeyboardInterrupt):
        return INTERRUPTED
    if because_of(exc, Terminated):
        return TERMINATED
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
