"""A network in which each feature that can differ between the two sides does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from graphsvc.model.network import table
from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from tests.unit.suggest.conftest import make

SPLIT = date(2012, 1, 1)
MANY = 30


@pytest.fixture
def whole() -> Space:
    """Of partnerships, places, kinds, needs, offers, meetings, tags, founders and descriptions, so that each feature
    that can differ between the two sides does."""
    rng = np.random.default_rng(7)
    began = [
        (SPLIT - timedelta(days=40 * k + 1), rng.choice(MANY - 5, rng.integers(1, 6), replace=False).tolist())
        for k in range(40)
    ]
    of = {
        k: {
            "name": f"{('Fundacja', 'Spółka', 'Gmina')[k % 3]} {k % 7} {('Lubin', 'Rudna')[k % 2]} dom",
            "territory": ("T", "U", "")[k % 3],
            "sector": ("ngo", "business", "local_government")[k % 3],
            "description": f"{('opieka', 'pomoc', 'transport')[k % 3]} nad dziećmi",
            "tags": [str(k % 4), str(k % 6)],
            "founder": k - 9 if k % 10 == 9 else None,
        }
        | ({"lat": 51.0 + k / 50, "lon": 16.0 + k % 5 / 9} if k % 4 else {})
        for k in range(MANY)
    }
    rows = range(MANY)
    network = make(
        began,
        MANY,
        of=of,
        territories=[{"code": code, "name": code} for code in "TU"],
        needs=[{"organisation": k, "area": f"A{k % 3}", "level": float(1 + k % 4)} for k in rows if k % 2],
        offers=[{"organisation": k, "area": f"A{k % 4}"} for k in rows if k % 3],
        meetings=[{"id": f"m{k}", "held_on": SPLIT - timedelta(days=100 * k + 1)} for k in range(8)],
        attendances=[{"organisation": k, "meeting": k * k % 8} for k in rows],
    )
    about = [
        row | {"territories": ["T", "U"][k % 3 : 2], "themes": ["care", "transport", "food"][: 1 + k % 3]}
        for k, row in enumerate(network.partnerships.to_pylist())
    ]
    network = replace(network, partnerships=table("partnerships", about))
    return Space(Ground(History.of(network).until(day(SPLIT)), Attributes(network)))
