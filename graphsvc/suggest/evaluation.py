"""How good the suggestions would have been: trained on what began before a day, asked who meets later."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import isnan
from typing import Any

import numpy as np

from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import Message, msg
from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Floats
from graphsvc.snapshot.filter import day
from graphsvc.suggest.asked import Questions, cold_questions, questions
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.baselines import baselines
from graphsvc.suggest.calibration import Bin, expected_error, reliability
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History, end_of
from graphsvc.suggest.model import Model
from graphsvc.suggest.scores import Interval, bootstrap
from graphsvc.suggest.train import train

Figures = Mapping[str, Interval]
Progress = Callable[[Message], None]
CONNECTED = ((0, 1), (1, 5), (5, 10), (10, 20), (20, 10**9))
"""Number of partners by which results are told apart: from, up to but not including."""

DIGITS = 12
"""Significant digits that are printed: later ones tell in how many threads sums were made, nothing else."""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of the model and of every baseline on the same questions; paired gains of the model over each."""

    organisations: int
    pairs: int
    model: Figures
    baselines: Mapping[str, Figures]
    gains: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Result:
    """A time-split evaluation; every figure has its bootstrap interval over organisations.

    known : organisations before the split
    gaining : by table (``all``, ``never_seen``) organisations that gain a partner; where fewer ask, they were drawn at
        random (``asked.MOST_PAIRS``)
    """

    split_date: date
    known: int
    gaining: Mapping[str, int]
    prior: bool
    all: Table
    without_largest: Table
    largest_share: float
    """Share of the pairs that meet which one partnership brings (left out in ``without_largest``); NaN where only
    newcomers meet."""
    largest: str
    """Id of that partnership; of several that bring as many, the first in the order of ids; "" where there is none."""
    one_partnership: Table
    never_seen: Table
    by_sector: Mapping[str, Table]
    by_connections: Mapping[str, Table]
    calibration: tuple[Bin, ...]
    days: int
    """Within how long a likelihood expects the two to meet."""
    days_after: int
    """Days on record from the split on; fewer than ``days`` could tell of fewer meetings than were expected."""

    def to_json(self) -> dict[str, Any]:
        """Plain values: ``model`` and ``baselines`` of all questions at the top, the rest beside them; None for what
        can't be said (NaN)."""
        tables = ("without_largest", "one_partnership", "never_seen")
        plain = {
            "split_date": self.split_date.isoformat(),
            "known": self.known,
            "gaining": dict(self.gaining),
            "prior": self.prior,
            **asdict(self.all),
            "largest_share": self.largest_share,
            **{name: asdict(getattr(self, name)) for name in tables},
            "largest": self.largest,
            "by_sector": {name: asdict(table) for name, table in self.by_sector.items()},
            "by_connections": {name: asdict(table) for name, table in self.by_connections.items()},
            "calibration": [asdict(b) for b in self.calibration],
            "calibration_error": expected_error(self.calibration),
            "days": self.days,
            "days_after": self.days_after,
        }
        return {name: _sayable(value) for name, value in plain.items()}


def evaluate_split(
    network: Network,
    split_date: date,
    seed: int = 0,
    progress: Progress | None = None,
    *,
    model: Model | None = None,
) -> Result:
    """Train on partnerships that began before ``split_date``; rank, for each organisation that gains a partner
    later, all organisations known by then that it had not met. Where only newcomers meet those known before, figures
    are of them alone (``never_seen``), and all others are of no organisation.

    ``model``: evaluated instead of training one. Raises NothingToSuggestError where nothing lies before or after,
    or all who could meet do.
    """
    tell = progress or (lambda _: None)
    today = end_of(date.today())  # what is planned has not happened
    history, attributes, end = History.of(network).known_by(today), Attributes(network), day(split_date)
    last = _check(history, split_date, end, today)
    rng = np.random.default_rng(seed)
    tell(msg("Training on what began before %(day)s.", day=split_date.isoformat()))
    model = model or train(history, attributes, end, seed)
    space = Space(Ground(history.until(end), attributes))
    asked, cold = questions(history, end, rng), cold_questions(history, end, rng)
    one = asked if asked.gaining else cold
    if not one.met.any():
        raise NothingToSuggestError(
            msg("No two organisations known by %(day)s meet later.", day=split_date.isoformat()),
            hint=msg("Choose another split date."),
        )
    if one.met.all():
        raise NothingToSuggestError(
            msg("All who could meet after %(day)s do meet, so there is nothing to rank.", day=split_date.isoformat()),
            hint=msg("Choose another split date."),
        )
    tell(msg("Asking about %(n)s pairs.", n=len(one.i)))
    scores, scores_cold = _score(space, model, asked, seed), _score(space, model, cold, seed)
    ids = network.partnerships["id"].to_pylist()
    largest = _largest(asked, ids) if asked.gaining else None
    single = np.diff(space.ground.past.memberships.indptr) == 1
    tell(msg("Computing intervals."))
    return Result(
        split_date=split_date,
        known=len(space.ground.known),
        gaining={"all": asked.gaining, "never_seen": cold.gaining},
        prior=model.prior,
        all=_table(asked, scores, seed, overall=True),
        without_largest=_part(asked, scores, asked.by != largest, seed),
        largest_share=float("nan") if largest is None else float((asked.by[asked.met] == largest).mean()),
        largest="" if largest is None else ids[largest],
        one_partnership=_part(asked, scores, single[asked.i], seed),
        never_seen=_table(cold, scores_cold, seed),
        by_sector=_parts(asked, scores, _sectors(attributes)[asked.i], seed),
        by_connections=_parts(asked, scores, _connections(space.ground.degree[asked.i]), seed),
        calibration=reliability(space, model, rng),
        days=model.days,
        days_after=last + 1 - end,
    )


