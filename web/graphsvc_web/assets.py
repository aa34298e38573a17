"""Built scripts and styles: their addresses carry a hash of the content, so that browsers may keep them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import url_for

STATIC = Path(__file__).parent / "static"


@cache
def manifest() -> dict[str, dict[str, str]]:
    """What ``web/frontend/build.mjs`` wrote: ``files`` (name → hash) and ``sources`` (hash of all sources)."""
    content: dict[str, dict[str, str]] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    return content


def asset(name: str) -> str:
    """Address of a built file."""
    return url_for("static", filename=name, v=manifest()["files"][name][:12])
