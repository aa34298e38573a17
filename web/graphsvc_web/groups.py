"""Communities and territories as groups with names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from flask_babel import gettext as _

from graphsvc.metrics.compute import Measures
from graphsvc.render import MOST_NODES
from graphsvc.snapshot import Snapshot
from graphsvc_web.address import View
from graphsvc_web.listing import names

Rows = npt.NDArray[np.int64]
SMALLEST_COMMUNITY = 3
FAR_FROM = 300
"""With more organisations than this, an unfiltered network is first shown from afar."""


def level_of(view: View, count: int) -> str:
    """The zoom level to draw: what the address asks for, unless that would be more than a canvas can hold."""
    if view.level in ("communities", "territories"):
        return view.level
    far = count > MOST_NODES or (not view.level and not view.filtered and count > FAR_FROM)
    return "communities" if far and view.group is None else "organisations"


def communities(snapshot: Snapshot, measures: Measures) -> tuple[Rows, Mapping[int, str]]:
    """Community of each organisation, and the names of those with three members or more: each by its centre."""
    group = np.nan_to_num(measures.organisations["community"], nan=-1).astype(np.int64)
    standing, text = measures.organisations["pagerank"], names(snapshot)
    order = np.argsort(-np.nan_to_num(standing), kind="stable")
    found: dict[int, str] = {}
    big = np.flatnonzero(np.bincount(group[group >= 0], minlength=1) >= SMALLEST_COMMUNITY)
    first = {int(g): int(i) for i in order[::-1] for g in (group[i],)}
    for g in big.tolist():
        found[g] = _("around %(name)s", name=text.name[first[g]])
    return group, found


def territories(snapshot: Snapshot) -> tuple[Rows, Mapping[int, str], list[str]]:
    """Territory of each organisation as a number, the names, and the codes by number."""
    text = names(snapshot)
    codes = sorted({t for t in text.territory if t})
    number = {code: i for i, code in enumerate(codes)}
    group = np.array([number.get(t, -1) for t in text.territory], dtype=np.int64)
    return group, {i: text.place.get(code, code) for i, code in enumerate(codes)}, codes