def _largest(asked: Questions, ids: Sequence[str]) -> int:
    """Row of the partnership that brings most of the pairs that meet."""
    brought = np.bincount(asked.by[asked.met])
    return min(np.flatnonzero(brought == brought.max()).tolist(), key=lambda row: str(ids[row]))


def _sectors(attributes: Attributes) -> np.ndarray:
    return np.array([sector or "?" for sector in attributes.sectors])


def _connections(degree: Floats) -> np.ndarray:
    """The name of each number of partners' class in CONNECTED."""
    names = [f"{low}-{high - 1}" if high < 10**9 else f"{low}+" for low, high in CONNECTED]
    return np.array(names)[np.searchsorted([low for low, _ in CONNECTED], degree, side="right") - 1]


def _parts(asked: Questions, scores: Mapping[str, Floats], group: np.ndarray, seed: int) -> dict[str, Table]:
    """A table for each value of ``group`` [pairs] of whom some gain a partner."""
    found = np.unique(group[asked.met]).tolist()
    return {name: _part(asked, scores, group == name, seed) for name in sorted(found, key=_by_number)}


def _by_number(name: str) -> tuple[int, str]:
    """Numbers of connections as numbers, words as words."""
    digits = re.match(r"\d+", name)
    return int(digits[0]) if digits else 0, name


def _check(history: History, split_date: date, end: int, today: int) -> int:
    """The last day on record."""
    if end >= today:
        raise NothingToSuggestError(
            msg("What begins after today has not happened yet, so nothing can have come true."),
            hint=msg("Choose a split date before the last partnership that has begun."),
        )
    if not len(history.meetings.first):
        if len(history.since) < history.network.memberships.num_rows:
            raise NothingToSuggestError(
                msg("No two organisations work together yet; what is on record begins after today."),
                hint=msg("Come back when partnerships have begun."),
            )
        raise NothingToSuggestError(
            msg("No two organisations have worked together yet, so there is nothing to learn from."),
            hint=msg("Add partnerships with two or more members."),
        )
    if history.dated is None:
        raise NothingToSuggestError(
            msg("No partnership has a day on which it began, so there is no before and after."),
            hint=msg("Write down when partnerships began."),
        )
    if history.dated[0] >= end:
        raise NothingToSuggestError(
            msg("Nothing is on record before %(day)s.", day=split_date.isoformat()),
            hint=msg("Choose a split date after the first partnership."),
        )
    if end > history.dated[1]:
        raise NothingToSuggestError(
            msg("Nothing has begun from %(day)s on.", day=split_date.isoformat()),
            hint=msg("Choose a split date before the last partnership."),
        )
    if not (history.meetings.first < end).any():
        raise NothingToSuggestError(
            msg("No two organisations work together before %(day)s.", day=split_date.isoformat()),
            hint=msg("Choose a later split date."),
        )
    return history.dated[1]


def _score(space: Space, model: Model, asked: Questions, seed: int) -> dict[str, Floats]:
    """Scores of the model and the baselines by name, the model first."""
    scores = {"model": model.score(space, asked.i, asked.j)}
    return scores | {name: score(asked.i, asked.j) for name, score in baselines(space, seed).items()}


def _part(asked: Questions, scores: Mapping[str, Floats], mask: np.ndarray, seed: int) -> Table:
    return _table(asked.keep(mask), {name: s[mask] for name, s in scores.items()}, seed)


def _table(asked: Questions, scores: Mapping[str, Floats], seed: int, *, overall: bool = False) -> Table:
    measured = {name: asked.measure(s) for name, s in scores.items()}
    figures = {name: _intervals(values, seed) for name, values in measured.items()}
    if overall:
        figures = {name: f | _global(asked, scores[name], seed) for name, f in figures.items()}
    gains = {
        name: _intervals({key: measured["model"][key] - values[key] for key in values}, seed)
        for name, values in measured.items()
        if name != "model"
    }
    model = figures.pop("model")
    return Table(len(asked.asking), asked.pairs, model, figures, gains)


def _intervals(values: Mapping[str, Floats], seed: int) -> dict[str, Interval]:
    return {name: bootstrap(v, seed=seed) for name, v in values.items()}


def _global(asked: Questions, scores: Floats, seed: int) -> dict[str, Interval]:
    """AUC and average precision over all pairs asked about together; the interval is over the pairs that meet, of which
    one that both ask about is one."""
    order = np.argsort(-scores, kind="stable")
    met, ranked = asked.met[order], scores[order]
    last = np.searchsorted(-ranked, -ranked[met], side="right")
    first = np.searchsorted(-ranked, -ranked[met], side="left")
    hits = np.concatenate([[0], np.cumsum(met)])
    strangers = len(met) - hits[-1]
    before, among = first - hits[first], (last - first) - (hits[last] - hits[first])
    above = 1 - (before + among / 2) / max(strangers, 1)
    ends = np.sort(np.stack([asked.i, asked.j], axis=1)[order][met], axis=1)
    pair = np.unique(ends, axis=0, return_inverse=True)[1].ravel()
    once = {"global_auc": above, "global_ap": hits[last] / np.maximum(last, 1)}
    sides = np.bincount(pair)
    return {name: bootstrap(np.bincount(pair, of_side) / sides, seed=seed) for name, of_side in once.items()}


def _sayable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _sayable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_sayable(one) for one in value]
    if not isinstance(value, float):
        return value
    return None if isnan(value) else float(f"{value:.{DIGITS}g}")
