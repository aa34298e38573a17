"""Logs: structured lines for operators, the details of a crash in a file, who looked at personal data.

No names of people, no secrets.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import structlog

from graphsvc import config


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


def keep(error: BaseException) -> Path:
    """Write the trace of an unexpected error to a file of its own and return its path."""
    now = datetime.now(UTC)
    try:
        folder = config.load().data_dir / "logs"
        folder.mkdir(parents=True, exist_ok=True)
    except Exception:
        folder = Path.cwd()
    path = folder / f"error-{now:%Y%m%dT%H%M%S}.txt"
    path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    path.chmod(0o600)
    return path


def access(action: str, account: str, record: str) -> None:
    """Note who (id of an account) did what with which record of personal data: a JSON line in ``logs/access.jsonl``."""
    path = config.load().data_dir / "logs" / "access.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "action": action, "by": account, "record": record}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
