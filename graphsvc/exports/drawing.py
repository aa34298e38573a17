"""A picture as PDF: vectors and letters of what a canvas shows, with its title, legend, date and source."""

from __future__ import annotations

import math
import unicodedata
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

MARGIN, LINE, COLUMN = 36.0, 14.0, 190.0
"""Points (1/72 inch)."""
FONT = "DejaVuSans"
LACKING = "□"
"""Stands for each letter that the font has not, or that is written from right to left, which reportlab does not do."""
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Number = Annotated[float, Field(ge=-1e5, le=1e5)]
Size = Annotated[float, Field(ge=0, le=1e4)]
Line = Annotated[str, Field(max_length=300)]
Dashes = Annotated[tuple[Size, ...], Field(max_length=4)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Tie(_Part):
    """A straight line."""

    x1: Number
    y1: Number
    x2: Number
    y2: Number
    width: Size
    colour: Colour
    dashes: Dashes = ()


class Mark(_Part):
    """A node; ``hollow``: drawn as an outline; ``chosen``: with a rim of ink."""

    x: Number = 0
    y: Number = 0
    r: Size = 5
    shape: str = Field(max_length=20)
    colour: Colour
    hollow: bool = False
    chosen: bool = False


class Text(_Part):
    """Words, centred on ``x``; ``y`` is where they stand."""

    x: Number
    y: Number
    text: Line
    colour: Colour


class Entry(_Part):
    """An entry of the legend: a shape, or else a line."""

    text: Line
    colour: Colour
    shape: str = Field(default="", max_length=20)
    hollow: bool = False
    dashes: Dashes = ()


class Drawing(_Part):
    """What is seen: places in pixels from the upper left corner, the first drawn lowest."""

    width: float = Field(gt=0, le=1e4)
    height: float = Field(gt=0, le=1e4)
    title: Line
    source: Line
    paper: Colour
    ink: Colour
    ties: tuple[Tie, ...] = Field(max_length=6000)
    nodes: tuple[Mark, ...] = Field(max_length=2000)
    texts: tuple[Text, ...] = Field(max_length=400)
    legend: tuple[Entry, ...] = Field(max_length=30)


def to_pdf(drawing: Drawing) -> bytes:
    """One page of A4, landscape."""
    _font()
    size = landscape(A4)
    buffer = BytesIO()
    page = Canvas(buffer, pagesize=size, pageCompression=1, lang="pl")
    page.setTitle(drawing.title)
    page.setSubject(drawing.source)
    columns = max(int((size[0] - 2 * MARGIN) // COLUMN), 1)
    foot = MARGIN + LINE * (1.6 + math.ceil(len(drawing.legend) / columns))
    page.setFont(FONT, 14)
    page.drawString(MARGIN, size[1] - MARGIN, _fitting(_letters(drawing.title), 14, size[0] - 2 * MARGIN))
    _picture(page, drawing, size, foot)
    page.setFont(FONT, 8)
    for i, entry in enumerate(drawing.legend):
        _entry(page, entry, MARGIN + i % columns * COLUMN, foot - LINE * (1 + i // columns), drawing.paper)
    page.drawString(MARGIN, MARGIN, _letters(drawing.source))
    page.save()
    return buffer.getvalue()


def _fitting(text: str, size: float, width: float) -> str:
    """A text cut to a width."""
    whole = text
    while text and pdfmetrics.stringWidth(text + "…" * (text != whole), FONT, size) > width:
        text = text[:-1]
    return text if text == whole else text.rstrip() + "…"


@cache
def _font() -> TTFont:
    with as_file(files("graphsvc.data") / "fonts" / "DejaVuSans.ttf") as path:
        font = TTFont(FONT, path)
    pdfmetrics.registerFont(font)
    return font


def _letters(text: str) -> str:
    """A text of letters that can be written."""
    known = _font().face.charToGlyph
    return "".join(c if ord(c) in known and unicodedata.bidirectional(c) not in ("R", "AL") else LACKING for c in text)


def _picture(page: Canvas, drawing: Drawing, size: tuple[float, float], foot: float) -> None:
    """The picture itself, as large as the room above ``foot`` allows, upside down as PDF counts from below."""
    room = (size[0] - 2 * MARGIN, size[1] - MARGIN - 1.2 * LINE - foot)
    scale = min(room[0] / drawing.width, room[1] / drawing.height)
    page.saveState()
    page.translate(MARGIN, foot + drawing.height * scale)
    page.scale(scale, -scale)
    box = page.beginPath()
    box.rect(0, 0, drawing.width, drawing.height)
    page.clipPath(box, stroke=0)
    page.setFillColor(HexColor(drawing.paper))
    page.rect(0, 0, drawing.width, drawing.height, stroke=0, fill=1)
    for tie in drawing.ties:
        page.setStrokeColor(HexColor(tie.colour))
        page.setLineWidth(tie.width)
        page.setDash(*((list(tie.dashes), 0) if tie.dashes else ()))
        page.line(tie.x1, tie.y1, tie.x2, tie.y2)
    page.setDash()
    for mark in drawing.nodes:
        _mark(page, mark, mark.x, mark.y, mark.r, drawing.paper, drawing.ink if mark.chosen else "")
    for text in drawing.texts:
        _words(page, text, drawing.paper)
    page.restoreState()


def _words(page: Canvas, text: Text, paper: str) -> None:
    """Words with a rim of the paper's colour, so that they are read over ties."""
    written = _letters(text.text)
    page.saveState()
    page.translate(text.x, text.y)
    page.scale(1, -1)
    page.setLineWidth(3)
    left = -pdfmetrics.stringWidth(written, FONT, 13) / 2
    for mode in (1, 0):
        page.saveState()  # a mode outlasts the text that it was set for
        words = page.beginText(left, 0)
        words.setFont(FONT, 13)
        words.setTextRenderMode(mode)
        words.setStrokeColor(HexColor(paper))
        words.setFillColor(HexColor(text.colour))
        words.textOut(written)
        page.drawText(words)
        page.restoreState()
    page.restoreState()


def _mark(page: Canvas, mark: Mark | Entry, x: float, y: float, r: float, paper: str, rim: str = "") -> None:
    page.setFillColor(HexColor(paper if mark.hollow else mark.colour))
    page.setStrokeColor(HexColor(rim or (mark.colour if mark.hollow else paper)))
    page.setLineWidth(4 if rim else 2 if mark.hollow else 1)
    if mark.shape not in CORNERS:
        page.circle(x, y, r, fill=1)
        return
    first, *rest = [(x + r * far * math.cos(turn), y + r * far * math.sin(turn)) for turn, far in CORNERS[mark.shape]]
    path = page.beginPath()
    path.moveTo(*first)
    for corner in rest:
        path.lineTo(*corner)
    path.close()
    page.drawPath(path, fill=1)


def _corners(count: int, turn: float, inner: float = 1.0, outer: float = 1.0) -> list[tuple[float, float]]:
    """Angle (y down) and distance of each corner, for a shape of radius 1."""
    return [(math.radians(turn + 360 / count * i), inner if i % 2 else outer) for i in range(count)]


CORNERS = {
    "square": _corners(4, 45, math.sqrt(2), math.sqrt(2)),
    "diamond": _corners(4, -90),
    "triangle": _corners(3, -90),
    "triangleDown": _corners(3, 90),
    "hexagon": _corners(6, 0),
    "star": _corners(10, -90, 0.5),
}
"""Shapes as ``canvas/save.js`` draws them; all others are circles."""


def _entry(page: Canvas, entry: Entry, x: float, y: float, paper: str) -> None:
    if entry.shape:
        page.saveState()
        page.translate(x + 6, y + 3)
        page.scale(1, -1)
        _mark(page, entry, 0, 0, 4.5, paper)
        page.restoreState()
    else:
        page.setStrokeColor(HexColor(entry.colour))
        page.setLineWidth(1.5)
        page.setDash(*(([d / 2 for d in entry.dashes], 0) if entry.dashes else ()))
        page.line(x, y + 3, x + 14, y + 3)
        page.setDash()
    page.setFillColor(HexColor("#000000"))
    page.drawString(x + 18, y, _letters(entry.text))
