"""Files of what a canvas shows; PNG and SVG are made by the browser itself."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from graphsvc.errors import InputError
from graphsvc.exports.download import Download
from graphsvc.exports.drawing import Drawing, to_pdf
from graphsvc.i18n import msg
from graphsvc_web.downloads import sent
from graphsvc_web.rights import EXPORT, right

bp = APIBlueprint("save", __name__, enable_openapi=False)
LARGEST = 2 * 2**20
"""Bytes of a drawing, several times what the largest picture needs."""


@bp.post("/network/picture.pdf")
@right(EXPORT)
def pdf() -> ResponseReturnValue:
    """The drawing that the canvas sends, as PDF. Nothing is kept."""
    request.max_content_length = LARGEST
    try:
        drawing = Drawing.model_validate_json(request.get_data())
    except ValidationError as exc:
        raise InputError(msg("This is not a picture of the network."), hint=msg("Reload the page.")) from exc
    return sent(Download("network.pdf", "application/pdf", to_pdf(drawing)))
