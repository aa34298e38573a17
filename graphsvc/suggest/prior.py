"""The model shipped with the project (``data/prior.json``): coefficients learnt on the Danish regional partnerships
of 2007–2013, for networks with too little history of their own. Only numbers of the model, no records."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np

from graphsvc.suggest.model import Calibration, Linear, Model, Ranker
from graphsvc.suggest.names import DATA

FILE = "prior.json"
DIGITS = 6


@cache
def prior_model() -> Model:
    """The shipped model: the regression alone, with its calibration."""
    data: dict[str, Any] = json.loads((DATA / FILE).read_text(encoding="utf-8"))
    arrays = (np.array(data[key], dtype=np.float64) for key in ("mean", "scale", "weight"))
    linear = Linear(tuple(data["names"]), *arrays)
    ranker = Ranker(linear, None, (data["centre"], 0.0), (data["spread"], 1.0))
    return Model(ranker, Calibration(**data["calibration"]), prior=True, meetings=data["meetings"])


def to_json(model: Model) -> str:
    """The regression of a trained model as the content of ``data/prior.json``."""
    linear, calibration = model.ranker.linear, model.calibration
    data = {
        "names": list(linear.names),
        "mean": _rounded(linear.mean),
        "scale": _rounded(linear.scale),
        "weight": _rounded(linear.weight),
        "centre": model.ranker.centre[0],
        "spread": model.ranker.spread[0],
        "calibration": asdict(calibration),
        "meetings": model.meetings,
    }
    return json.dumps(data, indent=1) + "\n"


def _rounded(values: np.ndarray) -> list[float]:
    return [float(f"{v:.{DIGITS}g}") for v in values]
