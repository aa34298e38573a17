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
        from graphsvc.cli.ending import ended
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    try:
        sys.exit(app(prog_name=app.info.name, standalone_mode=False))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as exc:
        sys.exit(ended(exc))


def _terminate(_signal: int, _frame: object) -> None:
    """Leave every ``with`` in order: what an import read lies in a temporary folder, which would stay."""
    sys.exit(TERMINATED)
