"""A small picture as PDF: one page, vectors, Polish letters that can be copied out."""

from __future__ import annotations

import base64
import re
import zlib
from typing import Any

import pytest
from pydantic import ValidationError

from graphsvc.exports.drawing import Drawing, to_pdf

SEEN: dict[str, Any] = {
    "width": 400,
    "height": 300,
    "title": "Sieć",
    "source": "Źródło: sieć partnerstw",
    "paper": "#ffffff",
    "ink": "#000000",
    "ties": [{"x1": 10, "y1": 10, "x2": 90, "y2": 90, "width": 1, "colour": "#a3231b", "dashes": [8, 6]}],
    "nodes": [
        {"x": 10, "y": 10, "r": 8, "shape": "star", "colour": "#966300"},
        {"x": 90, "y": 90, "r": 8, "shape": "dot", "colour": "#6a3d9a", "hollow": True},
    ],
    "texts": [{"x": 50, "y": 40, "text": "Gęślą jaźń", "colour": "#000000"}],
    "legend": [
        {"text": "organizacja", "shape": "star", "colour": "#966300"},
        {"text": "sugestia", "colour": "#a3231b"},
    ],
}


def test_it_is_one_small_page_with_an_embedded_font() -> None:
    pdf = to_pdf(Drawing.model_validate(SEEN))
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1
    assert b"DejaVuSans" in pdf
    assert len(pdf) < 60_000


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Фундація «Надія», Ґудзик, Їжак, Єдність", "Фундація «Надія», Ґудзик, Їжак, Єдність"),
        ("Ελπίδα; Ąžuolas; Hội Người Việt; Հույս", "Ελπίδα; Ąžuolas; Hội Người Việt; Հույս"),
        ("文 👩 Zagroda; שלום", "□ □ Zagroda; □□□□"),
    ],
)
def test_letters_of_neighbours_are_written_and_for_others_stands_a_sign(name: str, written: str) -> None:
    pdf = to_pdf(Drawing.model_validate({**SEEN, "texts": [{"x": 50, "y": 40, "text": name, "colour": "#000000"}]}))
    assert len(pdf) < 60_000
    told = next(text for text in map(zlib.decompress, _packed(pdf, rb"/FlateDecode")) if b"beginbfchar" in text)
    assert {f"<{ord(c):04X}>".encode() for c in written} <= set(re.findall(rb"<[0-9A-F]{4}>", told))


def test_lines_are_lines_and_dashes_are_dashes() -> None:
    plain = to_pdf(Drawing.model_validate({**SEEN, "ties": []}))
    dashed = to_pdf(Drawing.model_validate(SEEN))
    assert b"/Subtype /Image" not in dashed
    assert len(dashed) > len(plain)


def test_names_are_written_and_not_only_rimmed() -> None:
    pdf = to_pdf(Drawing.model_validate(SEEN))
    page = next(text for text in map(_plain, _packed(pdf, rb"/ASCII85Decode /FlateDecode")) if b"1 Tr" in text)
    mode, kept, written = 0, [], []
    for word in re.findall(rb"\bq\b|\bQ\b|\d Tr|Tj", page):
        if word == b"q":
            kept.append(mode)
        elif word == b"Q":
            mode = kept.pop()
        elif word == b"Tj":
            written.append(mode)
        else:
            mode = int(word[:1])
    assert written.count(1) == len(SEEN["texts"])
    assert written[written.index(1) + 1] == 0


def _plain(stream: bytes) -> bytes:
    return zlib.decompress(base64.a85decode(stream.strip().removesuffix(b"~>")))


def _packed(pdf: bytes, how: bytes) -> list[bytes]:
    return re.findall(rb"Filter \[ " + how + rb" \][^>]*>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL)


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": 0},
        {"paper": "red"},
        {"title": "x" * 301},
        {"nodes": [{"x": 0, "y": 0, "r": 1, "shape": "dot", "colour": "javascript:"}]},
        {"texts": [{"x": 0, "y": 0, "text": "", "colour": "#000000"}] * 401},
    ],
)
def test_what_no_canvas_sends_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Drawing.model_validate({**SEEN, **wrong})
