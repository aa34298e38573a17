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
    cold = _judge(names, data["cold"]) if data["cold"] else None
    return Model(_judge(names, data["judge"]), cold, prior=True, meetings=data["meetings"])


def _judge(names: tuple[str, ...], data: dict[str, Any]) -> Judge:
    mean, scale, weight = (np.array(data[key], dtype=np.float64) for key in ("mean", "scale", "weight"))
    cases = tuple(Case(**case) for case in data["cases"])
    return Judge(Linear(names, mean, scale, weight, data["centre"]), Calibration(**data["calibration"]), cases)


def to_json(model: Model) -> str:
    """The regressions of a trained model as the content of ``data/prior.json``."""
    cold = _plain(model.cold) if model.cold else None
    names = list(model.judge.ranker.names)
    data = {"meetings": model.meetings, "names": names, "judge": _plain(model.judge), "cold": cold}
    return json.dumps(data, indent=1) + "\n"


def _plain(judge: Judge) -> dict[str, Any]:
    linear = judge.ranker
    return {
        "mean": _rounded(linear.mean),
        "scale": _rounded(linear.scale),
        "weight": _rounded(linear.weight),
        "centre": linear.centre,
        "calibration": asdict(judge.calibration),
        "cases": [asdict(case) for case in judge.cases],
    }


def _rounded(values: np.ndarray) -> list[float]:
    return [float(f"{v:.{DIGITS}g}") for v in values]
