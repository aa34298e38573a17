"""The model shipped with the project (``data/prior.json``): coefficients learnt on the Danish regional partnerships
of 2007–2013, for networks with too little history of their own. Only numbers of the model, no records."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np

from graphsvc.suggest.frequency import Case
from graphsvc.suggest.model import Calibration, Judge, Linear, Model
from graphsvc.suggest.names import DATA

FILE = "prior.json"
DIGITS = 6


@cache
def prior_model() -> Model:
    """The shipped model: regressions alone, with calibration and counted cases."""
    data: dict[str, Any] = json.loads((DATA / FILE).read_text(encoding="utf-8"))
    names = tuple(data["names"])
    judge = data["judge"]
    cases = tuple(Case(**case) for case in judge["cases"])
    curve = judge["calibration"]
    told = Calibration(tuple(curve["slopes"]), tuple(curve["knots"]), curve["intercept"], curve["days"])
    warm = Judge(_linear(names, judge), told, cases)
    return Model(warm, _linear(names, data["cold"]) if data["cold"] else None, prior=True, meetings=data["meetings"])


def _linear(names: tuple[str, ...], data: dict[str, Any]) -> Linear:
    mean, scale, weight = (np.array(data[key], dtype=np.float64) for key in ("mean", "scale", "weight"))
    return Linear(names, mean, scale, weight, data["centre"])


def to_json(model: Model) -> str:
    """The regressions of a trained model as the content of ``data/prior.json``."""
    judge = model.judge
    told = {"calibration": asdict(judge.calibration), "cases": [asdict(case) for case in judge.cases]}
    data = {
        "meetings": model.meetings,
        "names": list(judge.ranker.names),
        "judge": _plain(judge.ranker) | told,
        "cold": _plain(model.cold) if model.cold else None,
    }
    return json.dumps(data, indent=1) + "\n"


def _plain(linear: Linear) -> dict[str, Any]:
    arrays = {"mean": linear.mean, "scale": linear.scale, "weight": linear.weight}
    return {name: _rounded(values) for name, values in arrays.items()} | {"centre": linear.centre}


def _rounded(values: np.ndarray) -> list[float]:
    return [float(f"{v:.{DIGITS}g}") for v in values]
