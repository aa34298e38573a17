"""Sums over what each is in, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.suggest.features import Space
from graphsvc.suggest.features.activity import LONG_AGO
from graphsvc.suggest.history import DAYS_A_YEAR
from tests.unit.suggest.features.conftest import MANY, SPLIT


def test_activity_fades_and_is_summed_over_what_each_is_in(whole: Space) -> None:
    network = whole.ground.past.history.network
    years = [(SPLIT - day).days / DAYS_A_YEAR for day in network.partnerships["starts_on"].to_pylist()]
    rows = network.memberships.to_pylist()
    size = np.bincount([row["partnership"] for row in rows])
    weights = {"0.5": 0.5, "1.0": 1.0, "2.0": 2.0, "all": np.inf}
    told: dict[str, list[float]] = {}
    for who in range(MANY):
        mine = [row["partnership"] for row in rows if row["organisation"] == who]
        led = [row for row in rows if row["organisation"] == who and row["role"] == "LID"]
        for name, half_life in weights.items():
            fading = {p: 0.5 ** (years[p] / half_life) for p in mine}
            told.setdefault(f"active_{name}", []).append(np.log1p(sum(fading.values())))
            told.setdefault(f"partners_{name}", []).append(np.log1p(sum(w * (size[p] - 1) for p, w in fading.items())))
            told.setdefault(f"joint_{name}", []).append(np.log1p(sum(w for p, w in fading.items() if size[p] > 1)))
        told.setdefault("leads", []).append(np.log1p(len(led)))
        told.setdefault("lead_share", []).append(len(led) / max(len(mine), 1))
        told.setdefault("newest", []).append(min((years[p] for p in mine), default=LONG_AGO))
        told.setdefault("oldest", []).append(max((years[p] for p in mine), default=0.0))
        told.setdefault("size", []).append(np.log1p(np.mean([size[p] for p in mine]) if mine else 0.0))
    i, j = (ends.ravel() for ends in np.indices((MANY, MANY)))
    for name, values in told.items():
        assert whole.value(f"{name}_i", i, j) == pytest.approx(np.array(values)[i]), name
        assert whole.value(f"{name}_j", i, j) == pytest.approx(np.array(values)[j]), name
