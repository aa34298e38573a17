"""The command line: wiring only. Exit codes: 0 done, 1 the surroundings failed, 2 the input or the call is wrong."""

from __future__ import annotations

import errno
import sys
from typing import NoReturn

from graphsvc import logs
from graphsvc.cli.app import app
from graphsvc.cli.words import note
from graphsvc.errors import GraphsvcError
from graphsvc.i18n import Message, msg


def main() -> None:
    """Run a command; whatever goes wrong ends in a sentence and an exit code, never in a stack trace."""
    try:
        sys.exit(app(prog_name=app.info.name, standalone_mode=False))
    except GraphsvcError as exc:
        _end(exc, exc.exit_code)
    except Exception as exc:
        if isinstance(exc, OSError) and exc.errno == errno.ENOSPC:
            _end(msg("The disk is full. Free some space and try again."), 1)
        _end(
            msg(
                "Something went wrong that should not have (%(kind)s). Details are in %(path)s; please report them.",
                kind=type(exc).__name__,
                path=logs.keep(exc),
            ),
            1,
        )


def _end(what: Message | GraphsvcError, code: int) -> NoReturn:
    note(what)
    sys.exit(code)
