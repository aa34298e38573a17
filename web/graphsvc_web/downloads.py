"""Files that are sent to be saved."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from flask import Response, send_file

from graphsvc.exports.download import Download
from graphsvc_web.wishes import Asked


def sent(file: Download) -> Response:
    """A file to save."""
    return send_file(BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.filename)


def not_kept(response: Response) -> Response:
    """After each request: of a file to save, which may be personal and is made anew each time, nobody keeps a copy."""
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        response.headers["Cache-Control"] = "private, no-store"
    return response


def words_of(asked: Asked, **more: Any) -> str:
    """What suggestions were asked for (and ``more``) as it stands in an address: with it they can be got again."""
    return urlencode(asked.args() | {"preset": asked.preset or ()} | more, doseq=True)
