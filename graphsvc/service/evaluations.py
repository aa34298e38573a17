"""How good suggestions are on the network's own history, as work in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Protocol

from graphsvc.i18n import Message
from graphsvc.service.jobs import Progress
from graphsvc.snapshot import Snapshot
from graphsvc.suggest.calibration import expected_error
from graphsvc.suggest.evaluation import Result, Table, evaluate_split

KIND = "evaluate"
STEPS = 12
"""Steps that an evaluation usually tells of: for the bar only."""


class Core(Protocol):
    """Where the network is."""

    def snapshot(self) -> Snapshot: ...


def work(core: Core, params: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Evaluate at ``params["split"]`` (ISO date); plain values, see ``shown``. Raises NothingToSuggestError."""
    done = 0

    def step(_said: Message) -> None:
        nonlocal done
        done += 1
        progress(min(done, STEPS - 1), STEPS)

    result = evaluate_split(core.snapshot().network, date.fromisoformat(params["split"]), progress=step)
    progress(STEPS, STEPS)
    return shown(result)


def shown(result: Result) -> dict[str, Any]:
    """What the page shows, in values that JSON holds; figures are [mean, low, high], None where there is none."""
    parts = ("all", "without_largest", "one_partnership", "never_seen")
    return {
        "split": result.split_date.isoformat(),
        "known": result.known,
        "gaining": dict(result.gaining),
        "prior": result.prior,
        "largest_share": _number(result.largest_share),
        "parts": {name: _table(getattr(result, name)) for name in parts},
        "by_sector": {name: _table(table) for name, table in result.by_sector.items()},
        "by_connections": {name: _table(table) for name, table in result.by_connections.items()},
        "calibration": [{k: _number(v) for k, v in asdict(one).items()} for one in result.calibration],
        "calibration_error": _number(expected_error(result.calibration)),
        "days": result.days,
        "days_after": result.days_after,
    }


def _table(table: Table) -> dict[str, Any]:
    methods = {"model": table.model, **table.baselines}
    return {
        "organisations": table.organisations,
        "pairs": table.pairs,
        "methods": {name: _figures(figures) for name, figures in methods.items()},
        "gains": {name: _figures(figures) for name, figures in table.gains.items()},
    }


def _figures(figures: Mapping[str, Any]) -> dict[str, list[float | None]]:
    return {name: [_number(i.mean), _number(i.low), _number(i.high)] for name, i in figures.items()}


def _number(value: float) -> float | None:
    return None if value != value else round(float(value), 6)
