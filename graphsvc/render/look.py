"""How an organisation and a tie look: shape by sector, size by a measure, width by strength."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SHAPES = {
    "social_economy": "dot",
    "local_government": "square",
    "business": "triangle",
    "social_centre": "diamond",
    "labour_office": "triangleDown",
    "ngo": "star",
    "school": "hexagon",
    "initiative_group": "dot",
    "support_centre": "square",
    "other": "dot",
}
"""vis-network shape by sector (vocabulary scheme ``organisation_sector``): told apart without colour."""
HOLLOW = frozenset({"initiative_group", "support_centre"})
"""Sectors drawn as an outline, because they share a shape with another."""
SMALLEST, LARGEST = 7.0, 26.0
THINNEST, THICKEST = 0.6, 4.5
LABEL = 44
"""Characters of a name shown beside a node; the whole name is in the title."""
_INVISIBLE = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " "
)


def between(values: Floats, low: float, high: float) -> Floats:
    """Values mapped to ``low``–``high`` so that areas compare (square root); what is no number gets ``low``."""
    known = np.nan_to_num(np.asarray(values, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    top = known.max(initial=0.0)
    share = np.sqrt(np.clip(known, 0, None) / top) if top > 0 else np.zeros_like(known)
    return np.round(low + (high - low) * share, 1)


def clean(name: str) -> str:
    """A name without control and direction characters, which could reorder the text around it."""
    return " ".join(name.translate(_INVISIBLE).split())


def short(name: str) -> str:
    """A name cut to what fits beside a node."""
    name = clean(name)
    return name if len(name) <= LABEL else name[: LABEL - 1].rstrip() + "…"


def node(key: int, name: str, sector: str, size: float, xy: Floats, **more: Any) -> dict[str, Any]:
    """One organisation on the canvas; ``key`` is its row, which is far shorter than its id."""
    return {
        "id": key,
        "label": short(name),
        "title": clean(name),
        "group": sector if sector in SHAPES else "other",
        "shape": SHAPES.get(sector, SHAPES["other"]),
        "size": float(size),
        "x": round(float(xy[0]), 1),
        "y": round(float(xy[1]), 1),
        **({"hollow": True} if sector in HOLLOW else {}),
        **more,
    }


def tie(a: int, b: int, width: float, shared: int) -> dict[str, Any]:
    """One tie; ``shared`` partnerships."""
    return {"from": a, "to": b, "width": float(width), "shared": shared}
