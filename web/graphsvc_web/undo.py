"""What was just done: the next page says it, and offers to take it back."""

from __future__ import annotations

from flask import request, session


def offer(text: str, change: str = "", endpoint: str = "") -> None:
    """The next page says ``text``, and offers to send ``change`` to ``endpoint`` (``changes.undo``, unless named),
    which takes it back; without ``change`` it only says so."""
    session["undo"] = {"text": text, "change": change, "endpoint": endpoint}


def take_undo() -> dict[str, str] | None:
    """What was offered; said once, on a page that is opened: scripts take parts of others."""
    if request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return None
    done: dict[str, str] | None = session.pop("undo", None) if "undo" in session else None
    return done
