"""Built scripts and styles: their addresses carry a hash of the content, so that browsers may keep them."""

from __future__ import annotations

import json
import mimetypes
from functools import cache
from pathlib import Path

from flask import Response, current_app, request, send_from_directory, url_for

STATIC = Path(__file__).parent / "static"


@cache
def manifest() -> dict[str, dict[str, str]]:
    """What ``web/frontend/build.mjs`` wrote: ``files`` (name → hash) and ``sources`` (hash of all sources)."""
    content: dict[str, dict[str, str]] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    return content


def asset(name: str) -> str:
    """Address of a built file."""
    return url_for("static", filename=name, v=manifest()["files"][name][:12])


def send(filename: str) -> Response:
    """A file of the static folder; a built one as it was packed when it was built, for browsers that can unpack it."""
    if filename not in manifest()["files"]:
        return current_app.send_static_file(filename)
    packed = request.accept_encodings["br"] > 0
    kind, _encoding = mimetypes.guess_type(filename)
    answer = send_from_directory(STATIC, f"{filename}.br" if packed else filename, mimetype=kind)
    answer.vary.add("Accept-Encoding")
    if packed:
        answer.content_encoding = "br"
    return answer
