"""Files that are sent to be saved."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from graphsvc.exports.download import Download


def sent(file: Download) -> Response:
    """A file to save."""
    return send_file(BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.filename)
