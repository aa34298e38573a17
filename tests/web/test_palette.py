"""Contrast inside the canvas: what is drawn stands out from its background, light and dark (WCAG 1.4.11, 3 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "web" / "frontend" / "src" / "app.css").read_text("utf-8")
COLOURS = {name: both for name, *both in re.findall(r"--([\w-]+): light-dark\(#(\w{6}), #(\w{6})\)", CSS)}
DRAWN = [name for name in COLOURS if name.startswith("sector-")] + ["bubble", "suggested", "began", "ended"]
WRITTEN = ["ink", "suggested", "began", "ended"]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", DRAWN)
def test_marks_stand_out(name: str, scheme: int) -> None:
    assert contrast(COLOURS[name][scheme], COLOURS["card"][scheme]) >= 3


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", WRITTEN)
def test_words_on_the_canvas_can_be_read(name: str, scheme: int) -> None:
    assert contrast(COLOURS[name][scheme], COLOURS["card"][scheme]) >= 4.5


def test_every_sector_has_a_colour() -> None:
    from graphsvc.render.look import SHAPES

    assert {name.removeprefix("sector-") for name in COLOURS if name.startswith("sector-")} == set(SHAPES)
