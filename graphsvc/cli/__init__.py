"""The command line: wiring only. Exit codes: 0 done, 1 the surroundings failed, 2 the input or the call is wrong."""

from __future__ import annotations

import signal
import sys

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""
TERMINATED = 143
"""Exit code after SIGTERM."""


def main() -> None:
    """Run a command; whatever goes wrong ends in a sentence and an exit code, never in a stack trace."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        from graphsvc.cli.app import app  # takes a moment in which Ctrl-C may come
        from graphsvc.cli.ending import broken_off, ended
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    try:
        code = app(prog_name=app.info.name, standalone_mode=False)
    except (Exception, KeyboardInterrupt, Terminated) as exc:
        code = ended(exc)
    if code in (INTERRUPTED, TERMINATED):
        broken_off()
    sys.exit(code)


class Terminated(SystemExit):
    """SIGTERM came."""


def _terminate(_signal: int, _frame: object) -> None:
    """Leave every ``with`` in order: a database that nobody else uses is ended, a half-written file removed."""
    raise Terminated(TERMINATED)
