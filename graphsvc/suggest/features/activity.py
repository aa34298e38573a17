"""How active each of the two is, and since when."""

from __future__ import annotations

import numpy as np

from graphsvc.snapshot.csr import Floats
from graphsvc.suggest.features.columns import Column, both
from graphsvc.suggest.ground import HALF_LIVES, Ground

LONG_AGO = 10.0
"""Years put for the last partnership of an organisation without one."""


def activity_columns(ground: Ground) -> dict[str, Column]:
    """Partnerships (all, those with others, partners they bring) with several half-lives; age; lead; reach."""
    columns: dict[str, Column] = {}
    for half_life in (*HALF_LIVES, None):
        weight, end = ground.fading(half_life), half_life or "all"
        columns |= both(f"active_{end}", np.log1p(ground.members @ weight))
        columns |= both(f"partners_{end}", np.log1p(ground.members @ (weight * ground.others)))
        columns |= both(f"joint_{end}", np.log1p(ground.members @ (weight * (ground.others > 0))))
    count = ground.members @ np.ones(ground.members.shape[1])
    leads = ground.past.leads.to_scipy() @ np.ones(ground.members.shape[1])
    newest, oldest = _ages(ground)
    regions = np.diff(ground.acts_in.indptr).astype(float)
    elsewhere = np.asarray(ground.region_shares[:, [-1]].todense()).ravel()
    facts = {
        "leads": np.log1p(leads),
        "lead_share": leads / np.maximum(count, 1),
        "newest": newest,
        "oldest": oldest,
        "size": np.log1p(ground.members @ ground.past.size / np.maximum(count, 1)),
        "degree": np.log1p(ground.degree),
        "regions": regions,
        "no_region": (elsewhere > 0).astype(float),
    }
    for name, values in facts.items():
        columns |= both(name, values)
    return columns


def _ages(ground: Ground) -> tuple[Floats, Floats]:
    """Years since the newest and the oldest partnership of each organisation."""
    members = ground.past.memberships
    row = np.repeat(np.arange(members.rows), np.diff(members.indptr))
    age = ground.past.age[members.indices]
    newest, oldest = np.full(members.rows, LONG_AGO), np.zeros(members.rows)
    np.minimum.at(newest, row, age)
    np.maximum.at(oldest, row, age)
    return newest, oldest
