"""Logs: structured lines for operators, the details of a crash in a file, who looked at personal data.

No names of people, no secrets.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

import structlog

from graphsvc import config
from graphsvc.errors import GraphsvcError


def configure() -> None:
    """Send structured lines (JSON, one event each) to standard error, from the level in the settings up."""
    level = logging.getLevelNamesMapping()[config.load().log_level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # as it is then: it may have been redirected
    )


def _folder() -> Path:
    return config.load().data_dir / "logs"


def keep(error: BaseException) -> Path | None:
    """Write the trace of an unexpected error to a file of its own, in the first of ``logs``, the current and the
    system's temporary folder that may be written to, and return its path; None where none may."""
    name = f"error-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    for folder_of in (_folder, Path.cwd, gettempdir):
        with suppress(OSError, GraphsvcError):
            path = Path(folder_of()) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            new = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # follows nobody's link
            with os.fdopen(new, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write("".join(traceback.format_exception(error)))
            return path
    return None


def access(action: str, account: str, record: str) -> None:
    """Note who (id of an account) did what with which record of personal data: a JSON line in ``logs/access.jsonl``."""
    path = _folder() / "access.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "action": action, "by": account, "record": record}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
